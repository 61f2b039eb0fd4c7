import type { TradeRecord } from '../../../../shared/bridge/tables.ts'
import { roundTo } from '../../../../shared/money/rounding.ts'
import { TradeState } from '../../../../shared/mt4/enums.ts'
import { commissionTax } from '../commission.ts'
import { type Deciding, decisions } from '../decisions.ts'
import { fromMark, markComment, toMark } from './comments.ts'
import { splitCharges } from './split-charges.ts'

/** How the results of what closes are worked out, deposit currency, rounded: they depend on quotes, which are not here. */
export type Settlement = {
  /** Price result of closing `volume` (1/100 lot) at `price`. */
  readonly profitOf: (row: TradeRecord, volume: number, price: number) => number
  /** What the agent earns on it (`agentCommission`). */
  readonly agentOf: (row: TradeRecord, volume: number) => number
  /** Tax on the commission in per cent, where taxes are written at the close. */
  readonly taxPercent: number
  /** Decimals of the deposit currency. */
  readonly digits: number
  /** Server-local seconds. */
  readonly at: number
  /** Stored in `convRateClose`. */
  readonly convRate: number
}

export type Closing = Settlement & {
  /** 1/100 lot; the whole position when at least its volume. */
  readonly volume: number
  readonly price: number
  /** Ticket of the remainder of a partial close. */
  readonly nextTicket: number
  /** The platform's note on a full close, e.g. `[sl]`. */
  readonly mark: string
  /** The group's `closeReopen`: 1 closes everything and opens the remainder anew at the closing price. */
  readonly closeReopen: number
  /** Margin rate of a remainder that opens anew. */
  readonly marginRate: number
}

type Splitting = Deciding<'chargeSplit' | 'taxWhen'>

/** The closed record of `volume` of a position with its share of the charges, and what those leave. */
export const settle = (
  row: TradeRecord,
  volume: number,
  price: number,
  given: Settlement,
  d: Splitting,
): { readonly closed: TradeRecord; readonly rest: ReturnType<typeof splitCharges>['rest'] } => {
  const { closed, rest } = splitCharges(row, volume, row.volume, given.digits, d)
  const tax = commissionTax(closed.commission, given.taxPercent, given.digits, 'close', d)
  return {
    closed: {
      ...row,
      volume,
      closeTime: given.at,
      closePrice: price,
      convRateClose: given.convRate,
      profit: given.profitOf(row, volume, price),
      commission: closed.commission,
      commissionAgent: given.agentOf(row, volume),
      storage: closed.storage,
      taxes: roundTo(closed.taxes + tax, given.digits),
      activation: 0,
      timestamp: given.at,
    },
    rest,
  }
}

/** What stays open of `row`, under a new ticket with the old opening. */
export const remainderOf = (
  row: TradeRecord,
  volume: number,
  charges: ReturnType<typeof splitCharges>['rest'],
  ticket: number,
  at: number,
): TradeRecord => ({
  ...row,
  ...charges,
  order: ticket,
  volume,
  state: TradeState.OPEN_REMAND,
  activation: 0,
  comment: fromMark(row.order),
  timestamp: at,
})

/**
 * Closes a position, all of it or a part (reference §3.12). The old ticket goes to history; what stays open has a new
 * one. With `closeReopen` 0 the remainder keeps open price, time and margin rate and its share of the charges. With 1
 * the position closes in full, with its whole result and all charges, and the remainder opens anew at the closing price
 * (Administrator help: "partial close with full close of initial position"); no commission is charged a second time.
 */
export const closePosition = (
  row: TradeRecord,
  given: Closing,
  d: Splitting = decisions,
): { readonly closed: TradeRecord; readonly rest?: TradeRecord } => {
  const { price, at, nextTicket } = given
  if (given.volume >= row.volume) {
    const { closed } = settle(row, row.volume, price, given, d)
    const comment = markComment(row.comment, given.mark)
    return { closed: { ...closed, state: TradeState.CLOSED_NORMAL, comment } }
  }
  const left = row.volume - given.volume
  const comment = toMark(nextTicket)
  if (given.closeReopen === 1) {
    const { closed, rest } = settle(row, row.volume, price, given, d)
    const reopened = remainderOf(row, left, rest, nextTicket, at)
    return {
      closed: { ...closed, state: TradeState.CLOSED_PART, comment },
      rest: {
        ...reopened,
        openTime: at,
        openPrice: price,
        marginRate: given.marginRate,
        convRateOpen: given.convRate,
      },
    }
  }
  const { closed, rest } = settle(row, given.volume, price, given, d)
  return {
    closed: { ...closed, state: TradeState.CLOSED_PART, comment },
    rest: remainderOf(row, left, rest, nextTicket, at),
  }
}

/** What closing changes the balance by, deposit currency, rounded. The agent's part is paid by the house, not from it. */
export const closeResult = (
  { profit, commission, storage, taxes }: Pick<TradeRecord, 'profit' | 'commission' | 'storage' | 'taxes'>,
  digits: number,
): number => roundTo(profit + commission + storage + taxes, digits)
