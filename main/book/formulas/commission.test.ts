import { describe, expect, it } from 'vitest'
import { ProfitMode } from '../../../shared/mt4/enums.ts'
import {
  agentCommission,
  agentPayment,
  clientCommission,
  commissionRate,
  commissionTax,
  commissionValue,
  paysAgentNow,
  pointValue,
} from './commission.ts'

const forex = { profitMode: ProfitMode.FOREX, contractSize: 100_000, tickSize: 0, tickValue: 0 }
const basis = { lots: 2.5, point: 1, value: 117_000 }

describe('clientCommission', () => {
  it.each([
    ['money a lot', 7, 0, 0, -17.5],
    ['money a deal', 7, 0, 1, -7],
    ['points a lot', 0.4, 1, 0, -1],
    ['points a deal', 0.4, 1, 1, -0.4],
    ['per cent of the value', 0.003, 2, 0, -8.78],
    ['per cent, a deal is the same value', 0.003, 2, 1, -8.78],
    ['a rebate', -1, 0, 0, 2.5],
    ['nothing', 0, 0, 0, 0],
  ])('%s', (_, commBase, commType, commLots, expected) => {
    expect(clientCommission({ commBase, commType, commLots }, basis, 2)).toBe(expected)
  })

  it('has the decimals of the currency and is never −0', () => {
    expect(clientCommission({ commBase: 7, commType: 0, commLots: 0 }, { ...basis, lots: 0.3 }, 0)).toBe(-2)
    expect(Object.is(clientCommission({ commBase: 0, commType: 0, commLots: 0 }, basis, 2), 0)).toBe(true)
  })

  it('is not computable without a rate, unless it is money', () => {
    const lost = { lots: 1, point: Number.NaN, value: Number.NaN }
    expect(clientCommission({ commBase: 1, commType: 1, commLots: 0 }, lost, 2)).toBeNaN()
    expect(clientCommission({ commBase: 1, commType: 2, commLots: 0 }, lost, 2)).toBeNaN()
    expect(clientCommission({ commBase: 1, commType: 0, commLots: 0 }, lost, 2)).toBe(-1)
    expect(clientCommission({ commBase: 1, commType: 7, commLots: 0 }, basis, 2)).toBeNaN()
  })
})

describe('the basis', () => {
  it('prices a point with the buy side, or the direction’s (U8)', () => {
    expect(pointValue(forex, 5, 0.5)).toBeCloseTo(0.5, 12)
    expect(commissionRate(0.5, 0.6, true)).toBe(0.5)
    expect(commissionRate(0.5, 0.6, true, { commissionPoint: 'direction' })).toBe(0.6)
    expect(commissionRate(0.5, 0.6, false, { commissionPoint: 'direction' })).toBe(0.5)
  })

  it('values a lot as swaps do, or at the open price (U8)', () => {
    expect(commissionValue(forex, 1.17, 1, 116_500)).toBe(116_500)
    expect(commissionValue(forex, 1.17, 1, 116_500, { commissionValue: 'open-price' })).toBeCloseTo(
      117_000,
      6,
    )
  })
})

describe('agent commission', () => {
  const terms = { commAgent: 3, commAgentType: 0, commAgentLots: 0 }

  it('is money or points, a lot or a deal', () => {
    expect(agentCommission(terms, basis, 2)).toBe(7.5)
    expect(agentCommission({ ...terms, commAgentLots: 1 }, basis, 2)).toBe(3)
    expect(agentCommission({ ...terms, commAgentType: 1 }, { ...basis, point: 0.9 }, 2)).toBe(6.75)
    expect(agentCommission({ ...terms, commAgentType: 2 }, basis, 2)).toBeNaN()
  })

  it('is paid in the agent’s own currency, when the server pays', () => {
    expect(agentPayment(7.5, 0.86, 2)).toBe(6.45)
    expect(agentPayment(7.5, 154.4, 0)).toBe(1158)
    expect(agentPayment(7.5, Number.NaN, 2)).toBeNaN()
    expect(agentPayment(0, Number.NaN, 2)).toBe(0)
    expect(paysAgentNow('close')).toBe(true)
    expect(paysAgentNow('end-of-day')).toBe(false)
    expect(paysAgentNow('end-of-day', { agentPayout: 'end-of-day' })).toBe(true)
  })
})

describe('commissionTax', () => {
  it('is a part of the commission with its sign, at the moment that is set', () => {
    expect(commissionTax(-17.5, 13, 2, 'open')).toBe(-2.28)
    expect(commissionTax(-17.5, 13, 2, 'close')).toBe(0)
    expect(commissionTax(-17.5, 13, 2, 'close', { taxWhen: 'close' })).toBe(-2.28)
    expect(commissionTax(0, 13, 2, 'open')).toBe(0)
  })
})
