import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decisions } from './decisions.ts'
import { emptyLeg, type MarginLeg, type MarginSymbol, symbolMargin } from './margin.ts'
import { OTHER, packedBothSides, packedDivider, packedOneSide, packTerms, STRIDE } from './packed-margin.ts'

const amount = fc.oneof(
  { weight: 5, arbitrary: fc.double({ min: 0, max: 1e6, noNaN: true }) },
  fc.constantFrom(0, -5, 1e-300, 1e300, Number.MAX_VALUE, Number.NaN),
)
const terms: fc.Arbitrary<MarginSymbol> = fc.record({
  marginMode: fc.integer({ min: 0, max: 6 }),
  contractSize: amount,
  tickSize: amount,
  tickValue: amount,
  marginInitial: amount,
  marginMaintenance: amount,
  marginHedged: amount,
})
const position = fc.record({ volume: fc.nat(1000), open: amount, rate: amount })
const leg = fc.array(position, { maxLength: 3 }).map((positions): MarginLeg => {
  let sum = emptyLeg
  for (const { volume, open, rate } of positions) {
    const lots = volume / 100
    sum = {
      lots: sum.lots + lots,
      openSum: sum.openSum + lots * open,
      rateSum: sum.rateSum + lots * rate,
    }
  }
  // Positions without volume open no side, whatever their prices.
  return sum.lots === 0 ? emptyLeg : sum
})
const leverage = fc.constantFrom(1, 3, 100, 500)
const divider = fc.constantFrom(0, 1, 0.5, 3)

/** A symbol's numbers, not at the beginning, where what belongs to another would be read. */
const AT = STRIDE
const packed = (s: MarginSymbol, per: number, one: MarginLeg, other: MarginLeg) => {
  const packedTerms = new Float64Array(STRIDE * 2)
  packTerms(s, per, packedTerms, AT)
  const sums = new Float64Array(STRIDE * 3).fill(7)
  const sum = STRIDE * 2
  sums.set([one.lots, one.openSum, one.rateSum], sum)
  sums.set([other.lots, other.openSum, other.rateSum], sum + OTHER)
  return { terms: packedTerms, sums, sum, divider: packedDivider(packedTerms, AT) }
}

describe('the margin of packed numbers is symbolMargin, to the last bit,', () => {
  it('of one side', () => {
    fc.assert(
      fc.property(terms, leg, leverage, divider, fc.boolean(), (s, one, lever, per, largeLeg) => {
        const p = packed(s, per, one, emptyLeg)
        const margin = packedOneSide(p.terms, AT, p.sums, p.sum, lever, p.divider)
        expect(margin).toBe(symbolMargin(s, one, emptyLeg, lever, per, largeLeg))
        expect(margin).toBe(symbolMargin(s, emptyLeg, one, lever, per, largeLeg))
      }),
      { numRuns: 1000 },
    )
  })

  it('of both, whichever came first', () => {
    const setting = fc.constantFrom('weighted', 'mean-of-legs')
    const legs = fc.tuple(leg, leg)
    fc.assert(
      fc.property(
        terms,
        legs,
        leverage,
        divider,
        fc.boolean(),
        setting,
        (s, [one, other], lever, per, largeLeg, coveredPrice) => {
          const p = packed(s, per, one, other)
          const isMean = coveredPrice === 'mean-of-legs'
          const margin = packedBothSides(p.terms, AT, p.sums, p.sum, lever, p.divider, largeLeg, isMean)
          const d = { ...decisions, coveredPrice }
          expect(margin).toBe(symbolMargin(s, one, other, lever, per, largeLeg, d))
          expect(margin).toBe(symbolMargin(s, other, one, lever, per, largeLeg, d))
        },
      ),
      { numRuns: 2000 },
    )
  })
})
