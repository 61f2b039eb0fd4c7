import { describe, expect, it } from 'vitest'
import type { Explanation } from '../../../shared/api/models.ts'
import { explanationLines } from './explanation-lines.ts'

const sell: Explanation = {
  order: 7,
  login: 1001,
  symbol: 'EURJPY',
  cmd: 1,
  lots: 1.5,
  contractSize: 100_000,
  digits: 3,
  profitMode: 0,
  openPrice: 161.25,
  closePrice: 161.5,
  closeSide: 'ask',
  profitCurrency: 'JPY',
  depositCurrency: 'USD',
  conversion: [{ pair: 'USDJPY', side: 'ask', rate: 150, inverse: true }],
  conversionRate: 1 / 150,
  openLeg: 161_250,
  closeLeg: 161_500,
  profit: -250,
  storage: -1.5,
  commission: 0,
  taxes: 0,
  total: -251.5,
  margin: 0,
  marginRate: 1,
  formula: '',
}

const line = (e: Explanation, label: string) => explanationLines(e).find((l) => l.label === label)

describe('explanationLines', () => {
  it('names pair, side and direction of the conversion, and the rate that comes out', () => {
    expect(line(sell, 'USDJPY')).toMatchObject({ from: '1 / ask', result: '150' })
    expect(line(sell, 'Rate')).toMatchObject({ from: 'JPY → USD', result: '0.00666666667' })
  })

  it('writes each leg out, with the volume in lots', () => {
    expect(line(sell, 'Close value')?.from).toMatch(/^161.500 × 1.50 lots × 100.?000 × rate$/)
    expect(line(sell, 'Open value')?.result).toMatch(/^161.?250.00$/)
  })

  it('says so where nothing is converted', () => {
    const same = { ...sell, depositCurrency: 'JPY', conversion: [], conversionRate: 1 }
    expect(line(same, 'Conversion')?.result).toBe('1')
    expect(line(same, 'Rate')).toBeUndefined()
  })

  it('subtracts the legs in the order of the side', () => {
    expect(line(sell, 'Profit')).toMatchObject({ from: 'open − close', sign: -1 })
    expect(line({ ...sell, cmd: 0 }, 'Profit')?.from).toBe('close − open')
  })

  it('ends in the total, and names taxes only where there are any', () => {
    const lines = explanationLines(sell)
    expect(lines.at(-1)).toMatchObject({ label: 'Total USD', kind: 'sum', sign: -1 })
    expect(line(sell, 'Taxes')).toBeUndefined()
    expect(line({ ...sell, taxes: -3 }, 'Taxes')?.sign).toBe(-1)
  })

  it('shows a dash, never NaN, for a figure that cannot be computed', () => {
    const blank = { ...sell, conversionRate: Number.NaN, profit: Number.NaN, total: Number.NaN }
    for (const l of explanationLines(blank)) expect(`${l.from}${l.result}`).not.toContain('NaN')
    expect(line(blank, 'Profit')?.sign).toBe(0)
  })
})
