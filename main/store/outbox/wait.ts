const BASE_MS = 1000
export const MAX_WAIT_MS = 300_000

/**
 * Wait before the next attempt after so many (from 1), in whole ms: doubling from one second to five minutes, of which
 * a random half is left away so that lanes which failed together do not come back in step. `roll` is in [0, 1).
 */
export const waitMs = (attempts: number, roll: number): number => {
  const ceiling = Math.min(MAX_WAIT_MS, BASE_MS * 2 ** Math.min(Math.max(attempts - 1, 0), 20))
  return Math.round(ceiling * (1 - roll / 2))
}
