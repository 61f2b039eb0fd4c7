import type { PlRule } from '../../shared/api/models.ts'
import type { CaughtBreach } from './alert.ts'

const weight: Readonly<Record<PlRule['severity'], number>> = { critical: 2, warning: 1, notice: 0 }

/** Worst first: by severity, then by size in base currency. */
export const worstFirst = (a: CaughtBreach, b: CaughtBreach): number =>
  weight[b.rule.severity] - weight[a.rule.severity] ||
  Math.abs(b.breach.valueBase) - Math.abs(a.breach.valueBase)

/** Breaches that wait to be raised, worst first, never more than `limit`. */
export type RaiseQueue = {
  /** Takes what there is room for, worst first, and answers it; the rest is the caller's to find again. */
  add: (caught: CaughtBreach[]) => CaughtBreach[]
  /** The worst `count`. */
  take: (count: number) => CaughtBreach[]
  clear: () => void
  readonly size: number
}

export const createRaiseQueue = (limit: number): RaiseQueue => {
  let waiting: CaughtBreach[] = []
  return {
    add: (caught) => {
      const taken = caught.sort(worstFirst).slice(0, Math.max(0, limit - waiting.length))
      waiting = [...waiting, ...taken].sort(worstFirst)
      return taken
    },
    take: (count) => waiting.splice(0, count),
    clear: () => {
      waiting = []
    },
    get size() {
      return waiting.length
    },
  }
}
