/**
 * The MetaTrader rounding rule (manager SDK helper): scale by 10^digits, add 0.5000001 away from zero,
 * truncate. Half away from zero with a 1e-7 bias that absorbs binary noise, so 1.005 → 1.01.
 * `Math.round` and `toFixed` give different cents; use this rule for every price and every amount.
 */
const scales = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8] as const

/** 10^digits (digits clamped to 0…8): how many smallest units one is. */
export const scaleOf = (digits: number): number => scales[digits < 0 ? 0 : digits > 8 ? 8 : digits] as number

/**
 * `value` in whole smallest units of `1 / scale` by the rule above. Sums of such units are exact, whatever their order;
 * divided by the scale they are `roundTo`.
 */
export const toUnits = (value: number, scale: number): number => {
  const scaled = value * scale
  return Math.trunc(scaled + (scaled >= 0 ? 0.5000001 : -0.5000001)) + 0
}

/** Rounds `value` to `digits` decimals (clamped to 0…8). Never answers -0. */
export const roundTo = (value: number, digits: number): number => {
  const scale = scaleOf(digits)
  return toUnits(value, scale) / scale
}

/** Decimals of an account currency. Only the yen has none on MT4 (seen in every real JPY statement). */
export const currencyDigits = (currency: string): number => (currency === 'JPY' ? 0 : 2)

/** 10^-digits: the smallest price step of a quote with that many digits. */
export const pointOf = (digits: number): number => 1 / (scales[digits] ?? 1)
