import { describe, expect, it } from 'vitest'
import { ProfitMode } from '../../../shared/mt4/enums.ts'
import { indexPairs, type PlanSymbol, planRate, profitPlan } from './conversion.ts'
import { accountMargin, emptyLeg, type MarginLeg, type MarginSymbol, symbolMargin } from './margin.ts'
import { type ProfitSymbol, positionProfit } from './profit.ts'
import { forexMargin, leg } from './test-positions.ts'

/** The worked vectors P1–P8 and M1–M8 of the reference (§3.4, §3.6); swaps: swap.test.ts, the checklist: checklist.test.ts. */

type Quoted = readonly [name: string, bid: number, ask: number, profitMode?: number, currency?: string]

const profit = (
  symbols: readonly Quoted[],
  traded: string,
  deposit: string,
  sell: boolean,
  volume: number,
  open: number,
  close: number,
  terms: Partial<ProfitSymbol> = {},
): number => {
  const list: PlanSymbol[] = symbols.map(([symbol, , , profitMode = ProfitMode.FOREX, currency], index) => ({
    symbol,
    index,
    profitMode,
    currency: currency ?? symbol.slice(0, 3),
  }))
  const own = list.find((s) => s.symbol === traded) as PlanSymbol
  const quotes = { bid: symbols.map((s) => s[1]), ask: symbols.map((s) => s[2]) }
  const rate = planRate(profitPlan(own, deposit, indexPairs(list)), sell, quotes)
  const facts = { profitMode: own.profitMode, contractSize: 100_000, tickSize: 0, tickValue: 0, ...terms }
  return positionProfit(facts, sell, volume, open, close, rate, 2)
}

describe('profit vectors', () => {
  it('P1: profit currency is the deposit currency', () => {
    expect(profit([['EURUSD', 1.205, 1.2051]], 'EURUSD', 'USD', false, 100, 1.2, 1.205)).toBe(500)
  })

  it('P2: base currency is the deposit currency, sell divides by the ask', () => {
    expect(profit([['USDJPY', 149.49, 149.5]], 'USDJPY', 'USD', true, 50, 150, 149.5)).toBe(167.22)
  })

  it('P3: pair P+D, bid for a buy', () => {
    const symbols: Quoted[] = [
      ['EURGBP', 0.852, 0.85215],
      ['GBPUSD', 1.27, 1.2702],
    ]
    expect(profit(symbols, 'EURGBP', 'USD', false, 100, 0.85, 0.852)).toBe(254)
  })

  it('P4: pair P+D, ask for a sell', () => {
    const symbols: Quoted[] = [
      ['EURGBP', 0.85, 0.8501],
      ['GBPUSD', 1.27, 1.2702],
    ]
    expect(profit(symbols, 'EURGBP', 'USD', true, 100, 0.852, 0.8501)).toBe(241.34)
  })

  it('P5: pair D+P divides', () => {
    const symbols: Quoted[] = [
      ['GBPJPY', 190.25, 190.28],
      ['EURJPY', 165.5, 165.52],
    ]
    expect(profit(symbols, 'GBPJPY', 'EUR', false, 100, 190, 190.25)).toBe(151.05)
  })

  it('P6: over the dollar in two steps', () => {
    const symbols: Quoted[] = [
      ['AUDNZD', 1.0825, 1.083],
      ['NZDUSD', 0.6, 0.6002],
      ['USDCHF', 0.88, 0.8802],
    ]
    expect(profit(symbols, 'AUDNZD', 'CHF', false, 100, 1.08, 1.0825)).toBe(132)
  })

  it('P7: a CFD divides by the bid of D+P', () => {
    const symbols: Quoted[] = [
      ['SAP', 190.5, 190.6, ProfitMode.CFD, 'USD'],
      ['EURUSD', 1.1, 1.1002],
    ]
    expect(profit(symbols, 'SAP', 'EUR', false, 100, 189, 190.5, { contractSize: 100 })).toBe(136.36)
  })

  it('P8: a future counts ticks', () => {
    const symbols: Quoted[] = [['ES', 4510, 4510.25, ProfitMode.FUTURES, 'USD']]
    expect(profit(symbols, 'ES', 'USD', false, 200, 4500, 4510, { tickSize: 0.25, tickValue: 12.5 })).toBe(
      1000,
    )
  })
})

const margin = (
  buy: MarginLeg,
  sell: MarginLeg,
  terms: Partial<MarginSymbol> = {},
  { divider = 1, largeLeg = false } = {},
): number => accountMargin(symbolMargin({ ...forexMargin, ...terms }, buy, sell, 100, divider, largeLeg), 2)

describe('margin vectors', () => {
  it('M1: one lot', () => {
    expect(margin(leg([1, 1.279, 1]), emptyLeg)).toBe(1000)
  })

  it('M2: a full hedge is free when the hedged margin is 0', () => {
    expect(margin(leg([1, 1.279, 1]), leg([1, 1.281, 1]))).toBe(0)
  })

  it('M3: half a contract a covered lot costs one lot for a 1 + 1 hedge', () => {
    expect(margin(leg([1, 1.279, 1]), leg([1, 1.281, 1]), { marginHedged: 50_000 })).toBe(1000)
  })

  it('M4: net volume in full, covered volume at the hedged margin', () => {
    expect(margin(leg([2, 1.279, 1]), leg([1, 1.281, 1]), { marginHedged: 50_000 })).toBe(2000)
  })

  it('M5: the larger leg alone', () => {
    const buy = leg([2, 1.279, 1], [2, 1.28, 1])
    const sell = leg([2, 1.281, 1], [1, 1.282, 1])
    expect(margin(buy, sell, {}, { largeLeg: true })).toBe(4000)
  })

  it('M6: rate is the open price when the traded pair leads into the deposit currency', () => {
    expect(margin(leg([1, 1.279, 1.279]), emptyLeg)).toBe(1279)
  })

  it('M7: a percentage of 115', () => {
    expect(margin(leg([1, 1.279, 1.279]), emptyLeg, {}, { divider: 100 / 115 })).toBe(1470.85)
  })

  it('M8: margin currency is the deposit currency', () => {
    expect(margin(leg([1, 1.279, 1]), emptyLeg)).toBe(1000)
  })
})

describe('margins seen on real statements', () => {
  const seen = (lots: number, price: number, rate: number, leverage: number, divider = 1): number =>
    accountMargin(symbolMargin(forexMargin, leg([lots, price, rate]), emptyLeg, leverage, divider, false), 2)

  it.each([
    ['1.00 EURUSD at 1.15955 on dollars, 1:500', seen(1, 1.15955, 1.15955, 500), 231.91],
    ['0.02 EURUSD on euros, 1:500: nothing to convert', seen(0.02, 1.1, 1, 500), 4],
    ['0.10 USDZAR on dollars at 9 per cent', seen(0.1, 18, 1, 1, 100 / 9), 900],
  ])('%s', (_, margin, printed) => {
    expect(margin).toBe(printed)
  })
})
