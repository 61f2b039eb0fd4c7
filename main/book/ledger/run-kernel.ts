import type { Kernel } from '../kernel/kernel.ts'
import type { layOut } from './memory.ts'

/** The kernel takes positions two by two. */
export const even = (n: number): number => n + (n & 1)

/** Values positions below `high`, then accounts below `accounts`, in a memory that was laid out so. */
export const runKernel = (
  kernel: Kernel,
  at: ReturnType<typeof layOut>['at'],
  high: number,
  accounts: number,
): void => {
  kernel.valuePositions(even(high), at.cell, at.lots, at.open, at.results, at.cells)
  kernel.valueAccounts(
    accounts,
    at.start,
    at.count,
    at.results,
    at.costs,
    at.callAt,
    at.stopAt,
    at.floating,
    at.level,
    at.levels,
  )
}
