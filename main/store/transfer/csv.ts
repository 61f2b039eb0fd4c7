/**
 * CSV (RFC 4180) without loss: a text stands as it is, everything else as JSON. A text that a spreadsheet would take for
 * a formula gets an apostrophe before it, and so does one that begins with an apostrophe, so that reading takes exactly
 * one away.
 */
const formula = /^['=+\-@\t\r]/

const quotedCell = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

export const csvCell = (value: unknown): string => {
  if (typeof value !== 'string') return quotedCell(JSON.stringify(value) ?? '')
  return quotedCell(formula.test(value) ? `'${value}` : value)
}

export const csvLine = (values: readonly unknown[]): string => `${values.map(csvCell).join(',')}\r\n`

/** The value of a cell. @throws SyntaxError where a cell that is no text is no JSON */
export const cellValue = (cell: string, isText: boolean): unknown =>
  isText ? (cell.startsWith("'") ? cell.slice(1) : cell) : (JSON.parse(cell) as unknown)
