import type { Grouping, ViewFilter } from '../../../shared/api/views.ts'

/** What a panel shows grouped by, in the words of its toolbar. */
export const groupingWords: Readonly<Record<Grouping, string>> = {
  group: 'Group',
  country: 'Country',
  currency: 'Currency',
  manager: 'Manager',
  symbol: 'Symbol',
  book: 'Book',
}

/** Stands where rows have nothing in common: accounts without a country, groups that are nobody's. */
const NONE = '—'

export const keyWords = (key: string): string => key || NONE

/** The row that was gone into, in words: "Country Austria". */
export const drillWords = (filter: ViewFilter): string =>
  Object.entries(filter)
    .map(([by, key]) => `${groupingWords[by as Grouping].toLowerCase()} ${keyWords(String(key))}`)
    .join(', ')
