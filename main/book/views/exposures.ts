import { type Book, books, type ViewFilter } from '../../../shared/api/views.ts'
import type { Desk } from '../world/cells.ts'
import { mergedSymbols } from '../world/merged-symbols.ts'
import type { Synonyms } from '../world/synonyms.ts'
import type { World } from '../world/world.ts'
import { accountTest } from './account-filter.ts'
import {
  allCells,
  type CurrencyExposure,
  cellsOf,
  currencyExposures,
  type SymbolExposure,
  symbolExposures,
} from './exposure-sums.ts'
import { createKeptQuestions } from './kept-questions.ts'

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

type Question = { readonly filter: ViewFilter; valued: number; exposure: Exposure }

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
  const { login } = world.users.columns
  const passes = accountTest(world, filter)
  return (a) => (filter.login === undefined || login[a] === filter.login) && (passes === null || passes(a))
}

export const deskOf = (book: Book): Desk => books.indexOf(book) as Desk

/** @param synonyms null keeps every symbol on a row of its own */
export const createExposures = (
  world: World,
  base: string,
  valuation: () => number,
  synonyms: Synonyms | null,
): Exposures => {
  const questions = createKeptQuestions<Question>(MAX_QUESTIONS)
  const currencyIds = new Map<string, number>()
  let merged: number[] = []
  let mergedFor = -1

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

  return {
    number: (given) => {
      const filter = accountParts(given)
      return questions.placeOf(JSON.stringify(filter), () => ({ filter, valued: -1, exposure: empty }))
    },
    at: (number) => {
      const question = questions.at(number)
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
