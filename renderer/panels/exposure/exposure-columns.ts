import { formatGain, formatLots, formatMoney, formatNumber, formatPrice } from '../../ui/format.ts'
import type { LiveColumn } from '../../ui/grid/live-column.ts'
import { gainTone, totalCount, totalGain, totalLots, totalMoney, totalTone } from '../../ui/grid/totals.ts'
import { barCell } from './bar-cell.ts'

type Column = LiveColumn<'exposure'>

const lots = (value: number, signed = false): string => (value === 0 ? '' : formatLots(value, signed))
const price = (value: number, digits: number): string => (value > 0 ? formatPrice(value, digits) : '')

/** Columns of the exposure by symbol; `base` is the desk's base currency. */
export const exposureColumns = (base: string): readonly Column[] => [
  {
    id: 'symbol',
    header: 'Symbol',
    width: 76,
    text: (r) => r.symbol,
    total: () => 'Total',
  },
  {
    id: 'netBase',
    header: `Net P&L ${base}`,
    hint: `Uncovered result in ${base}: clients less coverage. Positive is owed by the house. The bar compares it with the largest.`,
    width: 118,
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
  {
    id: 'uncoveredLots',
    header: 'Uncovered',
    hint: 'Net lots of the clients that no coverage position answers',
    width: 84,
    numeric: true,
    text: (r) => lots(r.uncoveredLots, true),
    tone: (r) => (r.uncoveredLots === 0 ? 'dim' : ''),
  },
  {
    id: 'netLots',
    header: 'Net lots',
    hint: 'Clients: bought less sold',
    width: 78,
    numeric: true,
    text: (r) => lots(r.netLots, true),
  },
  {
    id: 'clientsPlBase',
    header: `Clients ${base}`,
    hint: `Floating result of the clients in ${base}: their gain is the house’s loss`,
    width: 112,
    numeric: true,
    flash: true,
    text: (r) => formatGain(r.clientsPlBase, base),
    tone: (r) => gainTone(r.clientsPlBase),
    total: totalGain('clientsPlBase'),
    totalTone: totalTone('clientsPlBase'),
  },
  {
    id: 'covPlBase',
    header: `Coverage ${base}`,
    hint: `Floating result of the coverage in ${base}`,
    width: 116,
    numeric: true,
    text: (r) => (r.covPlBase === 0 ? '' : formatGain(r.covPlBase, base)),
    tone: (r) => gainTone(r.covPlBase),
    total: totalGain('covPlBase'),
    totalTone: totalTone('covPlBase'),
  },
  {
    id: 'orders',
    header: 'Orders',
    hint: 'Open positions of the clients',
    width: 66,
    numeric: true,
    text: (r) => formatNumber(r.orders),
    total: totalCount('orders'),
  },
  {
    id: 'buyLots',
    header: 'Buy lots',
    width: 78,
    numeric: true,
    text: (r) => lots(r.buyLots),
    total: totalLots('buyLots'),
  },
  {
    id: 'buyPrice',
    header: 'Buy avg',
    hint: 'Volume-weighted open price of the clients’ buys',
    width: 96,
    numeric: true,
    text: (r) => price(r.buyPrice, r.digits),
  },
  {
    id: 'sellLots',
    header: 'Sell lots',
    width: 78,
    numeric: true,
    text: (r) => lots(r.sellLots),
    total: totalLots('sellLots'),
  },
  {
    id: 'sellPrice',
    header: 'Sell avg',
    hint: 'Volume-weighted open price of the clients’ sells',
    width: 96,
    numeric: true,
    text: (r) => price(r.sellPrice, r.digits),
  },
  {
    id: 'covBuyLots',
    header: 'Cov. buy',
    hint: 'Coverage: bought lots',
    width: 76,
    numeric: true,
    text: (r) => lots(r.covBuyLots),
    total: totalLots('covBuyLots'),
  },
  {
    id: 'covSellLots',
    header: 'Cov. sell',
    hint: 'Coverage: sold lots',
    width: 76,
    numeric: true,
    text: (r) => lots(r.covSellLots),
    total: totalLots('covSellLots'),
  },
  { id: 'bid', header: 'Bid', width: 96, numeric: true, text: (r) => price(r.bid, r.digits) },
  { id: 'ask', header: 'Ask', width: 96, numeric: true, text: (r) => price(r.ask, r.digits) },
]

/** Columns of the exposure by currency; amounts in that currency. */
export const currenciesColumns = (base: string): readonly LiveColumn<'currencies'>[] => [
  {
    id: 'currency',
    header: 'Currency',
    width: 74,
    text: (r) => r.currency,
    total: () => 'Total',
  },
  {
    id: 'netBase',
    header: `Net ${base}`,
    hint: `Net amount in ${base}; the bar compares it with the largest`,
    width: 126,
    numeric: true,
    text: (r) => formatMoney(r.netBase, base),
    draw: barCell<'currencies'>(
      (r) => r.netBase,
      (r) => formatMoney(r.netBase, base),
    ),
    total: totalMoney('netBase'),
  },
  {
    id: 'net',
    header: 'Net',
    hint: 'Clients less coverage, in that currency',
    width: 122,
    numeric: true,
    text: (r) => formatMoney(r.net, r.currency),
  },
  {
    id: 'clients',
    header: 'Clients',
    hint: 'What the clients hold of it, in that currency',
    width: 122,
    numeric: true,
    text: (r) => formatMoney(r.clients, r.currency),
  },
  {
    id: 'coverage',
    header: 'Coverage',
    hint: 'What the coverage holds of it, in that currency',
    width: 122,
    numeric: true,
    text: (r) => (r.coverage === 0 ? '' : formatMoney(r.coverage, r.currency)),
  },
]

/** What columns and panel read besides the columns that are shown. */
export const exposureReads = ['digits'] as const

/** What columns and panel read besides the columns that are shown. */
export const currenciesReads = [] as const
