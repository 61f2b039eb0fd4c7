import { cmdName } from '../../../shared/mt4/enums.ts'
import { formatLots, formatNumber, formatPrice, formatServerStamp } from '../../ui/format.ts'
import type { LiveColumn, Tone } from '../../ui/grid/live-column.ts'
import { nearness, nearnessWords } from './pendings-near.ts'

const tones: Readonly<Record<ReturnType<typeof nearness>, Tone>> = {
  beyond: 'critical',
  near: 'warning',
  far: '',
}

/** Columns of the pending orders. */
export const pendingsColumns: readonly LiveColumn<'pendings'>[] = [
  { id: 'order', header: 'Order', width: 76, numeric: true, frozen: true, text: (r) => String(r.order) },
  { id: 'login', header: 'Login', width: 68, numeric: true, text: (r) => String(r.login) },
  { id: 'name', header: 'Name', width: 124, text: (r) => r.name },
  { id: 'symbol', header: 'Symbol', width: 72, text: (r) => r.symbol },
  { id: 'cmd', header: 'Kind', width: 76, text: (r) => cmdName(r.cmd) },
  { id: 'lots', header: 'Lots', width: 68, numeric: true, text: (r) => formatLots(r.lots) },
  {
    id: 'distance',
    header: 'Distance, points',
    hint: 'Points between order price and market; negative when the market is already beyond it',
    width: 136,
    numeric: true,
    text: (r) => `${nearnessWords(r.distance)}  ${formatNumber(r.distance)}`.trim(),
    tone: (r) => tones[nearness(r.distance)],
  },
  {
    id: 'openPrice',
    header: 'Order price',
    width: 96,
    numeric: true,
    text: (r) => formatPrice(r.openPrice, r.digits),
  },
  {
    id: 'price',
    header: 'Market',
    hint: 'The side of the quote that would fill it',
    width: 96,
    numeric: true,
    flash: true,
    text: (r) => formatPrice(r.price, r.digits),
  },
  {
    id: 'openTime',
    header: 'Placed',
    hint: 'Server clock',
    width: 166,
    text: (r) => formatServerStamp(r.openTime),
  },
  {
    id: 'expiration',
    header: 'Expires',
    hint: 'Server clock; empty: good till cancelled',
    width: 166,
    text: (r) => (r.expiration === 0 ? '' : formatServerStamp(r.expiration)),
  },
]

/** What columns and panel read besides the columns that are shown. */
export const pendingsReads = ['login', 'symbol', 'digits'] as const
