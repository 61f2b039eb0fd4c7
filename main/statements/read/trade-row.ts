import type { StatementTrade, UnreadRow } from '../types.ts'
import { type DecimalSign, parseFigure, parseServerTime } from './figures.ts'
import type { Cell } from './rows.ts'

/**
 * A row with a ticket, recognised by its shape and not by any word: ticket, time, word, then either lots, symbol and
 * prices or a text and an amount. The word stands as printed; `type-words.ts` makes a command of it.
 */
export type TicketRow = Omit<StatementTrade, 'cmd'> & {
  word: string
  /** `money`: an operation; `closed`, `open`: a market trade; `cancelled`, `working`: a pending order. */
  shape: 'money' | 'closed' | 'open' | 'cancelled' | 'working'
}

const isTicket = (text: string): boolean => /^\d{1,10}$/u.test(text)
const isTime = (text: string): boolean => parseServerTime(text) > 0

/** Where the ticket stands: the number before the first time; −1 when the row is none. */
export const ticketAt = (row: readonly Cell[]): number =>
  row.findIndex((cell, i) => isTicket(cell.text) && isTime(row[i + 1]?.text ?? ''))

/** Ticket in front but nothing readable behind it: somebody's row, not a heading. */
export const looksLikeTicket = (row: readonly Cell[]): boolean =>
  row.length >= 5 && /^\d{3,10}$/u.test(row[0]?.text ?? '')

/** Money columns by how many there are: older terminals know no taxes, some templates only the result. */
const money = (
  figures: readonly number[],
): Pick<StatementTrade, 'commission' | 'taxes' | 'storage' | 'profit'> => {
  const [a = 0, b = 0, c = 0, d = 0] = figures
  if (figures.length >= 4) return { commission: a, taxes: b, storage: c, profit: d }
  if (figures.length === 3) return { commission: a, taxes: 0, storage: b, profit: c }
  return figures.length === 2
    ? { commission: 0, taxes: 0, storage: a, profit: b }
    : { commission: 0, taxes: 0, storage: 0, profit: a }
}

const noMoney = money([])

/** Reads a row from its ticket on; what does not have the shape is handed back unread. */
export const readTicketRow = (
  cells: readonly Cell[],
  row: number,
  decimal: DecimalSign,
): TicketRow | UnreadRow => {
  const text = (i: number): string => cells[i]?.text ?? ''
  const figure = (i: number): number | null => parseFigure(text(i), decimal)
  const head = {
    row,
    order: Number(text(0)),
    word: text(2).toLowerCase(),
    openTime: parseServerTime(text(1)),
    comment: cells[0]?.title ?? '',
  }
  const unread = {
    row,
    order: head.order,
    text: cells
      .map((c) => c.text)
      .join(' | ')
      .slice(0, 200),
  }
  const [lots, openPrice] = [figure(3), figure(5)]
  if (lots === null || openPrice === null || text(4) === '') {
    const amount = parseFigure(cells.findLast((c) => c.text !== '')?.text ?? '', decimal)
    if (amount === null || figure(2) !== null || cells.length < 4) return unread
    return {
      ...head,
      shape: 'money',
      lots: 0,
      symbol: '',
      openPrice: 0,
      sl: 0,
      tp: 0,
      closeTime: head.openTime,
      closePrice: 0,
      ...noMoney,
      profit: amount,
      comment: head.comment === '' ? text(3) : head.comment,
    }
  }
  const closeTime = parseServerTime(text(8))
  // Without a close time its column is blank, or, in some templates, not there.
  const priceAt = closeTime > 0 || figure(8) === null ? 9 : 8
  const closePrice = figure(priceAt)
  const figures: number[] = []
  for (let i = priceAt + 1; i < cells.length; i++) {
    const value = figure(i)
    if (value === null) break
    figures.push(value)
  }
  if (closePrice === null || (closeTime === 0 && isBrokenTime(text(8)))) return unread
  const market = figures.length > 0
  return {
    ...head,
    shape: market ? (closeTime > 0 ? 'closed' : 'open') : closeTime > 0 ? 'cancelled' : 'working',
    lots,
    symbol: text(4),
    openPrice,
    sl: figure(6) ?? 0,
    tp: figure(7) ?? 0,
    closeTime,
    closePrice,
    ...money(figures),
  }
}

/** Something stands where the close time belongs, but it is none. */
const isBrokenTime = (text: string): boolean =>
  text !== '' && /\d[./:-]\d/u.test(text) && !isTime(text) && text.length > 9
