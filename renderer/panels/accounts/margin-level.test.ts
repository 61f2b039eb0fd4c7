import { describe, expect, it } from 'vitest'
import { levelWords, marginLevelText } from './margin-level.ts'

describe('marginLevelText', () => {
  const row = { equity: 1234, margin: 1000, currency: 'USD' }

  it('is a percentage where it equals equity over margin', () => {
    expect(marginLevelText({ ...row, marginLevel: 123.4 })).toMatch(/^123.4\u00a0%$/)
    expect(marginLevelText({ ...row, marginLevel: 123.39 })).toMatch(/^123.4\u00a0%$/)
  })

  it('is money where the group’s limits are amounts', () => {
    expect(marginLevelText({ ...row, marginLevel: 234 })).toMatch(/^234.00\u00a0USD$/)
  })

  it('drops decimals nobody reads from very high levels', () => {
    expect(marginLevelText({ ...row, equity: 123_456, marginLevel: 12_345.6 })).toMatch(/^12.?346\u00a0%$/)
  })

  it('is empty without margin', () => {
    expect(marginLevelText({ ...row, margin: 0, marginLevel: 0 })).toBe('')
    expect(marginLevelText({ ...row, marginLevel: Number.NaN })).toBe('')
  })
})

describe('levelWords', () => {
  it('names the state and gives it a shape of its own', () => {
    expect(levelWords(0)).toBeNull()
    expect(levelWords(1)).toEqual({ mark: '▲', words: 'margin call' })
    expect(levelWords(2)).toEqual({ mark: '■', words: 'stop out' })
  })
})
