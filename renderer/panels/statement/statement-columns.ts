import type { StatementReport, StatementRow } from '../../../shared/api/statements.ts'
import { BLANK, formatNumber, formatPrice } from '../../ui/format.ts'
import type { ListColumn } from '../../ui/grid/list-grid.tsx'
import { stateSigns, typeWords, whyWords } from './statement-words.ts'

/** "2024-03-01 09:00:00" of server-local seconds. */
export const serverTimeText = (seconds: number): string =>
  seconds > 0 ? new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ') : BLANK

const decimals = (value: number): number => (String(value).split('.')[1] ?? '').length

/** Decimals of each symbol's prices: the most that any of them needs. */
const priceDigits = (rows: readonly StatementRow[]): ReadonlyMap<string, number> => {
  const most = new Map<string, number>()
  for (const { symbol, openPrice, closePrice } of rows)
    most.set(symbol, Math.max(most.get(symbol) ?? 0, decimals(openPrice), decimals(closePrice)))
  return most
}

/** Columns of the list of trades and operations, with the money of the account. */
export const statementColumns = ({
  digits,
  currency,
  rows,
}: StatementReport): readonly ListColumn<StatementRow>[] => {
  const ofSymbol = priceDigits(rows)
  const price = (value: number, { symbol }: StatementRow): string =>
    value > 0 ? formatPrice(value, Math.min(8, ofSymbol.get(symbol) ?? 0)) : ''
  const money = (value: number | null): string => (value === null ? '' : formatNumber(value, digits))
  const gain = (value: number): string | null => (value < 0 ? 'loss' : value > 0 ? 'gain' : null)
  const own = currency === '' ? 'in the deposit currency' : `in ${currency}`
  return [
    {
      id: 'row',
      header: 'Row',
      hint: 'Place in the report',
      width: 50,
      numeric: true,
      text: (r) => String(r.row),
      sortBy: (r) => r.row,
    },
    {
      id: 'order',
      header: 'Ticket',
      width: 100,
      numeric: true,
      text: (r) => String(r.order),
      sortBy: (r) => r.order,
    },
    { id: 'symbol', header: 'Symbol', width: 88, text: (r) => r.symbol },
    {
      id: 'printed',
      header: 'Printed',
      hint: `Profit or amount as printed, ${own}`,
      width: 96,
      numeric: true,
      text: (r) => money(r.printed),
      sortBy: (r) => r.printed,
      tone: (r) => gain(r.printed),
    },
    {
      id: 'recomputed',
      header: 'Recomputed',
      hint: `Profit from its prices, ${own}`,
      width: 96,
      numeric: true,
      text: (r) => money(r.recomputed),
      sortBy: (r) => r.recomputed ?? 0,
      tone: (r) => (r.state === 'differs' ? 'critical' : gain(r.recomputed ?? 0)),
    },
    {
      id: 'state',
      header: 'Check',
      width: 122,
      text: (r) => `${stateSigns[r.state].sign} ${stateSigns[r.state].word}`.trim(),
      tone: (r) => stateSigns[r.state].tone,
    },
    { id: 'type', header: 'Type', width: 76, text: typeWords },
    {
      id: 'lots',
      header: 'Lots',
      width: 60,
      numeric: true,
      text: (r) => (r.lots > 0 ? formatNumber(r.lots, 2) : ''),
      sortBy: (r) => r.lots,
    },
    {
      id: 'time',
      header: 'Closed, server',
      hint: 'Time of the trade server; open trades by their opening',
      width: 166,
      text: (r) => serverTimeText(r.closeTime || r.openTime),
      sortBy: (r) => r.closeTime || r.openTime,
    },
    {
      id: 'open',
      header: 'Open',
      width: 84,
      numeric: true,
      text: (r) => price(r.openPrice, r),
      sortBy: (r) => r.openPrice,
    },
    {
      id: 'close',
      header: 'Close',
      hint: 'Closing price; of an open trade the price of the moment',
      width: 84,
      numeric: true,
      text: (r) => price(r.closePrice, r),
      sortBy: (r) => r.closePrice,
    },
    {
      id: 'balance',
      header: 'Balance',
      hint: `Balance behind it, ${own}`,
      width: 104,
      numeric: true,
      text: (r) => money(r.balance),
      sortBy: (r) => r.balance ?? 0,
    },
    {
      id: 'why',
      header: 'Why',
      width: 160,
      grows: true,
      text: (r) => whyWords(r) || r.comment,
      tone: () => 'dim',
    },
  ]
}
