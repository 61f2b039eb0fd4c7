/** Failed sign-ins of one login or one address. */
export type Failures = { readonly count: number; readonly until: number; readonly at: number }

const FIRST_MS = 500
const LONGEST_MS = 30_000
/** After so long without a failure the count starts anew. */
const FORGET_MS = 300_000
/** Logins and addresses remembered; beyond it the ones that failed longest ago go first. */
const REMEMBERED = 10_000

/** The wait doubles with every failure, from 0.5 s to 30 s. */
export const afterFailure = (before: Failures | undefined, now: number): Failures => {
  const count = before && now - before.at < FORGET_MS ? before.count + 1 : 1
  const wait = Math.min(FIRST_MS * 2 ** Math.min(count - 1, 16), LONGEST_MS)
  return { count, until: now + wait, at: now }
}

/** Milliseconds until the next attempt is looked at; 0 = now. */
export const waitMs = (failures: Failures | undefined, now: number): number =>
  failures ? Math.max(0, failures.until - now) : 0

export type BackOff = {
  /** The longest wait of these keys, ms. */
  wait: (keys: readonly string[], now: number) => number
  failed: (keys: readonly string[], now: number) => void
  forget: (key: string) => void
  size: () => number
}

/** Memory of failures by key, bounded: whoever tries many logins does not fill the bridge. */
export const createBackOff = (remembered = REMEMBERED): BackOff => {
  const known = new Map<string, Failures>()
  return {
    wait: (keys, now) => Math.max(0, ...keys.map((key) => waitMs(known.get(key), now))),
    failed: (keys, now) => {
      for (const key of keys) {
        const next = afterFailure(known.get(key), now)
        known.delete(key)
        known.set(key, next)
      }
      for (const key of known.keys()) {
        if (known.size <= remembered) break
        known.delete(key)
      }
    },
    forget: (key) => {
      known.delete(key)
    },
    size: () => known.size,
  }
}
