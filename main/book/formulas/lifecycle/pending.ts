import type { TradeRecord } from '../../../../shared/bridge/tables.ts'
import { Cmd, TradeState } from '../../../../shared/mt4/enums.ts'
import { type Deciding, decisions } from '../decisions.ts'
import { NO_MONEY_MARK } from './comments.ts'
import { type OpeningTerms, openingFields } from './open.ts'

/** The position that a pending becomes: same ticket, direction of its kind, opened now at the price of `terms`. */
export const activatePending = (
  row: TradeRecord,
  terms: OpeningTerms,
  at: number,
  d: Deciding<'convRates'> = decisions,
): TradeRecord => ({
  ...row,
  ...openingFields(terms, d),
  cmd: row.cmd % 2 === 1 ? Cmd.SELL : Cmd.BUY,
  openTime: at,
  expiration: 0,
  activation: 0,
  timestamp: at,
})

/** A pending that is removed: no result, the market's price of that moment as close price. */
export const deletePending = (
  row: TradeRecord,
  marketPrice: number,
  at: number,
  comment = row.comment,
): TradeRecord => ({
  ...row,
  state: TradeState.DELETED,
  closeTime: at,
  closePrice: marketPrice,
  activation: 0,
  comment,
  timestamp: at,
})

export type PendingOutcome =
  | { readonly kind: 'activated'; readonly row: TradeRecord }
  | { readonly kind: 'deleted'; readonly row: TradeRecord }
  /** Groups that a dealer executes for: he decides what becomes of it. */
  | { readonly kind: 'asks-dealer' }

/**
 * What happens to a pending whose price is reached (reference §3.9 c): it fills, or, without funds and executed
 * automatically, it is removed with a note.
 */
export const triggerPending = (
  row: TradeRecord,
  given: {
    readonly terms: OpeningTerms
    readonly at: number
    readonly marketPrice: number
    /** Whether the margin check passes. */
    readonly funds: boolean
    readonly automatic: boolean
  },
  d: Deciding<'convRates'> = decisions,
): PendingOutcome => {
  if (!given.automatic) return { kind: 'asks-dealer' }
  return given.funds
    ? { kind: 'activated', row: activatePending(row, given.terms, given.at, d) }
    : { kind: 'deleted', row: deletePending(row, given.marketPrice, given.at, NO_MONEY_MARK) }
}
