import { describe, expect, it } from 'vitest'
import type { PositionExplanation } from '../../../shared/api/explain.ts'
import { positionLines } from './position-lines.ts'

const usdJpy = {
  pair: 'USDJPY',
  side: 'ask' as const,
  bid: 149.9,
  ask: 150,
  price: 150,
  inverse: true,
  time: 5_000,
}

const sell: PositionExplanation = {
  kind: 'position',
  serverTime: 9_000,
  valuedAt: 1,
  base: 'EUR',
  baseDigits: 2,
  currency: 'USD',
  moneyDigits: 2,
  toBase: { from: 'USD', to: 'EUR', steps: [], rate: 0.9 },
  formulas: [],
  decisions: [],
  blanks: [],
  order: 7,
  login: 1001,
  symbol: 'EURJPY',
  cmd: 1,
  volume: 150,
  lots: 1.5,
  digits: 3,
  symbolKnown: true,
  accountKnown: true,
  openPrice: 161.25,
  closePrice: 161.5,
  closeSide: 'ask',
  closeTime: 7_000,
  profitMode: 0,
  terms: {
    marginMode: 0,
    contractSize: 100_000,
    tickSize: 0,
    tickValue: 0,
    marginInitial: 0,
    marginMaintenance: 0,
    marginHedged: 0,
  },
  conversion: { from: 'JPY', to: 'USD', steps: [usdJpy], rate: 1 / 150 },
  unitValue: 100_000 / 150,
  openLeg: { exact: 161_250.0012, rounded: 161_250 },
  closeLeg: { exact: 161_500, rounded: 161_500 },
  storage: -1.5,
  commission: 0,
  taxes: 0,
  costs: -1.5,
  leverage: 100,
  divider: 1,
  marginRate: 1,
  marginExact: 0,
  figures: { profit: -250, total: -251.5, totalBase: -226.35, margin: 0 },
}

const line = (e: PositionExplanation, label: string) => positionLines(e).find((l) => l.label === label)

describe('positionLines', () => {
  it('names pair, side, direction and time of the conversion, and the rate that comes out', () => {
    expect(line(sell, 'USDJPY')).toMatchObject({ from: '1 / ask', result: '150', quotedAt: 5_000 })
    expect(line(sell, 'Rate')).toMatchObject({ from: 'JPY → USD', result: '0.00666666667' })
    expect(line(sell, 'Close price')).toMatchObject({ from: 'ask', result: '161.500', quotedAt: 7_000 })
  })

  it('writes each leg out, before and after its rounding', () => {
    expect(line(sell, 'Close value')?.from).toMatch(/^161.500 × 1.50 lots × 100.?000 × rate, from/)
    expect(line(sell, 'Open value')?.from).toMatch(/from 161.?250.001200$/)
    expect(line(sell, 'Open value')?.result).toMatch(/^161.?250.00$/)
  })

  it('says so where nothing is converted', () => {
    const same = { ...sell, conversion: { from: 'USD', to: 'USD', steps: [], rate: 1 } }
    expect(line(same, 'Rate')).toMatchObject({ from: 'USD is the currency already', result: '1' })
  })

  it('subtracts the legs in the order of the side', () => {
    expect(line(sell, 'Profit')).toMatchObject({ from: 'open − close', sign: -1 })
    expect(line({ ...sell, cmd: 0, profitMode: 1 }, 'Profit')?.from).toBe('close − open, rounded once')
  })

  it('ends in the figure that was asked about, and names taxes only where there are any', () => {
    expect(positionLines(sell).at(-1)).toMatchObject({ label: 'Total USD', kind: 'sum', sign: -1 })
    expect(positionLines(sell, 'totalBase').at(-1)).toMatchObject({ label: 'Total EUR', kind: 'sum' })
    expect(positionLines(sell, 'margin').at(-1)).toMatchObject({ label: 'Margin USD', kind: 'sum' })
    expect(line(sell, 'Taxes')).toBeUndefined()
    expect(line({ ...sell, taxes: -3 }, 'Taxes')?.sign).toBe(-1)
  })

  it('shows a dash, never NaN, for a figure that cannot be computed', () => {
    const none = { exact: null, rounded: null }
    const blank: PositionExplanation = {
      ...sell,
      closePrice: null,
      closeLeg: none,
      openLeg: none,
      conversion: { from: 'JPY', to: 'USD', steps: null, rate: null },
      toBase: { from: 'USD', to: 'EUR', steps: null, rate: null },
      figures: { profit: null, total: null, totalBase: null, margin: null },
    }
    for (const figure of ['total', 'totalBase', 'margin'] as const)
      for (const l of positionLines(blank, figure)) expect(`${l.from}${l.result}`).not.toContain('NaN')
    expect(line(blank, 'Profit')?.sign).toBe(0)
  })
})
