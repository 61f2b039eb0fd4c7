import type { ViewFilter } from '../../../shared/api/views.ts'
import type { ScopePart } from './scope.ts'

/** Answers one column of the accounts, ordered by it, from a place on, and how many accounts pass the filter. */
export type AskAccounts = (
  part: ScopePart,
  filter: ViewFilter,
  from: number,
) => Promise<{ readonly values: readonly string[]; readonly matched: number }>

/**
 * What occurs in a column of the accounts, in order, blanks left out. Asks for a page and goes on behind the last
 * account that has the last value of it, so that few pages do for many accounts.
 */
export const distinctValues = async (part: ScopePart, ask: AskAccounts): Promise<string[]> => {
  const found = new Set<string>()
  for (let from = 0; ; ) {
    // oxlint-disable-next-line no-await-in-loop -- where the next page begins is in the answer
    const { values, matched } = await ask(part, {}, from)
    for (const value of values) found.add(value)
    const last = values.at(-1)
    if (last === undefined || from + values.length >= matched) break
    // oxlint-disable-next-line no-await-in-loop -- as above
    const { matched: holders } = await ask(part, { [part]: last }, 0)
    // Accounts may have moved meanwhile: it always goes on.
    from = Math.max(from + values.length, from + values.indexOf(last) + holders)
    if (from >= matched) break
  }
  found.delete('')
  return [...found]
}
