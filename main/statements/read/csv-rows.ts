import { parse } from 'csv-parse/sync'
import { StatementError } from '../errors.ts'
import { folded, limits, type ReportRows } from './rows.ts'

/** The sign that most often stands between the first cells. */
const delimiterOf = (text: string): string => {
  const head = text.slice(0, 4000)
  const count = (sign: string): number => head.split(sign).length
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

/**
 * Rows of a report saved as CSV. It has no end mark: its summary tells whether it is whole.
 *
 * @throws StatementError NOT_A_STATEMENT, TOO_COMPLEX
 */
export const csvRows = (text: string): ReportRows => {
  let records: string[][]
  try {
    records = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: 16_384,
      to: limits.rows + 1,
    })
  } catch {
    throw new StatementError('NOT_A_STATEMENT', 'The file is neither a page nor a table of values.')
  }
  if (records.length > limits.rows)
    throw new StatementError('TOO_COMPLEX', `The file has more than ${limits.rows} rows.`)
  return {
    rows: records.map((cells) => cells.slice(0, limits.cells).map((c) => ({ text: folded(c), title: '' }))),
    complete: true,
    heading: '',
  }
}
