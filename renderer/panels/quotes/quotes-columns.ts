import { formatNumber, formatPrice, formatServerTime, splitPrice } from '../../ui/format.ts'
import type { CellDraw, LiveColumn, LiveRow } from '../../ui/grid/live-column.ts'

type Row = LiveRow<'quotes'>

const span = (className: string): HTMLElement => {
  const element = document.createElement('span')
  element.className = className
  return element
}

/** Writes text without a new node where it changed. */
const write = (element: HTMLElement, text: string): void => {
  const { firstChild } = element
  if (!(firstChild instanceof Text)) element.textContent = text
  else if (firstChild.data !== text) firstChild.data = text
}

/** A price with its pip pair larger. */
const priceCell = (price: (row: Row) => number): CellDraw<'quotes'> => ({
  create: () => {
    const element = span('price')
    element.append(span('lead'), span('pips'), span('tail'))
    return element
  },
  update: (element, row) => {
    const { lead, pips, tail } = splitPrice(price(row), row.digits)
    const [a, b, c] = element.children as unknown as [HTMLElement, HTMLElement, HTMLElement]
    write(a, lead)
    write(b, pips)
    write(c, tail)
  },
})

const arrows = [
  { mark: '▲', tone: 'gain' },
  { mark: '▼', tone: 'loss' },
] as const

const symbolCell: CellDraw<'quotes'> = {
  create: () => {
    const element = span('quote-symbol')
    element.append(span('quote-arrow'), span(''))
    return element
  },
  update: (element, row) => {
    const [arrow, name] = element.children as unknown as [HTMLElement, HTMLElement]
    const way = arrows[row.direction]
    write(arrow, way?.mark ?? '')
    arrow.dataset['tone'] = way?.tone ?? ''
    write(name, row.symbol)
  },
}

/** Columns of the market watch. */
export const quotesColumns: readonly LiveColumn<'quotes'>[] = [
  {
    id: 'symbol',
    header: 'Symbol',
    width: 80,
    text: (r) => `${arrows[r.direction]?.mark ?? ''}${r.symbol}`,
    draw: symbolCell,
  },
  {
    id: 'bid',
    header: 'Bid',
    width: 98,
    numeric: true,
    flash: true,
    text: (r) => formatPrice(r.bid, r.digits),
    draw: priceCell((r) => r.bid),
  },
  {
    id: 'ask',
    header: 'Ask',
    width: 98,
    numeric: true,
    flash: true,
    text: (r) => formatPrice(r.ask, r.digits),
    draw: priceCell((r) => r.ask),
  },
  {
    id: 'spread',
    header: 'Spread',
    hint: 'Ask less bid, in points',
    width: 62,
    numeric: true,
    text: (r) => formatNumber(r.spread),
  },
  { id: 'high', header: 'High', width: 86, numeric: true, text: (r) => formatPrice(r.high, r.digits) },
  { id: 'low', header: 'Low', width: 86, numeric: true, text: (r) => formatPrice(r.low, r.digits) },
  {
    id: 'time',
    header: 'Time',
    hint: 'Of the last quote, server clock',
    width: 72,
    numeric: true,
    text: (r) => formatServerTime(r.time),
    tone: () => 'dim',
  },
  {
    id: 'description',
    header: 'Description',
    width: 256,
    hidden: true,
    text: (r) => r.description,
    tone: () => 'dim',
  },
]

/** What columns and panel read besides the columns that are shown. */
export const quotesReads = ['digits', 'direction'] as const
