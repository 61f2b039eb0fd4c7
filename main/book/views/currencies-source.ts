import { currenciesView } from '../../../shared/api/views.ts'
import { currencyDigits, roundTo } from '../../../shared/money/rounding.ts'
import type { CurrencyExposure } from './exposure-sums.ts'
import { type Exposures, MAX_QUESTIONS } from './exposures.ts'
import { numberColumn, orZero, type ViewSource } from './source.ts'
import { plainColumn, textOrder } from './text-columns.ts'

/** Currencies keep their numbers; there are never so many. */
const ROWS_A_QUESTION = 1024

const nothing: CurrencyExposure = { currency: '', clients: 0, coverage: 0, netBase: 0 }

/** Net open position by currency (ExposureValue). */
export const currenciesSource = (base: string, exposures: Exposures): ViewSource => {
  const digits = currencyDigits(base)
  /** A kept row may have nothing open any more. */
  const row = (id: number): CurrencyExposure =>
    exposures.at(Math.floor(id / ROWS_A_QUESTION)).currencies[id % ROWS_A_QUESTION] ?? nothing
  const name = (id: number): string => row(id).currency
  return {
    table: currenciesView,
    all: () => exposures.at(exposures.number({})).currencies.filter(Boolean).length,
    capacity: () => ROWS_A_QUESTION,
    idLimit: () => ROWS_A_QUESTION * MAX_QUESTIONS,
    select: (filter, out) => {
      const text = filter.text?.trim().toLowerCase() ?? ''
      const first = exposures.number(filter) * ROWS_A_QUESTION
      const { currencies } = exposures.at(first / ROWS_A_QUESTION)
      let n = 0
      for (let i = 0; i < Math.min(currencies.length, ROWS_A_QUESTION); i++)
        if (currencies[i]?.currency.toLowerCase().includes(text)) out[n++] = first + i
      return n
    },
    identities: () => null,
    ties: (ids, n) => textOrder(ids, n, name),
    columns: {
      currency: plainColumn(name),
      clients: numberColumn((id) => row(id).clients),
      coverage: numberColumn((id) => row(id).coverage),
      net: numberColumn((id) => roundTo(row(id).clients - row(id).coverage, currencyDigits(name(id)))),
      netBase: numberColumn((id) => row(id).netBase),
    },
    totals: (ids, n) => {
      let netBase = 0
      for (let k = 0; k < n; k++) netBase += orZero(row(ids[k] as number).netBase)
      return { netBase: roundTo(netBase, digits) }
    },
  }
}
