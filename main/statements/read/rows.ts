/** A table cell: its text with white space folded, and its `title` (MT4 puts comments there). */
export type Cell = { text: string; title: string }

/** Rows of all tables of a report in order, and whether its end was there. */
export type ReportRows = { rows: Cell[][]; complete: boolean; heading: string }

/** Files beyond this are refused unread: the largest real statement has 3 MB. */
export const MAX_STATEMENT_BYTES = 32 * 1024 * 1024

/** Most of anything a report may have; the largest real one has 13,000 rows of 14 cells. */
export const limits = { rows: 200_000, cells: 64, allCells: 2_000_000, text: 512, depth: 256 } as const

/** White space folded, as a browser shows it; at most `limits.text` letters. */
export const folded = (text: string): string =>
  text
    .slice(0, limits.text)
    .replaceAll(/[\s\u00a0\u3000\ufeff]+/gu, ' ')
    .trim()
