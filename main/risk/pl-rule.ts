import type { Alert, PlRule } from '../../shared/api/models.ts'
import type { Marks } from '../book/types.ts'

export type Side = Alert['side']
export type LimitKind = Alert['limitKind']

/** A side of a rule that has fired for an account and is not armed again yet. What is not listed is armed. */
export type Fired = { readonly at: number; readonly limitKind: LimitKind }

/** The fired sides of one rule by `sideKey`. */
export type FiredSides = ReadonlyMap<number, Fired>

/** One number for (login, side): what the state of a rule is kept by. */
export const sideKey = (login: number, side: Side): number => login * 2 + (side === 'loss' ? 1 : 0)

/** A limit passed by an armed side. `value` and `funds` in account currency; `row` is the row of the marks. */
export type Breach = {
  readonly row: number
  readonly login: number
  readonly side: Side
  readonly limitKind: LimitKind
  /** The limit passed: base currency, or share. */
  readonly limit: number
  readonly value: number
  readonly valueBase: number
  readonly funds: number
}

export type Verdict = {
  readonly breaches: readonly Breach[]
  /** Keys of the sides that are armed again as of this valuation. */
  readonly rearmed: readonly number[]
}

type Limits = { readonly amount: number; readonly share: number }

/** A limit that is not checked is infinitely far away. */
const limitsOf = (side: PlRule['profit']): Limits => ({
  amount: side.amount ?? Number.POSITIVE_INFINITY,
  share: side.share ?? Number.POSITIVE_INFINITY,
})

/**
 * Most accounts have not fired, and looking each of them up in a map would cost more than the rule itself. One
 * byte by the low bits of the login says whether a look-up could find anything.
 */
const FILTER_BITS = 14
const FILTER_MASK = (1 << FILTER_BITS) - 1

const firedFilter = (fired: FiredSides): Uint8Array => {
  const filter = new Uint8Array(1 << FILTER_BITS)
  for (const key of fired.keys()) filter[Math.floor(key / 2) & FILTER_MASK] = 1
  return filter
}

/**
 * Looks at one valuation with one rule. Pure: the caller applies the verdict to its state.
 *
 * - A side fires when it is armed and the figure is beyond (not at) its amount in base currency, or beyond its
 *   share of own funds. The share is checked only for own funds above zero and of at least `minFunds` in base.
 *   Where both limits are passed, the one passed by the larger factor is named.
 * - A fired side is armed again when `rearmAfterMinutes` have gone by since it fired *and* the figure is under
 *   `rearmAt` of every limit in force, so that arming never fires at once. An account without a row has nothing
 *   open and no day result: its figure is zero. Marks without any row prove nothing and arm nobody.
 * - A row whose figure, funds or rate to base is not a finite number neither fires nor arms.
 *
 * The loop makes no object but for what fires.
 */
export const evaluatePlRule = (rule: PlRule, marks: Marks, fired: FiredSides): Verdict => {
  const breaches: Breach[] = []
  const rearmed: number[] = []
  if (!rule.enabled) return { breaches, rearmed }
  const { login, balance, credit, floating, dayPl, prevEquity, moneyToday, rateToBase } = marks.data.columns
  const rows = marks.data.rows
  const isDay = rule.measure === 'day'
  const figure = isDay ? dayPl : floating
  const profit = limitsOf(rule.profit)
  const loss = limitsOf(rule.loss)
  const filter = firedFilter(fired)
  const rested = (since: Fired): boolean => marks.valuedAt - since.at >= rule.rearmAfterMinutes * 60_000
  const met = new Set<number>()

  for (let i = 0; i < rows; i++) {
    const account = login[i] as number
    const value = figure[i] as number
    const rate = rateToBase[i] as number
    const funds = isDay
      ? (prevEquity[i] as number) + Math.max(0, moneyToday[i] as number)
      : (balance[i] as number) + (credit[i] as number)
    const known = filter[account & FILTER_MASK] === 1
    if (known) for (let key = account * 2; key <= account * 2 + 1; key++) if (fired.has(key)) met.add(key)
    const valueBase = value * rate
    if (!(Number.isFinite(valueBase) && Number.isFinite(funds) && rate > 0)) continue
    const shareCounts = funds > 0 && funds * rate >= rule.minFunds

    if (known) {
      for (let side = 0; side < 2; side++) {
        const key = account * 2 + side
        const since = fired.get(key)
        if (since === undefined || !rested(since)) continue
        const limits = side === 0 ? profit : loss
        const sign = side === 0 ? 1 : -1
        const clearOfAmount = sign * valueBase < rule.rearmAt * limits.amount
        const clearOfShare = !shareCounts || sign * value < rule.rearmAt * limits.share * funds
        if (clearOfAmount && clearOfShare) rearmed.push(key)
      }
    }

    const limits = value > 0 ? profit : loss
    const size = Math.abs(value)
    const sizeBase = Math.abs(valueBase)
    const beyondAmount = sizeBase > limits.amount
    const beyondShare = shareCounts && size > limits.share * funds
    if (!beyondAmount && !beyondShare) continue
    const side: Side = value > 0 ? 'profit' : 'loss'
    if (known && fired.has(sideKey(account, side))) continue
    const byAmount =
      beyondAmount && (!beyondShare || sizeBase / limits.amount >= size / (limits.share * funds))
    breaches.push({
      row: i,
      login: account,
      side,
      limitKind: byAmount ? 'amount' : 'share',
      limit: byAmount ? limits.amount : limits.share,
      value,
      valueBase,
      funds,
    })
  }

  if (rows > 0) for (const [key, since] of fired) if (!met.has(key) && rested(since)) rearmed.push(key)
  return { breaches, rearmed }
}
