import { roundTo } from '../../../shared/money/rounding.ts'
import { Cmd, isMarketCmd } from '../../../shared/mt4/enums.ts'
import type { DetailLine, Printed, Statement, StatementTrade } from '../types.ts'
import { booked, type Ledger, netOf, sumOf } from './ledger.ts'

/** A run of neighbouring gains or losses: how many, and their sum. */
type Run = { count: number; sum: number }

type Details = Record<DetailLine, Printed>

const percent = (part: number, whole: number): number => (whole === 0 ? 0 : roundTo((part / whole) * 100, 2))

/**
 * Neighbouring results of one sign in closing order. A result of nothing counts as a gain.
 */
const runsOf = (results: readonly number[], gains: boolean): Run[] => {
  const runs: Run[] = []
  let inside = false
  for (const result of results) {
    const belongs = result >= 0 === gains
    const last = runs.at(-1)
    if (belongs && inside && last !== undefined) {
      last.count++
      last.sum += result
    } else if (belongs) runs.push({ count: 1, sum: result })
    inside = belongs
  }
  return runs
}

/** The longest run; of several as long, the one that was also the dearest so far when it ended. */
const longest = (runs: readonly Run[]): Run => {
  let best: Run = { count: 0, sum: 0 }
  let record = 0
  for (const run of runs) {
    const dearest = Math.abs(run.sum) > record
    if (dearest) record = Math.abs(run.sum)
    if (run.count > best.count || (run.count === best.count && dearest)) best = run
  }
  return best
}

const dearest = (runs: readonly Run[]): Run =>
  runs.reduce<Run>((best, run) => (Math.abs(run.sum) > Math.abs(best.sum) ? run : best), { count: 0, sum: 0 })

const mean = (runs: readonly Run[]): number =>
  runs.length === 0 ? 0 : roundTo(runs.reduce((n, r) => n + r.count, 0) / runs.length, 0)

/**
 * Drawdowns of the closed result on top of `start`: the balance when the first trade closed. Money paid in or out later
 * does not count, as the terminal has it.
 */
const drawdowns = (results: readonly number[], start: number, digits: number) => {
  let balance = start
  let peak = start
  let lowest = start
  const worst = { money: 0, share: 0 }
  const relative = { money: 0, share: 0 }
  for (const result of results) {
    balance += result
    lowest = Math.min(lowest, balance)
    peak = Math.max(peak, balance)
    const money = peak - balance
    const share = peak === 0 ? 0 : money / peak
    if (money > worst.money) Object.assign(worst, { money, share })
    if (share > relative.share) Object.assign(relative, { money, share })
  }
  return {
    absolute: [roundTo(start - lowest, digits)],
    maximal: [roundTo(worst.money, digits), roundTo(worst.share * 100, 2)],
    relative: [roundTo(relative.share * 100, 2), roundTo(relative.money, digits)],
  }
}

/** Balance when the first trade closed. */
const startOf = (rows: readonly StatementTrade[], ledger: Ledger, digits: number): number => {
  const first = rows.findIndex((t) => isMarketCmd(t.cmd))
  return roundTo(ledger.carriedIn + sumOf(rows.slice(0, Math.max(0, first)), digits), digits)
}

/**
 * The Details block of a Detailed Statement, from its rows alone. Found on 26 real ones: results include swap,
 * commission and taxes; trades are taken in closing order; a result of nothing is a gain.
 */
export const detailsOf = (s: Statement, ledger: Ledger): Details => {
  const { digits } = s
  const rows = booked(s)
  const trades = rows.filter((t) => isMarketCmd(t.cmd))
  const results = trades.map((t) => roundTo(netOf(t), digits))
  const won = results.filter((r) => r >= 0)
  const lost = results.filter((r) => r < 0)
  const money = (value: number): number => roundTo(value, digits)
  const sum = (values: readonly number[]): number => money(values.reduce((a, b) => a + b, 0))
  const [grossProfit, grossLoss] = [sum(won), sum(lost)]
  const side = (cmd: number): Printed => {
    const own = trades.flatMap((t, i) => (t.cmd === cmd ? [results[i] as number] : []))
    return [own.length, percent(own.filter((r) => r >= 0).length, own.length)]
  }
  const over = (a: number, b: number, decimals: number): number => (b === 0 ? 0 : roundTo(a / b, decimals))
  const start = startOf(rows, ledger, digits)
  const { absolute, maximal, relative } = drawdowns(results, start, digits)
  const [wins, losses] = [runsOf(results, true), runsOf(results, false)]
  const counted = (run: Run): Printed => [run.count, money(run.sum)]
  const valued = (run: Run): Printed => [money(run.sum), run.count]
  return {
    grossProfit: [grossProfit],
    grossLoss: [money(-grossLoss)],
    netProfit: [money(grossProfit + grossLoss)],
    profitFactor: [over(grossProfit, -grossLoss, 2)],
    expectedPayoff: [over(grossProfit + grossLoss, results.length, 2)],
    absoluteDrawdown: absolute,
    maximalDrawdown: maximal,
    relativeDrawdown: relative,
    totalTrades: [results.length],
    shortPositions: side(Cmd.SELL),
    longPositions: side(Cmd.BUY),
    profitTrades: [won.length, percent(won.length, results.length)],
    lossTrades: [lost.length, percent(lost.length, results.length)],
    largestProfit: [Math.max(0, ...extremes(won))],
    largestLoss: [Math.min(0, ...extremes(lost))],
    averageProfit: [over(grossProfit, won.length, digits)],
    averageLoss: [over(grossLoss, lost.length, digits)],
    maxConsecutiveWins: counted(longest(wins)),
    maxConsecutiveLosses: counted(longest(losses)),
    maxConsecutiveProfit: valued(dearest(wins)),
    maxConsecutiveLoss: valued(dearest(losses)),
    averageConsecutiveWins: [mean(wins)],
    averageConsecutiveLosses: [mean(losses)],
  }
}

/** Smallest and largest of a list, without spreading a long one into arguments. */
const extremes = (values: readonly number[]): number[] => {
  if (values.length === 0) return []
  let [low, high] = [values[0] as number, values[0] as number]
  for (const v of values) [low, high] = [Math.min(low, v), Math.max(high, v)]
  return [low, high]
}
