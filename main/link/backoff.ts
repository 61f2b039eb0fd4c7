export type BackoffSettings = { baseMs: number; capMs: number }

/**
 * Wait before attempt number `failures` (from 1), in whole ms: uniform between the base and a ceiling that doubles
 * up to the cap, so that desks which lost the same bridge do not come back in step. `roll` is uniform in [0, 1).
 */
export const backoffMs = (failures: number, roll: number, { baseMs, capMs }: BackoffSettings): number => {
  const ceiling = Math.min(capMs, baseMs * 2 ** Math.min(Math.max(failures, 1), 30))
  return Math.round(baseMs + roll * Math.max(0, ceiling - baseMs))
}
