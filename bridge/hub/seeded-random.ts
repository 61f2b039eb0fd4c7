import type { Random } from '../../shared/runtime/ports.ts'

/** Small deterministic generator (mulberry32): the same seed gives the same numbers on every machine. */
export const seededRandom = (seed: number): Random => {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Whole number in [0, below). */
export const below = (random: Random, limit: number): number => Math.floor(random() * limit)
