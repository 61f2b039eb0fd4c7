import type { TradeRecord } from '../../../../shared/bridge/tables.ts'
import { isMarketCmd, TradeState } from '../../../../shared/mt4/enums.ts'
import { RetCode } from '../../../../shared/mt4/ret-code.ts'
import { type Deciding, decisions } from '../decisions.ts'
import { remainderOf, type Settlement, settle } from './close.ts'
import { hedgeMark, toMark } from './comments.ts'

/** `ConGroupSec.tradeRights`. */
const DENY_CLOSE_BY = 1
const DENY_MULTIPLE = 2

/** Whether a security's rights let clients close by one opposite position, or by all of a symbol. */
export const closeByAllowed = (tradeRights: number, multiple: boolean): boolean =>
  (tradeRights & (multiple ? DENY_CLOSE_BY | DENY_MULTIPLE : DENY_CLOSE_BY)) === 0

/** OK, or why two records cannot close each other: not both positions, not opposite, another symbol or account. */
export const closeByCode = (first: TradeRecord, second: TradeRecord): RetCode =>
  isMarketCmd(first.cmd) &&
  isMarketCmd(second.cmd) &&
  first.cmd !== second.cmd &&
  first.symbol === second.symbol &&
  first.login === second.login
    ? RetCode.OK
    : RetCode.INVALID_DATA

export type ClosedBy = {
  readonly first: TradeRecord
  readonly second: TradeRecord
  readonly rest?: TradeRecord
}

/**
 * Closes two opposite positions against each other (reference §3.12): both close at the second's open price. The first
 * carries the matched volume and the whole price result; the second ends with volume 0, no result and the mark. What
 * the larger has left stays open in its direction, at its open price and time, under `nextTicket`. Swap, commission and
 * taxes go with each leg's own volume.
 */
export const closeBy = (
  first: TradeRecord,
  second: TradeRecord,
  given: Settlement & { readonly nextTicket: number },
  d: Deciding<'chargeSplit' | 'taxWhen'> = decisions,
): ClosedBy => {
  const { at, nextTicket } = given
  const matched = Math.min(first.volume, second.volume)
  const price = second.openPrice
  const one = settle(first, matched, price, given, d)
  const two = settle(second, matched, price, { ...given, profitOf: () => 0 }, d)
  const left = first.volume - second.volume
  const rest =
    left > 0
      ? remainderOf(first, left, one.rest, nextTicket, at)
      : left < 0
        ? remainderOf(second, -left, two.rest, nextTicket, at)
        : undefined
  const comment = left > 0 ? toMark(nextTicket) : first.comment
  return {
    first: { ...one.closed, state: TradeState.CLOSED_BY, comment },
    second: {
      ...two.closed,
      volume: 0,
      state: TradeState.CLOSED_BY,
      comment: hedgeMark(first.order),
    },
    ...(rest ? { rest } : {}),
  }
}
