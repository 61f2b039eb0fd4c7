import type { LinkStatus } from '../shared/api/models.ts'

/**
 * V8 collects garbage whenever a thread's heap, with the buffers outside of it, has grown by a part of what was left the last
 * time: of a heap of 20 MB after some 10 MB. A snapshot takes ten times that through buffers which are given back
 * as soon as they are read, and half a dozen collections a thread would find nothing. While one is awaited heaps may grow tenfold.
 */
export type Patience = {
  readonly take: () => void
  readonly lose: () => void
  /** Has patience from the first try to connect until the book is live, or nobody is there. */
  readonly follow: (phase: LinkStatus['phase']) => void
}

const TENFOLD = '--heap-growing-percent=900'
/** 0: as V8 sees fit. */
const USUAL = '--heap-growing-percent=0'

/**
 * @param setFlags `setFlagsFromString` of node:v8: it holds for all threads, each from its next collection on. Node and
 * Electron both leave V8's flags open to it; one that V8 no longer knows does nothing.
 */
export const createPatience = (setFlags: (flags: string) => void): Patience => {
  let patient = false
  const set = (wanted: boolean): void => {
    if (patient === wanted) return
    patient = wanted
    setFlags(wanted ? TENFOLD : USUAL)
  }
  return {
    take: () => set(true),
    lose: () => set(false),
    follow: (phase) => {
      if (phase === 'connecting' || phase === 'synchronising') set(true)
      // Stale may be either: a silent bridge, or a snapshot behind one.
      else if (phase !== 'stale') set(false)
    },
  }
}
