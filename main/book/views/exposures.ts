import { type Book, books, type ViewFilter } from '../../../shared/api/views.ts'
import { Desk } from '../world/cells.ts'
import { mergedSymbols } from '../world/merged-symbols.ts'
import type { Synonyms } from '../world/synonyms.ts'
import type { World } from '../world/world.ts'
import {
  allCells,
  type CurrencyExposure,
  cellsOf,
  currencyExposures,
  type SymbolExposure,
  symbolExposures,
} from './exposure-sums.ts'

/** What the rows of an exposure view are made of. Rows by slot of the symbol they are shown as; holes have nothing open. */
export type Exposure = {
  readonly symbols: readonly (SymbolExposure | undefined)[]
  readonly currencies: readonly (CurrencyExposure | undefined)[]
}

/** Different questions whose exposure is kept at once: more than windows ask. */
export const MAX_QUESTIONS = 64

export type Exposures = {
  /** Number of the question a filter asks, for `at`. */
  readonly number: (filter: ViewFilter) => number
  /** Exposure of a question on the figures of the moment, worked out when somebody looks, at most once a valuation. */
  readonly at: (number: number) => Exposure
  /** Slot of the symbol that a symbol is shown as. */
  readonly shownAs: (symbol: number) => number
}

type Question = { filter: ViewFilter; valued: number; used: number; exposure: Exposure }

const empty: Exposure = { symbols: [], currencies: [] }

/** The parts of a filter that choose accounts. */
const accountParts = ({ login, group, country, currency, manager }: ViewFilter): ViewFilter => ({
  ...(login === undefined ? {} : { login }),
  ...(group === undefined ? {} : { group }),
  ...(country === undefined ? {} : { country }),
  ...(currency === undefined ? {} : { currency }),
  ...(manager === undefined ? {} : { manager }),
})

const belongsTo = (world: World, filter: ViewFilter): ((account: number) => boolean) => {
  const u = world.users.columns
  const text = (code: number | undefined): string => world.pool.text(code as number)
  return (a) =>
    (filter.login === undefined || u.login[a] === filter.login) &&
    (filter.group === undefined || text(u.group[a]) === filter.group) &&
    (filter.country === undefined || text(u.country[a]) === filter.country) &&
    (filter.currency === undefined ||
      (world.currencies[u.currencyId[a] as number] ?? '') === filter.currency) &&
    (filter.manager === undefined || world.managerOf(text(u.group[a])) === filter.manager)
}

export const deskOf = (book: Book): Desk => books.indexOf(book) as Desk

/** @param synonyms null keeps every symbol on a row of its own */
export const createExposures = (
  world: World,
  base: string,
  valuation: () => number,
  synonyms: Synonyms | null,
): Exposures => {
  const questions: (Question | undefined)[] = []
  const currencyIds = new Map<string, number>()
  let merged: number[] = []
  let mergedFor = -1
  let uses = 0

  const shown = (): number[] => {
    if (synonyms === null || mergedFor === world.symbols.membership()) return merged
    mergedFor = world.symbols.membership()
    merged = mergedSymbols(world, synonyms)
    return merged
  }

  const workOut = (filter: ViewFilter, before: Exposure): Exposure => {
    const some = Object.keys(filter).length > 0
    const sums = some ? cellsOf(world, belongsTo(world, filter)) : allCells(world)
    const symbols = symbolExposures(world, base, sums, shown())
    const currencies: (CurrencyExposure | undefined)[] = before.currencies.map(() => undefined)
    for (const row of currencyExposures(world, base, symbols)) {
      const id = currencyIds.get(row.currency) ?? currencyIds.size
      currencyIds.set(row.currency, id)
      currencies[id] = row
    }
    return { symbols, currencies }
  }

  /** The place of the question that was not asked for longest. */
  const oldest = (): number => {
    if (questions.length < MAX_QUESTIONS) return questions.length
    let at = 0
    for (let i = 1; i < questions.length; i++)
      if ((questions[i] as Question).used < (questions[at] as Question).used) at = i
    return at
  }

  return {
    number: (given) => {
      const filter = accountParts(given)
      const key = JSON.stringify(filter)
      const known = questions.findIndex((q) => q !== undefined && JSON.stringify(q.filter) === key)
      const at = known >= 0 ? known : oldest()
      if (known < 0) questions[at] = { filter, valued: -1, used: 0, exposure: empty }
      ;(questions[at] as Question).used = ++uses
      return at
    },
    at: (number) => {
      const question = questions[number]
      if (!question) return empty
      if (question.valued !== valuation()) {
        question.valued = valuation()
        question.exposure = workOut(question.filter, question.exposure)
      }
      return question.exposure
    },
    shownAs: (symbol) => shown()[symbol] ?? symbol,
  }
}

export const deskWords: readonly Book[] = [books[Desk.B_BOOK], books[Desk.A_BOOK], books[Desk.COVERAGE]]
