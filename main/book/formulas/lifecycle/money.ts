import { type TradeRecord, tradesTable } from '../../../../shared/bridge/tables.ts'
import { roundTo } from '../../../../shared/money/rounding.ts'
import { Cmd, isMarketCmd, TradeState } from '../../../../shared/mt4/enums.ts'
import { blankRow } from '../../../../shared/wire/schema.ts'

const blank = blankRow(tradesTable)

export type MoneyOrder = {
  readonly order: number
  readonly login: number
  readonly cmd: typeof Cmd.BALANCE | typeof Cmd.CREDIT
  /** Signed; rounded to `digits`. */
  readonly amount: number
  readonly comment: string
  /** Server-local seconds. */
  readonly at: number
  readonly digits: number
}

/** Record of a deposit, withdrawal or credit: opened and closed at once, the amount as its profit. */
export const moneyRecord = ({ order, login, cmd, amount, comment, at, digits }: MoneyOrder): TradeRecord => ({
  ...blank,
  order,
  login,
  cmd,
  openTime: at,
  closeTime: at,
  state: TradeState.CLOSED_NORMAL,
  profit: roundTo(amount, digits),
  comment,
  timestamp: at,
})

/** What a money record makes of balance and credit. */
export const bookedMoney = (
  funds: { readonly balance: number; readonly credit: number },
  row: Pick<TradeRecord, 'cmd' | 'profit'>,
  digits: number,
): { readonly balance: number; readonly credit: number } => ({
  balance: row.cmd === Cmd.BALANCE ? roundTo(funds.balance + row.profit, digits) : funds.balance,
  credit: row.cmd === Cmd.CREDIT ? roundTo(funds.credit + row.profit, digits) : funds.credit,
})

type Booked = Pick<TradeRecord, 'cmd' | 'state' | 'closeTime' | 'profit' | 'commission' | 'storage' | 'taxes'>

/**
 * Balance identity (reference §3.12): balance operations plus profit, commission, swap and taxes of everything that
 * closed. Open positions, pendings, deleted pendings and credit add nothing.
 */
export const balanceFrom = (rows: Iterable<Booked>, digits: number): number => {
  let sum = 0
  for (const row of rows) {
    if (row.cmd === Cmd.BALANCE) sum += row.profit
    else if (isMarketCmd(row.cmd) && row.closeTime > 0 && row.state !== TradeState.DELETED)
      sum += row.profit + row.commission + row.storage + row.taxes
  }
  return roundTo(sum, digits)
}
