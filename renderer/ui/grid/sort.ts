import type { Sort } from './live-column.ts'

/** The order after a click on a header: a new column starts with its natural direction, the same one turns round. */
export const nextSort = (now: Sort, column: string, numeric: boolean): Sort =>
  now.column === column ? { column, descending: !now.descending } : { column, descending: numeric }

/** `aria-sort` of a column's header. */
export const ariaSort = (now: Sort, column: string): 'ascending' | 'descending' | 'none' =>
  now.column !== column ? 'none' : now.descending ? 'descending' : 'ascending'
