/** Most significant digits a contract size has. */
const DIGITS = 4

/** The number with the fewest significant digits (at most 4) within an interval; 0 when there is none. */
export const simplestWithin = (low: number, high: number): number => {
  if (!(low > 0 && high >= low && Number.isFinite(high))) return 0
  const top = Math.floor(Math.log10(high))
  for (let digits = 1; digits <= DIGITS; digits++) {
    const exponent = top - digits + 1
    const step = 10 ** exponent
    const multiple = Math.ceil(low / step - 1e-9)
    const value = exponent < 0 ? multiple / 10 ** -exponent : multiple * step
    if (multiple > 0 && value <= high * (1 + 1e-12)) return value
  }
  return 0
}
