import type { WhatIfHit, WhatIfSymbol } from '../../../shared/api/what-if.ts'
import { formatGain, formatMoney, formatNumber, formatPercent, formatPrice } from '../../ui/format.ts'
import type { ListColumn } from '../../ui/grid/list-grid.tsx'
import { hedgeWords, hitWords, levelText } from './what-if-words.ts'

const tone = (value: number): string | null => (value > 0 ? 'gain' : value < 0 ? 'loss' : null)

/** Accounts in the order in which they are hit. */
export const hitColumns: readonly ListColumn<WhatIfHit>[] = [
  {
    id: 'percent',
    header: 'At',
    hint: 'How far prices have moved when it is hit',
    width: 78,
    numeric: true,
    text: (r) => formatPercent(r.percent / 100, 3, true),
    sortBy: (r) => r.part,
  },
  {
    id: 'kind',
    header: 'Meets',
    width: 104,
    text: (r) => hitWords(r.kind),
    tone: (r) => (r.kind === 'call' ? 'warning' : 'critical'),
  },
  {
    id: 'login',
    header: 'Login',
    width: 72,
    numeric: true,
    text: (r) => String(r.login),
    sortBy: (r) => r.login,
  },
  { id: 'name', header: 'Name', width: 126, text: (r) => r.name },
  { id: 'group', header: 'Group', width: 116, text: (r) => r.group },
  {
    id: 'level',
    header: 'Level there',
    hint: 'Margin level when it is hit; money for groups whose levels are money',
    width: 92,
    numeric: true,
    text: (r) => levelText(r.there.level, r.there.equity, r.currency),
    sortBy: (r) => r.there.level ?? 0,
  },
  {
    id: 'equity',
    header: 'Equity there',
    hint: 'In the account’s currency',
    width: 98,
    numeric: true,
    text: (r) => formatMoney(r.there.equity, r.currency),
    sortBy: (r) => r.there.equity,
    tone: (r) => (r.there.equity < 0 ? 'loss' : null),
  },
  {
    id: 'end',
    header: 'Equity at end',
    hint: 'With all of the move, had nobody closed it out',
    width: 98,
    numeric: true,
    text: (r) => formatMoney(r.end.equity, r.currency),
    sortBy: (r) => r.end.equity,
    tone: (r) => (r.end.equity < 0 ? 'loss' : null),
  },
  {
    id: 'now',
    header: 'Equity now',
    width: 98,
    numeric: true,
    text: (r) => formatMoney(r.now.equity, r.currency),
    sortBy: (r) => r.now.equity,
  },
  {
    id: 'margin',
    header: 'Margin',
    width: 92,
    numeric: true,
    text: (r) => formatMoney(r.margin, r.currency),
    sortBy: (r) => r.margin,
  },
  { id: 'currency', header: 'Cur.', width: 46, text: (r) => r.currency },
]

/** Symbols with what they change and the hedge that makes the broker flat; `base` is the desk's base currency. */
export const symbolColumns = (base: string): readonly ListColumn<WhatIfSymbol>[] => {
  const gain = (
    id: 'broker' | 'bBook' | 'aBook' | 'coverage',
    header: string,
    hint: string,
  ): ListColumn<WhatIfSymbol> => ({
    id,
    header,
    hint,
    width: 94,
    numeric: true,
    text: (r) => formatGain(r[id], base),
    sortBy: (r) => r[id],
    tone: (r) => tone(r[id]),
  })
  const lots = (
    id: 'bNetLots' | 'coverageNetLots',
    header: string,
    hint: string,
  ): ListColumn<WhatIfSymbol> => ({
    id,
    header,
    hint,
    width: 76,
    numeric: true,
    text: (r) => formatNumber(r[id], 2, true),
    sortBy: (r) => r[id],
  })
  return [
    { id: 'symbol', header: 'Symbol', width: 78, text: (r) => r.symbol },
    gain('broker', `Broker ${base}`, 'Change of coverage less change of the B-book'),
    {
      id: 'hedge',
      header: 'Hedge, lots',
      hint: 'What to do at coverage so that the broker carries nothing in this symbol now',
      width: 96,
      numeric: true,
      text: (r) => hedgeWords(r.hedgeLots),
      sortBy: (r) => r.hedgeLots,
      tone: (r) => (r.hedgeLots === 0 ? 'dim' : null),
    },
    lots('bNetLots', 'B net', 'Net lots of the clients the broker itself stands against'),
    lots('coverageNetLots', 'Cover', 'Net lots of the broker’s own hedges'),
    gain('bBook', 'B-book', `Change of the B-book clients’ results in ${base}`),
    gain('coverage', 'Coverage', `Change of the hedges’ results in ${base}`),
    gain('aBook', 'A-book', `Change of results that are passed on, in ${base}`),
    {
      id: 'bid',
      header: 'Bid now',
      width: 82,
      numeric: true,
      text: (r) => formatPrice(r.bid ?? Number.NaN, r.digits),
      sortBy: (r) => r.bid ?? 0,
    },
    {
      id: 'shocked',
      header: 'Bid then',
      width: 82,
      numeric: true,
      text: (r) => formatPrice(r.shockedBid ?? Number.NaN, r.digits),
      sortBy: (r) => r.shockedBid ?? 0,
      tone: (r) => (r.shockedBid === r.bid ? 'dim' : null),
    },
  ]
}
