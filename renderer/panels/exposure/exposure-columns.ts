import { formatGain, formatLots, formatNumber, formatPrice } from '../../ui/format.ts'
import type { LiveColumn, LiveField, LiveRow } from '../../ui/grid/live-column.ts'
import { isRoomy } from '../../ui/grid/roomy.ts'
import { gainTone, totalCount, totalGain, totalLots, totalOf, totalTone } from '../../ui/grid/totals.ts'
import { barCell } from './bar-cell.ts'

type Column = LiveColumn<'exposure'>
type Field = LiveField<'exposure'>
type Row = LiveRow<'exposure'>

/** The columns that carry a price or an amount, by name. */
type Figure = Exclude<Field, 'symbol' | 'digits'>

const lots = (value: number, signed = false): string => (value === 0 ? '' : formatLots(value, signed))
const price = (value: number, digits: number): string => (value > 0 ? formatPrice(value, digits) : '')
const rounded = (value: number): string => (value === 0 ? '' : formatNumber(value, 0, true))

const netColumn = (id: Figure, band: string, hint: string): Column => ({
  id,
  band,
  header: 'Net',
  hint,
  width: 74,
  numeric: true,
  text: (r) => lots(r[id], true),
})

const plColumn = (base: string, id: Figure, band: string, hint: string): Column => ({
  id,
  band,
  header: `P&L ${base}`,
  hint,
  width: 98,
  numeric: true,
  flash: id === 'clientsPlBase',
  text: (r) => (r[id] === 0 ? '' : formatGain(r[id], base)),
  tone: (r) => gainTone(r[id]),
  total: totalGain(id),
  totalTone: totalTone(id),
})

const lotsColumn = (id: Figure, band: string, header: string, hint: string): Column => ({
  id,
  band,
  header,
  hint,
  width: 60,
  numeric: true,
  text: (r) => lots(r[id]),
})

const priceColumn = (id: Figure, band: string, header: string, hint: string): Column => ({
  id,
  band,
  header,
  hint,
  width: 72,
  numeric: true,
  text: (r: Row) => price(r[id], r.digits),
})

const sides = 'Clients by side'

/**
 * Columns of the exposure by symbol; `base` is the desk's base currency. The books and the coverage stand side by side,
 * the bottom line before them: what a narrow panel cuts off is the detail at the right. `roomy` shows what a wide screen has room for.
 */
export const exposureColumns = (base: string, roomy = isRoomy()): readonly Column[] => [
  {
    id: 'symbol',
    header: 'Symbol',
    hint: 'Symbols that mean the same (suffixes, synonyms) are one row',
    width: 72,
    frozen: true,
    text: (r) => r.symbol,
    total: () => 'Total',
  },
  {
    id: 'uncoveredLots',
    band: 'Net',
    header: 'Uncovered',
    hint: 'Lots to hedge: (client buys − coverage buys) − (client sells − coverage sells). Positive: the clients are long.',
    width: 86,
    numeric: true,
    text: (r) => lots(r.uncoveredLots, true),
  },
  {
    id: 'netBase',
    band: 'Net',
    header: `P&L ${base}`,
    hint: `Result of the clients less that of the coverage, in ${base}. Positive is owed by the house. The bar compares it with the largest.`,
    width: 106,
    numeric: true,
    text: (r) => formatGain(r.netBase, base),
    tone: (r) => gainTone(r.netBase),
    draw: barCell<'exposure'>(
      (r) => r.netBase,
      (r) => formatGain(r.netBase, base),
    ),
    total: totalGain('netBase'),
    totalTone: totalTone('netBase'),
  },
  netColumn('netLots', 'Clients', 'All clients, B-book and A-book: lots bought less lots sold'),
  plColumn(
    base,
    'clientsPlBase',
    'Clients',
    `Open price result of all clients in ${base}: their gain is the house’s loss, but for what is passed on or hedged`,
  ),
  netColumn('bNetLots', 'B-book', 'Clients the house itself stands against: lots bought less lots sold'),
  plColumn(base, 'bPlBase', 'B-book', `Open price result of the B-book’s clients in ${base}`),
  netColumn('aNetLots', 'A-book', 'Clients passed on to a liquidity provider: lots bought less lots sold'),
  plColumn(base, 'aPlBase', 'A-book', `Open price result of the A-book’s clients in ${base}`),
  lotsColumn('covBuyLots', 'Coverage', 'Buy', 'Lots the house bought as a hedge'),
  {
    ...priceColumn('covBuyPrice', 'Coverage', 'Buy at', 'Volume-weighted open price of the coverage’s buys'),
    hidden: !roomy,
  },
  lotsColumn('covSellLots', 'Coverage', 'Sell', 'Lots the house sold as a hedge'),
  {
    ...priceColumn(
      'covSellPrice',
      'Coverage',
      'Sell at',
      'Volume-weighted open price of the coverage’s sells',
    ),
    hidden: !roomy,
  },
  plColumn(base, 'covPlBase', 'Coverage', `Open price result of the coverage in ${base}: the house’s own`),
  {
    ...lotsColumn('buyLots', sides, 'Buy', 'Lots the clients bought'),
    total: totalLots('buyLots'),
  },
  priceColumn('buyPrice', sides, 'Buy at', 'Volume-weighted open price of the clients’ buys'),
  {
    ...lotsColumn('sellLots', sides, 'Sell', 'Lots the clients sold'),
    total: totalLots('sellLots'),
  },
  priceColumn('sellPrice', sides, 'Sell at', 'Volume-weighted open price of the clients’ sells'),
  {
    id: 'notionalBase',
    band: sides,
    header: `Notional ${base}`,
    hint: `What the clients’ net lots are worth at the market, in ${base}; long is positive`,
    width: 104,
    numeric: true,
    text: (r) => rounded(r.notionalBase),
    total: (meta) => {
      const total = totalOf(meta, 'notionalBase')
      return Number.isNaN(total) ? '' : rounded(total)
    },
  },
  {
    id: 'orders',
    band: sides,
    header: 'Orders',
    hint: 'Open positions of the clients',
    width: 62,
    numeric: true,
    hidden: true,
    text: (r) => formatNumber(r.orders),
    total: totalCount('orders'),
  },
  { ...priceColumn('bid', 'Market', 'Bid', 'Best price to sell at'), hidden: true },
  { ...priceColumn('ask', 'Market', 'Ask', 'Best price to buy at'), hidden: true },
]

/** What columns and panel read besides the columns that are shown. */
export const exposureReads = ['digits'] as const
