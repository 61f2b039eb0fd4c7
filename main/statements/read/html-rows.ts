import { Parser } from 'htmlparser2'
import { StatementError } from '../errors.ts'
import { type Cell, folded, limits, type ReportRows } from './rows.ts'

const silent = new Set(['script', 'style', 'noscript', 'template', 'title'])

/**
 * All rows of all tables of a page. Nested tables are read as one; nothing is run, fetched or expanded; what is beyond
 * the limits of `rows.ts` is refused, so memory and time stay in proportion to the file.
 *
 * @throws StatementError TOO_COMPLEX
 */
export const htmlRows = (html: string): ReportRows => {
  const rows: Cell[][] = []
  let row: Cell[] | null = null
  let cell: Cell | null = null
  let depth = 0
  let cells = 0
  let hidden = 0
  let heading = ''
  let tables = 0
  let pages = 0
  const tooMuch = (what: string): never => {
    throw new StatementError('TOO_COMPLEX', `The page has ${what}: it is no report saved by a terminal.`)
  }
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (++depth > limits.depth) tooMuch(`more than ${limits.depth} elements inside each other`)
      if (silent.has(name)) hidden++
      if (name === 'table') tables++
      if (name === 'html') pages++
      if (name === 'tr') {
        row = []
        if (rows.push(row) > limits.rows) tooMuch(`more than ${limits.rows} rows`)
      } else if ((name === 'td' || name === 'th') && row !== null) {
        cell = { text: '', title: folded(attributes['title'] ?? '') }
        if (++cells > limits.allCells) tooMuch(`more than ${limits.allCells} cells`)
        if (row.push(cell) > limits.cells) tooMuch(`a row of more than ${limits.cells} cells`)
      }
    },
    ontext: (text) => {
      if (hidden > 0) return
      if (cell === null) {
        if (rows.length === 0 && heading.length < limits.text) heading += text
      } else if (cell.text.length < limits.text * 2) cell.text += text
    },
    onclosetag: (name, implied) => {
      depth--
      if (silent.has(name)) hidden--
      if (name === 'td' || name === 'th') {
        if (cell !== null) cell.text = folded(cell.text)
        cell = null
      } else if (name === 'tr') row = null
      if (implied) return
      if (name === 'table') tables--
      else if (name === 'html' || name === 'body') pages = 0
    },
  })
  parser.write(html)
  parser.end()
  return { rows, complete: tables <= 0 && pages === 0, heading: folded(heading) }
}
