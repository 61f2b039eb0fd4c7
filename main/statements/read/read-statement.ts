import { currencyDigits } from '../../../shared/money/rounding.ts'
import { isMarketCmd } from '../../../shared/mt4/enums.ts'
import { StatementError } from '../errors.ts'
import type { SectionTotals, Statement, StatementTrade, UnreadRow } from '../types.ts'
import { csvRows } from './csv-rows.ts'
import { decodeStatement } from './decode.ts'
import { type DecimalSign, decimalSign, decimalsOf, parseFigure } from './figures.ts'
import { type Head, noHead, readHead } from './head.ts'
import { htmlRows } from './html-rows.ts'
import { type Cell, MAX_STATEMENT_BYTES, type ReportRows } from './rows.ts'
import { looksLikeTicket, readTicketRow, type TicketRow, ticketAt } from './trade-row.ts'
import { asTrade, commandOf } from './type-words.ts'
import { readBlocks, type ValueRow, valueRow } from './value-lines.ts'

/** What stands in the rows before words become commands. */
type Sorted = {
  head: Head
  tickets: TicketRow[]
  unread: UnreadRow[]
  totals: SectionTotals[]
  sections: { closed: number | null; open: number | null }
  blocks: ValueRow[]
  /** Decimals of money as printed; 0 in a yen account. */
  digits: number
}

/** The four (or three) sums under a section: a row of nothing else. */
const totalsRow = (row: readonly Cell[], decimal: DecimalSign): SectionTotals | null => {
  const texts = row.map((c) => c.text).filter((t) => t !== '')
  const figures = texts.map((t) => parseFigure(t, decimal))
  if (texts.length < 3 || texts.length > 4 || !figures.every((f) => f !== null)) return null
  const [a = 0, b = 0, c = 0, d = 0] = figures
  return texts.length === 4
    ? { commission: a, taxes: b, storage: c, profit: d }
    : { commission: a, taxes: 0, storage: b, profit: c }
}

const moneyDigits = (row: readonly Cell[], decimal: DecimalSign): number =>
  decimalsOf(row.findLast((c) => c.text !== '')?.text ?? '', decimal)

const sortRows = (rows: readonly Cell[][]): Sorted => {
  const decimal = decimalSign(
    (function* () {
      for (const row of rows) for (const cell of row) yield cell.text
    })(),
  )
  const out: Sorted = {
    head: noHead,
    tickets: [],
    unread: [],
    totals: [],
    sections: { closed: null, open: null },
    blocks: [],
    digits: 0,
  }
  for (const row of rows) {
    const at = ticketAt(row)
    if (at >= 0 || looksLikeTicket(row)) {
      const read = readTicketRow(
        row.slice(Math.max(at, 0)),
        out.tickets.length + out.unread.length + 1,
        decimal,
      )
      if ('shape' in read) {
        out.tickets.push(read)
        if (read.shape === 'money' || read.shape === 'closed' || read.shape === 'open')
          out.digits = Math.max(out.digits, moneyDigits(row, decimal))
      } else out.unread.push(read)
      continue
    }
    if (out.head === noHead && out.tickets.length === 0) out.head = readHead(row) ?? noHead
    const totals = out.blocks.length === 0 ? totalsRow(row, decimal) : null
    if (totals !== null) {
      out.totals.push(totals)
      continue
    }
    const values = valueRow(row, decimal)
    if (values === null) continue
    if (out.blocks.length > 0 || values.values.length > 1) out.blocks.push(values)
    else if (out.totals.length > 0) {
      // One figure under a section: Closed P/L under the first sums, Floating P/L under the second.
      out.sections[out.totals.length === 1 ? 'closed' : 'open'] ??= values.values[0]?.[0] ?? null
    }
  }
  return out
}

const rowsOf = (text: string): ReportRows & { format: Statement['format'] } =>
  /<(?:html|body|table|tr|td)\b/iu.test(text.slice(0, 65_536))
    ? { ...htmlRows(text), format: 'html' }
    : { ...csvRows(text), format: 'csv' }

/**
 * Reads a report of an MT4 terminal (Statement, Detailed Statement, the same as CSV) in any language, encoding and
 * branding: rows are recognised by their shape, blocks by their shape and, where known, their labels.
 *
 * @throws StatementError for whatever is not one, or not whole
 */
export const readStatement = (bytes: Uint8Array): Statement => {
  if (bytes.length > MAX_STATEMENT_BYTES)
    throw new StatementError(
      'TOO_LARGE',
      `The file has ${(bytes.length / 1_048_576).toFixed(0)} MB; statements up to ${MAX_STATEMENT_BYTES / 1_048_576} MB are read.`,
    )
  const { text, encoding } = decodeStatement(bytes)
  if (text.trim() === '') throw new StatementError('EMPTY', 'The file is empty.')
  const { rows, complete, heading, format } = rowsOf(text)
  const sorted = sortRows(rows)
  const { summary, details } = readBlocks(sorted.blocks)
  const lines = Object.keys(summary).length
  if (sorted.tickets.length === 0 && lines < 3)
    throw rows.length > 0 && !complete && sorted.head !== noHead
      ? truncated()
      : new StatementError(
          'NOT_A_STATEMENT',
          'No trades and no summary were found: this is no statement of an MT4 terminal.',
        )
  if (!complete || (sorted.totals.length > 0 && lines < 8)) throw truncated()
  return assemble(sorted, { format, encoding, company: heading, summary, details, lines })
}

const truncated = (): StatementError =>
  new StatementError(
    'TRUNCATED',
    'The statement is cut off: its end is missing. Save it again and drop the whole file.',
  )

const assemble = (
  sorted: Sorted,
  read: Pick<Statement, 'format' | 'encoding' | 'company' | 'summary' | 'details'> & { lines: number },
): Statement => {
  const { lines, ...rest } = read
  const { of, learnt } = commandOf(sorted.tickets)
  const unread = [...sorted.unread]
  const lists: Record<'closed' | 'open' | 'working', StatementTrade[]> = { closed: [], open: [], working: [] }
  for (const row of sorted.tickets) {
    const cmd = of(row)
    if (cmd === null) {
      unread.push({ row: row.row, order: row.order, text: `${row.order} | ${row.word} | ${row.symbol}` })
      continue
    }
    const list = isMarketCmd(cmd) && row.closeTime === 0 ? 'open' : row.closeTime === 0 ? 'working' : 'closed'
    lists[list].push(asTrade(row, cmd))
  }
  const printed = sorted.tickets.some(
    (t) => t.shape === 'money' || t.shape === 'closed' || t.shape === 'open',
  )
  const known = sorted.head.currency === '' ? sorted.digits : currencyDigits(sorted.head.currency)
  return {
    ...rest,
    ...sorted.head,
    ...lists,
    kind: lines === 0 ? 'list' : Object.keys(rest.details).length > 0 ? 'detailed' : 'statement',
    digits: printed ? sorted.digits : known,
    totals: { closed: sorted.totals[0] ?? null, open: sorted.totals[1] ?? null },
    sections: sorted.sections,
    unread: unread.sort((a, b) => a.row - b.row),
    notes: learnt.map((word) => `Translated type: ${word}, learnt from the trades.`),
  }
}
