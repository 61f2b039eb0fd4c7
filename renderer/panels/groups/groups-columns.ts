import type { Grouping } from '../../../shared/api/views.ts'
import { formatGain, formatLots, formatMoney, formatNumber } from '../../ui/format.ts'
import type { LiveColumn } from '../../ui/grid/live-column.ts'
import { gainTone, totalCount, totalGain, totalLots, totalMoney, totalTone } from '../../ui/grid/totals.ts'
import { groupingWords, keyWords } from './groups-words.ts'

type Column = LiveColumn<'groups'>

const count = (value: number): string => (value === 0 ? '' : formatNumber(value))

/** Columns of accounts or positions added up; what only whole accounts have is left out where rows are of positions. */
export const groupsColumns = (base: string, by: Grouping): readonly Column[] => {
  const money = (id: 'balanceBase' | 'equityBase' | 'marginBase', header: string, hint: string): Column => ({
    id,
    header: `${header} ${base}`,
    hint,
    width: 120,
    numeric: true,
    text: (r) => formatMoney(r[id], base),
    total: totalMoney(id),
  })
  const ofAccounts: Column[] = [
    {
      id: 'dayPlBase',
      header: `Day P&L ${base}`,
      hint: `Result of the server’s day, in ${base}`,
      width: 116,
      numeric: true,
      text: (r) => formatGain(r.dayPlBase, base),
      tone: (r) => gainTone(r.dayPlBase),
      total: totalGain('dayPlBase'),
      totalTone: totalTone('dayPlBase'),
    },
    money('equityBase', 'Equity', `Balance + credit + floating, in ${base}`),
    money('balanceBase', 'Balance', `Closed money, in ${base}`),
    money('marginBase', 'Margin', `Bound by open positions, in ${base}`),
  ]
  const lots = (id: 'netLots' | 'buyLots' | 'sellLots', header: string, hint: string): Column => ({
    id,
    header,
    hint,
    width: 92,
    numeric: true,
    text: (r) => (r[id] === 0 ? '' : formatLots(r[id])),
    total: totalLots(id),
  })
  return [
    {
      id: 'key',
      header: groupingWords[by],
      width: 132,
      frozen: true,
      text: (r) => keyWords(r.key),
      total: () => 'Total',
    },
    {
      id: 'accounts',
      header: 'Accounts',
      width: 82,
      numeric: true,
      text: (r) => count(r.accounts),
      total: totalCount('accounts'),
    },
    {
      id: 'positions',
      header: 'Positions',
      width: 82,
      numeric: true,
      text: (r) => count(r.positions),
      total: totalCount('positions'),
    },
    {
      id: 'floatingBase',
      header: `Floating ${base}`,
      hint: `Open profit and loss with swap and commission, in ${base}`,
      width: 124,
      numeric: true,
      flash: true,
      text: (r) => formatGain(r.floatingBase, base),
      tone: (r) => gainTone(r.floatingBase),
      total: totalGain('floatingBase'),
      totalTone: totalTone('floatingBase'),
    },
    ...(by === 'symbol' || by === 'book' ? [] : ofAccounts),
    lots('netLots', 'Net lots', 'Lots bought less lots sold'),
    lots('buyLots', 'Buy lots', 'Lots bought'),
    lots('sellLots', 'Sell lots', 'Lots sold'),
    {
      id: 'marginCalls',
      header: 'Margin calls',
      hint: 'Accounts in margin call',
      width: 96,
      numeric: true,
      text: (r) => count(r.marginCalls),
      tone: () => 'warning',
      total: totalCount('marginCalls'),
    },
    {
      id: 'stopOuts',
      header: 'Stop-outs',
      hint: 'Accounts that are to be stopped out',
      width: 88,
      numeric: true,
      text: (r) => count(r.stopOuts),
      tone: () => 'critical',
      total: totalCount('stopOuts'),
    },
  ]
}

export const groupsQuickSorts = [
  {
    label: 'Winners',
    title: 'Largest floating profit first',
    sort: { column: 'floatingBase', descending: true },
  },
  {
    label: 'Losers',
    title: 'Largest floating loss first',
    sort: { column: 'floatingBase', descending: false },
  },
] as const

/** What columns and panel read besides the columns that are shown. */
export const groupsReads = [] as const
