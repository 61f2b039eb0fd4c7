import { currencyDigits, scaleOf } from '../../../shared/money/rounding.ts'

/**
 * How many smallest units one is, by currency id + 1: in front stands that of accounts whose currency is not known, which
 * have cents.
 */
export const currencyScales = (currencies: readonly string[]): Float64Array =>
  Float64Array.from(['', ...currencies], (currency) => scaleOf(currencyDigits(currency)))
