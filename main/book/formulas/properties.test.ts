import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MarginMode, ProfitMode, SwapType } from '../../../shared/mt4/enums.ts'
import { equityOf, freeMarginOf, levelTypeOf, marginLevelOf } from './account.ts'
import { agentCommission, agentPayment, clientCommission, commissionTax, pointValue } from './commission.ts'
import { closingRate, indexPairs, type PlanSymbol, planRate, profitPlan } from './conversion.ts'
import { currencyAmounts } from './exposure.ts'
import { interestOfDay, interestPayment } from './interest.ts'
import { lotValue } from './lot-value.ts'
import {
  accountMargin,
  baseMargin,
  emptyLeg,
  hedgedMargin,
  type MarginLeg,
  type MarginSymbol,
  marginRateAtOpen,
  marginRatePlan,
  openingMargin,
  symbolMargin,
} from './margin.ts'
import { markedUp } from './markup.ts'
import { positionProfit, unitValue } from './profit.ts'
import { reopenPrice } from './rollover.ts'
import { type SwapSymbol, swapCharge, swapPlan } from './swap.ts'
import { forexMargin } from './test-positions.ts'

/** Any price that could come in: usual, zero, negative, huge, tiny, missing. */
const price = fc.oneof(
  { weight: 5, arbitrary: fc.double({ min: 1e-5, max: 1e5, noNaN: true }) },
  fc.constantFrom(0, -0, -1, -37.63, Number.NaN, 5e-324, 1e-300, 1e300, Number.MAX_VALUE),
)
const setting = fc.oneof(
  { weight: 4, arbitrary: fc.double({ min: 0, max: 1e6, noNaN: true }) },
  fc.constantFrom(0, -5, 1e-300, 1e300),
)
const lots = fc.integer({ min: 1, max: 100_000 }).map((volume) => volume / 100)
const sane = fc.double({ min: 0.001, max: 1e5, noNaN: true })
const digits = fc.constantFrom(0, 2)
const mode = fc.integer({ min: 0, max: 4 })

const expectFinite = (value: number): void => expect(value).toSatisfy(Number.isFinite)
/** A figure, or "not computable": never an infinity. */
const isFigure = (value: number): boolean => Number.isFinite(value) || Number.isNaN(value)

const symbols: readonly PlanSymbol[] = ['EURUSD', 'USDJPY', 'EURGBP', 'GBPUSD', 'AUDNZD', 'NZDUSD'].map(
  (symbol, index) => ({ symbol, index, profitMode: ProfitMode.FOREX, currency: symbol.slice(0, 3) }),
)
const cfd: PlanSymbol = { symbol: 'GOLD', index: 6, profitMode: ProfitMode.CFD, currency: 'USD' }
const pairs = indexPairs([...symbols, cfd])
const market = fc.record({
  bid: fc.array(price, { minLength: 7, maxLength: 7 }),
  ask: fc.array(price, { minLength: 7, maxLength: 7 }),
})
const deposit = fc.constantFrom('USD', 'EUR', 'GBP', 'JPY', 'NZD', 'SEK')
const traded = fc.constantFrom(...symbols, cfd)

describe('prices of any kind', () => {
  it('never make a rate infinite, zero or negative', () => {
    fc.assert(
      fc.property(market, traded, deposit, fc.boolean(), price, (quotes, symbol, currency, sell, close) => {
        const plan = profitPlan(symbol, currency, pairs)
        for (const rate of [
          planRate(plan, sell, quotes),
          closingRate(plan, sell, quotes, symbol.index, close),
          marginRateAtOpen(
            marginRatePlan(
              { ...symbol, marginMode: MarginMode.FOREX, marginCurrency: symbol.currency },
              currency,
              pairs,
            ),
            close,
            quotes,
          ),
        ])
          expect(rate).toSatisfy((r: number) => Number.isNaN(r) || (r > 0 && r < Number.POSITIVE_INFINITY))
      }),
    )
  })

  it('never let an infinity out of a result, a swap, a commission or an exposure', () => {
    const terms = fc.record({
      profitMode: fc.integer({ min: 0, max: 2 }),
      contractSize: setting,
      tickSize: setting,
      tickValue: setting,
      swapType: fc.integer({ min: 0, max: 4 }),
    })
    fc.assert(
      fc.property(terms, price, price, price, lots, digits, (t, open, close, rate, size, d) => {
        const swap: SwapSymbol = {
          ...t,
          symbol: 'EURUSD',
          index: 0,
          currency: 'EUR',
          marginCurrency: 'EUR',
          digits: 5,
          swapLong: -2.5,
          swapShort: 1,
          swapEnable: 1,
          swapRollover3Days: 3,
          swapOpenPrice: 0,
        }
        const basis = { lots: size, point: pointValue(t, 5, rate), value: lotValue(t, close, rate) }
        const terms = { lots: size, swap: -2.5, price: close, openPrice: open, rate }
        for (const figure of [
          unitValue(t, rate),
          basis.value,
          basis.point,
          positionProfit(t, false, size * 100, open, close, rate, d),
          swapCharge(swap, terms, 3, d),
          ...[0, 1, 2].map((commType) => clientCommission({ commBase: 3, commType, commLots: 0 }, basis, d)),
          agentCommission({ commAgent: 3, commAgentType: 1, commAgentLots: 0 }, basis, d),
          agentPayment(3, rate, d),
          ...currencyAmounts(swap, size, size * open, close).map(({ amount }) => amount),
        ])
          expect(figure).toSatisfy(isFigure)
      }),
    )
  })

  it('leave a margin that is an amount of at least 0, or not computable', () => {
    const terms = fc.record({
      marginMode: mode,
      contractSize: setting,
      tickSize: setting,
      tickValue: setting,
      marginInitial: setting,
      marginMaintenance: setting,
      marginHedged: setting,
    })
    const side = fc.record({ lots, open: price, rate: price })
    fc.assert(
      fc.property(terms, side, side, setting, setting, fc.boolean(), (s, b, a, leverage, divider, large) => {
        const buy: MarginLeg = { lots: b.lots, openSum: b.lots * b.open, rateSum: b.lots * b.rate }
        const sell: MarginLeg = { lots: a.lots, openSum: a.lots * a.open, rateSum: a.lots * a.rate }
        const extra = { sell: large, lots: 1, openPrice: a.open, marginRate: b.rate }
        for (const margin of [
          baseMargin(s, b.lots, b.open, leverage, divider),
          hedgedMargin(s, b.lots, b.open, leverage, divider),
          symbolMargin(s, buy, sell, leverage, divider, large),
          symbolMargin(s, buy, emptyLeg, leverage, divider, large),
          openingMargin(s, buy, sell, extra, leverage, divider, large),
        ])
          expect(margin).toSatisfy((m: number) => Number.isNaN(m) || (m >= 0 && Number.isFinite(m)))
      }),
    )
  })

  it('give finite prices where a price is made', () => {
    fc.assert(
      fc.property(sane, sane, fc.integer({ min: -50, max: 50 }), fc.boolean(), (bid, ask, points, sell) => {
        const marked = markedUp(bid, ask, points, 5)
        for (const made of [marked.bid, marked.ask, reopenPrice(sell, bid, points / 7, 3, 5)])
          expect(made).toSatisfy(Number.isFinite)
      }),
    )
  })
})

describe('account figures of any money', () => {
  const money = fc.double({ min: -1e12, max: 1e12, noNaN: true })

  it('are finite; only the level of an account without margin is blank', () => {
    fc.assert(
      fc.property(money, money, money, money, digits, (balance, credit, floating, margin, d) => {
        expectFinite(equityOf(balance, credit, floating, d))
        for (const m of [0, 1, 2, 3]) expectFinite(freeMarginOf(m, balance, credit, floating, margin, d))
        const level = marginLevelOf(0, balance, margin)
        expect(Number.isNaN(level)).toBe(!(margin > 0))
        expect(level).toSatisfy(isFigure)
        const rules = { marginType: 0, marginCall: 100, marginStopout: 50, stopoutSkipHedged: 0 }
        expect([0, 1, 2]).toContain(levelTypeOf(rules, balance, margin, 1))
        expectFinite(interestOfDay(balance, 3, 1))
        for (const part of Object.values(interestPayment(balance, 13, d))) expectFinite(part)
        expectFinite(commissionTax(balance, 13, d, 'open'))
        expectFinite(accountMargin(margin, d))
      }),
    )
  })
})

describe('symmetry', () => {
  it('a sell wins exactly what a buy at the same prices and rate loses', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 }),
        sane,
        sane,
        sane,
        lots,
        digits,
        (profitMode, a, b, rate, size, d) => {
          const symbol = { profitMode, contractSize: 100, tickSize: 0.25, tickValue: 12.5 }
          const buy = positionProfit(symbol, false, size * 100, a, b, rate, d)
          const sell = positionProfit(symbol, true, size * 100, a, b, rate, d)
          expect(sell + buy).toBe(0)
        },
      ),
    )
  })

  it('margin does not care which leg is which', () => {
    const side = fc.record({ lots, open: sane, rate: sane })
    fc.assert(
      fc.property(mode, side, side, fc.boolean(), (marginMode, b, a, large) => {
        const s = { ...forexMargin, marginMode, tickSize: 0.25, tickValue: 5, marginHedged: 40_000 }
        const one: MarginLeg = { lots: b.lots, openSum: b.lots * b.open, rateSum: b.lots * b.rate }
        const two: MarginLeg = { lots: a.lots, openSum: a.lots * a.open, rateSum: a.lots * a.rate }
        expect(symbolMargin(s, one, two, 100, 1, large)).toBe(symbolMargin(s, two, one, 100, 1, large))
      }),
    )
  })

  it('a position in two tickets has the margin of one', () => {
    fc.assert(
      fc.property(mode, lots, lots, sane, sane, (marginMode, x, y, open, rate) => {
        const s = { ...forexMargin, marginMode, tickSize: 0.25, tickValue: 5, marginMaintenance: 700 }
        const of = (l: number): MarginLeg => ({ lots: l, openSum: l * open, rateSum: l * rate })
        const parts =
          symbolMargin(s, of(x), emptyLeg, 100, 1, false) + symbolMargin(s, of(y), emptyLeg, 100, 1, false)
        const whole = symbolMargin(s, of(x + y), emptyLeg, 100, 1, false)
        expect(Math.abs(whole - parts)).toBeLessThanOrEqual(1e-9 * whole)
      }),
    )
  })
})

describe('hedged margin', () => {
  it('lies between that of the net volume and that of both legs in full', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(
        lots,
        lots,
        sane,
        sane,
        share,
        fc.constantFrom(0, 1, 4),
        (b, a, open, rate, part, marginMode) => {
          const s: MarginSymbol = {
            ...forexMargin,
            marginMode,
            marginHedged: part * forexMargin.contractSize,
          }
          const of = (l: number): MarginLeg => ({ lots: l, openSum: l * open, rateSum: l * rate })
          const margin = symbolMargin(s, of(b), of(a), 100, 1, false)
          const net = symbolMargin(s, of(Math.abs(b - a)), emptyLeg, 100, 1, false)
          const gross = symbolMargin(s, of(b + a), emptyLeg, 100, 1, false)
          expect(margin).toBeGreaterThanOrEqual(net * (1 - 1e-9))
          expect(margin).toBeLessThanOrEqual(gross * (1 + 1e-9))
          const larger = symbolMargin(s, of(b), of(a), 100, 1, true)
          expect(larger).toBe(Math.max(...[b, a].map((l) => symbolMargin(s, of(l), emptyLeg, 100, 1, true))))
        },
      ),
    )
  })
})

describe('swap plans', () => {
  it('read the quotes of the symbol set only', () => {
    fc.assert(
      fc.property(
        traded,
        deposit,
        fc.constantFrom(...Object.values(SwapType)),
        (symbol, currency, swapType) => {
          const full: SwapSymbol = {
            ...symbol,
            contractSize: 1,
            tickSize: 0,
            tickValue: 0,
            digits: 5,
            marginCurrency: 'GBP',
            swapType,
            swapLong: 1,
            swapShort: 1,
            swapEnable: 1,
            swapRollover3Days: 3,
            swapOpenPrice: 0,
          }
          for (const { symbol: index } of swapPlan(full, currency, pairs) ?? [])
            expect(symbols.some((s) => s.index === index) || index === cfd.index).toBe(true)
        },
      ),
    )
  })
})
