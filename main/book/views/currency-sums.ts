import type { World } from '../world/world.ts'

/** Sums by currency id + 1, side by side; see `Sum` for what stands where. */
export type CurrencySums = Float64Array

/** Numbers of a currency. */
export const SUMS = 8
/** Open result and money moved today in units, the rest in money; `BEFORE`: equity at day start. */
export const Sum = { OPEN: 0, MOVED: 1, BALANCE: 2, CREDIT: 3, MARGIN: 4, BEFORE: 5 } as const

export const createCurrencySums = (currencies: number): CurrencySums =>
  new Float64Array((currencies + 1) * SUMS)

/** Adds what accounts own; open results are left out. Every book comes here with all its accounts, on the way to its first frame. */
export const addFunds = (
  { currencyId, moneyUnits, balance, credit, margin, prevEquity }: World['users']['columns'],
  ids: Int32Array,
  n: number,
  sums: CurrencySums,
): void => {
  for (let i = 0; i < n; i++) {
    const a = ids[i] as number
    const c = ((currencyId[a] as number) + 1) * SUMS
    sums[c + Sum.MOVED] = (sums[c + Sum.MOVED] as number) + (moneyUnits[a] as number)
    sums[c + Sum.BALANCE] = (sums[c + Sum.BALANCE] as number) + (balance[a] as number)
    sums[c + Sum.CREDIT] = (sums[c + Sum.CREDIT] as number) + (credit[a] as number)
    sums[c + Sum.MARGIN] = (sums[c + Sum.MARGIN] as number) + (margin[a] as number)
    sums[c + Sum.BEFORE] = (sums[c + Sum.BEFORE] as number) + (prevEquity[a] as number)
  }
}

export const addOpen = (
  currencyId: Int32Array,
  floating: Float64Array,
  ids: Int32Array,
  n: number,
  sums: CurrencySums,
): void => {
  for (let i = 0; i < n; i++) {
    const a = ids[i] as number
    const at = ((currencyId[a] as number) + 1) * SUMS + Sum.OPEN
    sums[at] = (sums[at] as number) + (floating[a] as number)
  }
}
