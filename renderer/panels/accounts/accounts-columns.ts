import { formatGain, formatLots, formatMoney, formatNumber } from '../../ui/format.ts'
import type { LiveColumn } from '../../ui/grid/live-column.ts'
import { isRoomy } from '../../ui/grid/roomy.ts'
import { gainTone, totalCount, totalGain, totalLots, totalMoney, totalTone } from '../../ui/grid/totals.ts'
import { levelCell } from './level-cell.ts'
import { levelWords, marginLevelText } from './margin-level.ts'

type Column = LiveColumn<'accounts'>

const own = 'in the account’s currency'

type DayPart = 'dayRealised' | 'dayUnrealised' | 'daySwap' | 'dayCommission' | 'dayAgent'

const dayColumn = (id: DayPart, header: string, hint: string, hidden: boolean): Column => ({
  id,
  header,
  hint: `${hint}, ${own}`,
  width: 104,
  numeric: true,
  hidden,
  text: (r) => (r[id] === 0 ? '' : formatGain(r[id], r.currency)),
  tone: (r) => gainTone(r[id]),
})

/** Columns of the accounts panel; `base` is the desk's base currency. `roomy` shows what a wide screen has room for. */
export const accountsColumns = (base: string, roomy = isRoomy()): readonly Column[] => [
  {
    id: 'login',
    header: 'Login',
    width: 68,
    numeric: true,
    frozen: true,
    text: (r) => String(r.login),
    total: () => 'Total',
  },
  {
    id: 'name',
    header: 'Name',
    width: 122,
    frozen: true,
    text: (r) => r.name,
  },
  {
    id: 'floatingBase',
    header: `Floating ${base}`,
    hint: `Open profit and loss with swap and commission, in ${base}`,
    width: 116,
    numeric: true,
    explains: true,
    flash: true,
    text: (r) => formatGain(r.floatingBase, base),
    tone: (r) => gainTone(r.floatingBase),
    total: totalGain('floatingBase'),
    totalTone: totalTone('floatingBase'),
  },
  {
    id: 'dayPlBase',
    header: `Day P&L ${base}`,
    hint: `Equity less equity at the start of the server’s day and less money moved today, in ${base}`,
    width: 110,
    numeric: true,
    explains: true,
    text: (r) => formatGain(r.dayPlBase, base),
    tone: (r) => gainTone(r.dayPlBase),
    total: totalGain('dayPlBase'),
    totalTone: totalTone('dayPlBase'),
  },
  {
    id: 'marginLevel',
    header: 'Margin level',
    hint: 'Equity / margin; with the state of the account',
    width: 172,
    numeric: true,
    explains: true,
    text: (r) => `${levelWords(r.levelType)?.words ?? ''} ${marginLevelText(r)}`,
    draw: levelCell,
  },
  {
    id: 'equity',
    header: 'Equity',
    hint: `Balance + credit + floating, ${own}`,
    width: 108,
    numeric: true,
    explains: true,
    text: (r) => formatMoney(r.equity, r.currency),
  },
  { id: 'currency', header: 'Cur.', hint: 'Currency of the account', width: 46, text: (r) => r.currency },
  {
    id: 'positions',
    header: 'Pos.',
    hint: 'Open positions',
    width: 52,
    numeric: true,
    text: (r) => (r.positions === 0 ? '' : formatNumber(r.positions)),
    total: totalCount('positions'),
  },
  {
    id: 'balance',
    header: 'Balance',
    hint: `Closed money, ${own}`,
    width: 108,
    numeric: true,
    text: (r) => formatMoney(r.balance, r.currency),
  },
  {
    id: 'floating',
    header: 'Floating',
    hint: `Open profit and loss, ${own}`,
    width: 104,
    numeric: true,
    explains: true,
    text: (r) => formatGain(r.floating, r.currency),
    tone: (r) => gainTone(r.floating),
  },
  {
    id: 'dayPl',
    header: 'Day P&L',
    hint: `Equity less equity at the start of the server’s day and less money moved today (deposits, withdrawals, credit), ${own}`,
    width: 104,
    numeric: true,
    explains: true,
    text: (r) => formatGain(r.dayPl, r.currency),
    tone: (r) => gainTone(r.dayPl),
  },
  dayColumn('dayRealised', 'Day realised', 'Part of day P&L: price results of what closed today', !roomy),
  dayColumn(
    'dayUnrealised',
    'Day unrealised',
    'Part of day P&L: change of the open result since the day began: day P&L less realised, swap and commission',
    !roomy,
  ),
  dayColumn('daySwap', 'Day swap', 'Part of day P&L: swap of what closed today', true),
  dayColumn('dayCommission', 'Day comm.', 'Part of day P&L: commission and taxes of what closed today', true),
  dayColumn(
    'dayAgent',
    'Day agent',
    'Earned by the agent on what closed today; beside the day P&L, no part of it',
    true,
  ),
  {
    id: 'freeMargin',
    header: 'Free margin',
    hint: `What is left for new positions, ${own}`,
    width: 108,
    numeric: true,
    explains: true,
    text: (r) => formatMoney(r.freeMargin, r.currency),
    tone: (r) => (r.freeMargin < 0 ? 'loss' : ''),
  },
  {
    id: 'lots',
    header: 'Lots',
    width: 82,
    numeric: true,
    text: (r) => (r.lots === 0 ? '' : formatLots(r.lots)),
    total: totalLots('lots'),
  },
  { id: 'group', header: 'Group', width: 110, text: (r) => r.group },
  { id: 'country', header: 'Country', width: 140, text: (r) => r.country },
  {
    id: 'equityBase',
    header: `Equity ${base}`,
    hint: `Equity in ${base}`,
    width: 116,
    numeric: true,
    explains: true,
    text: (r) => formatMoney(r.equityBase, base),
    total: totalMoney('equityBase'),
  },
  {
    id: 'margin',
    header: 'Margin',
    hint: `Bound by open positions, ${own}`,
    width: 104,
    numeric: true,
    explains: true,
    hidden: true,
    text: (r) => (r.margin === 0 ? '' : formatMoney(r.margin, r.currency)),
  },
  {
    id: 'credit',
    header: 'Credit',
    hint: `Lent by the house, ${own}`,
    width: 96,
    numeric: true,
    hidden: true,
    text: (r) => (r.credit === 0 ? '' : formatMoney(r.credit, r.currency)),
  },
  {
    id: 'leverage',
    header: 'Leverage',
    width: 76,
    numeric: true,
    hidden: true,
    text: (r) => `1:${r.leverage}`,
  },
]

export const accountsQuickSorts = [
  {
    label: 'Winners',
    title: 'Biggest winners: largest floating profit first',
    sort: { column: 'floatingBase', descending: true },
  },
  {
    label: 'Losers',
    title: 'Biggest losers: largest floating loss first',
    sort: { column: 'floatingBase', descending: false },
  },
  { label: 'Day winners', title: 'Best day first', sort: { column: 'dayPlBase', descending: true } },
  { label: 'Day losers', title: 'Worst day first', sort: { column: 'dayPlBase', descending: false } },
] as const

/** What columns and panel read besides the columns that are shown. */
export const accountsReads = ['currency', 'equity', 'margin', 'marginLevel', 'levelType'] as const
