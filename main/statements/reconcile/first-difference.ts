import type { TradeFault } from '../../../shared/api/statements.ts'
import { Cmd } from '../../../shared/mt4/enums.ts'
import type { Statement, StatementTrade } from '../types.ts'
import { differenceOf } from './difference.ts'
import { lineNames } from './line-names.ts'
import type { Difference, LineCheck, TradeCheck } from './types.ts'

const figure = (value: number, digits: number): string => value.toFixed(digits)

const faultWords: Readonly<Record<TradeFault, string>> = {
  PROFIT: 'does not follow from its prices',
  SIGN: 'has the opposite sign of its price move',
  RATE: 'needs a conversion rate far from that of the trades around it',
}

const tradeText = (t: TradeCheck, trade: StatementTrade | undefined, digits: number): string => {
  const side = trade?.cmd === Cmd.SELL ? 'sell' : 'buy'
  const name = `Row ${t.row}, ticket ${t.order}${trade ? ` (${side} ${trade.lots.toFixed(2)} ${trade.symbol})` : ''}`
  const printed = `profit ${figure(t.printed, digits)}`
  const words = `${name}: ${printed} ${faultWords[t.why as TradeFault]}`
  return t.recomputed === null ? `${words}.` : `${words}, which give ${figure(t.recomputed, digits)}.`
}

const lineText = (line: LineCheck): string => {
  const show = (values: readonly number[]): string => values.map((v) => String(v)).join(' / ')
  const name = lineNames[line.line]
  const text = `${name}: ${show(line.printed)} is printed, ${show(line.recomputed ?? [])} is recomputed`
  return `${text} (difference ${differenceOf(line.printed, line.recomputed ?? [])}).${line.note === '' ? '' : ` ${line.note}`}`
}

/** The first difference of a statement, from its top to its bottom: rows, sums, summary, details. */
export const firstDifference = (
  s: Statement,
  trades: readonly TradeCheck[],
  lines: readonly LineCheck[],
  byRow: ReadonlyMap<number, StatementTrade>,
): Difference | null => {
  const unread = s.unread[0]
  const trade = trades.find((t) => t.state === 'differs')
  if (unread !== undefined && (trade === undefined || unread.row < trade.row))
    return {
      kind: 'row',
      row: unread.row,
      order: unread.order,
      line: null,
      printed: null,
      recomputed: null,
      text: `Row ${unread.row} could not be read: ${unread.text}`,
    }
  if (trade !== undefined)
    return {
      kind: 'trade',
      row: trade.row,
      order: trade.order,
      line: null,
      printed: trade.printed,
      recomputed: trade.recomputed,
      text: tradeText(trade, byRow.get(trade.row), s.digits),
    }
  const line = lines.find((l) => l.state === 'differs')
  if (line === undefined) return null
  return {
    kind: 'line',
    row: 0,
    order: 0,
    line: line.line,
    printed: line.printed[0] ?? null,
    recomputed: line.recomputed?.[0] ?? null,
    text: lineText(line),
  }
}
