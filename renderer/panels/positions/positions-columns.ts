import { cmdName } from '../../../shared/mt4/enums.ts'
import { formatGain, formatLots, formatPrice, formatServerStamp } from '../../ui/format.ts'
import type { LiveColumn } from '../../ui/grid/live-column.ts'
import { gainTone, totalGain, totalLots, totalTone } from '../../ui/grid/totals.ts'
import { bookCell, bookText } from './book-cell.ts'

type Column = LiveColumn<'positions'>

const own = 'in the account’s currency'
const price = (value: number, digits: number): string => (value === 0 ? '' : formatPrice(value, digits))
const gain = (value: number, currency: string): string => (value === 0 ? '' : formatGain(value, currency))

/** Columns of the open positions; `base` is the desk's base currency. */
export const positionsColumns = (base: string): readonly Column[] => [
  {
    id: 'order',
    header: 'Order',
    width: 76,
    numeric: true,
    frozen: true,
    text: (r) => String(r.order),
    total: () => 'Total',
  },
  {
    id: 'login',
    header: 'Login',
    width: 68,
    numeric: true,
    text: (r) => String(r.login),
  },
  { id: 'name', header: 'Name', width: 120, text: (r) => r.name },
  { id: 'symbol', header: 'Symbol', width: 72, text: (r) => r.symbol },
  { id: 'cmd', header: 'Side', width: 48, text: (r) => cmdName(r.cmd) },
  {
    id: 'book',
    header: 'Book',
    hint: 'Who stands behind it. B: the house itself. A: passed on to a liquidity provider. Cov: the house’s own hedge.',
    width: 48,
    text: (r) => bookText(r.book),
    draw: bookCell,
  },
  {
    id: 'lots',
    header: 'Lots',
    width: 80,
    numeric: true,
    text: (r) => formatLots(r.lots),
    total: totalLots('lots'),
  },
  {
    id: 'openPrice',
    header: 'Open price',
    width: 92,
    numeric: true,
    text: (r) => formatPrice(r.openPrice, r.digits),
  },
  {
    id: 'price',
    header: 'Price',
    hint: 'What it would close at now: bid for a buy, ask for a sell',
    width: 92,
    numeric: true,
    flash: true,
    text: (r) => formatPrice(r.price, r.digits),
  },
  {
    id: 'totalBase',
    header: `Total ${base}`,
    hint: `Total in ${base}. Enter explains it.`,
    width: 116,
    numeric: true,
    explains: true,
    text: (r) => formatGain(r.totalBase, base),
    tone: (r) => gainTone(r.totalBase),
    total: totalGain('totalBase'),
    totalTone: totalTone('totalBase'),
  },
  { id: 'currency', header: 'Cur.', hint: 'Currency of the account', width: 46, text: (r) => r.currency },
  {
    id: 'total',
    header: 'Total',
    hint: `Profit + swap + commission + taxes, ${own}. Enter explains it.`,
    width: 112,
    numeric: true,
    flash: true,
    explains: true,
    text: (r) => formatGain(r.total, r.currency),
    tone: (r) => gainTone(r.total),
  },
  {
    id: 'profit',
    header: 'Profit',
    hint: `Result of the price alone, ${own}. Enter explains it.`,
    width: 108,
    numeric: true,
    explains: true,
    text: (r) => formatGain(r.profit, r.currency),
    tone: (r) => gainTone(r.profit),
  },
  {
    id: 'storage',
    header: 'Swap',
    hint: `Interest for holding overnight, ${own}`,
    width: 88,
    numeric: true,
    text: (r) => gain(r.storage, r.currency),
    tone: (r) => gainTone(r.storage),
  },
  {
    id: 'commission',
    header: 'Comm.',
    hint: `Commission, ${own}`,
    width: 78,
    numeric: true,
    text: (r) => gain(r.commission, r.currency),
    tone: (r) => gainTone(r.commission),
  },
  {
    id: 'sl',
    header: 'S/L',
    hint: 'Stop loss',
    width: 96,
    numeric: true,
    text: (r) => price(r.sl, r.digits),
  },
  {
    id: 'tp',
    header: 'T/P',
    hint: 'Take profit',
    width: 96,
    numeric: true,
    text: (r) => price(r.tp, r.digits),
  },
  {
    id: 'openTime',
    header: 'Open time',
    hint: 'Server clock',
    width: 166,
    text: (r) => formatServerStamp(r.openTime),
  },
  {
    id: 'taxes',
    header: 'Taxes',
    hint: `Taxes, ${own}`,
    width: 74,
    numeric: true,
    hidden: true,
    text: (r) => gain(r.taxes, r.currency),
  },
  { id: 'comment', header: 'Comment', width: 120, hidden: true, text: (r) => r.comment },
]

export const positionsQuickSorts = [
  { label: 'Winners', title: 'Largest profit first', sort: { column: 'totalBase', descending: true } },
  { label: 'Losers', title: 'Largest loss first', sort: { column: 'totalBase', descending: false } },
  { label: 'Newest', title: 'Last opened first', sort: { column: 'openTime', descending: true } },
] as const

/** What columns and panel read besides the columns that are shown. */
export const positionsReads = ['login', 'symbol', 'digits', 'currency'] as const
