import { type Deciding, decisions } from '../decisions.ts'

/** The results of one open position, deposit currency, signed; `profit` NaN when it cannot be computed. */
export type OpenResult = {
  readonly order: number
  readonly profit: number
  readonly storage: number
  readonly commission: number
  readonly taxes: number
}

/** What positions are compared by (decision U13: profit with swap and commission, and the taxes on that). */
export const stopOutResult = (
  { profit, storage, commission, taxes }: OpenResult,
  d: Deciding<'worstBy'> = decisions,
): number => (d.worstBy === 'profit' ? profit : profit + storage + commission + taxes)

/**
 * The position that a stop-out closes: the most unprofitable, the oldest ticket among equals; undefined when there is
 * none with a result. Positions that cannot be valued are never chosen.
 */
export const mostUnprofitable = <T extends OpenResult>(
  positions: Iterable<T>,
  d: Deciding<'worstBy'> = decisions,
): T | undefined => {
  let worst: T | undefined
  let least = Number.POSITIVE_INFINITY
  for (const position of positions) {
    const result = stopOutResult(position, d)
    if (result < least || (result === least && worst && position.order < worst.order)) {
      least = result
      worst = position
    }
  }
  return worst
}
