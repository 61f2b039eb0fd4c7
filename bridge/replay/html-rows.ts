import { Parser } from 'htmlparser2'

/** A table cell: its text with white space folded, and its `title` (MT4 puts comments there). */
export type Cell = { text: string; title: string }

/** All rows of all tables of a page, in order, as MT4 reports need them. Nested tables are read as one. */
export const tableRows = (html: string): Cell[][] => {
  const rows: Cell[][] = []
  let row: Cell[] | null = null
  let cell: Cell | null = null
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (name === 'tr') {
        row = []
        rows.push(row)
      } else if ((name === 'td' || name === 'th') && row !== null) {
        cell = { text: '', title: attributes['title'] ?? '' }
        row.push(cell)
      }
    },
    ontext: (text) => {
      if (cell !== null) cell.text += text
    },
    onclosetag: (name) => {
      if (name === 'td' || name === 'th') {
        if (cell !== null) cell.text = cell.text.replaceAll(/[\s\u00a0]+/gu, ' ').trim()
        cell = null
      }
    },
  })
  parser.write(html)
  parser.end()
  return rows
}
