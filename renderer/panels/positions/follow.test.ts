import { describe, expect, it } from 'vitest'
import { followFilter, followWords } from './follow.ts'

const selection = { login: 1001, symbol: 'EURUSD' }

describe('followFilter', () => {
  it('filters by the followed part only', () => {
    expect(followFilter('login', selection)).toEqual({ login: 1001 })
    expect(followFilter('symbol', selection)).toEqual({ symbol: 'EURUSD' })
    expect(followFilter('off', selection)).toEqual({})
  })

  it('shows everything while nothing is selected', () => {
    expect(followFilter('login', { symbol: 'EURUSD' })).toEqual({})
    expect(followFilter('symbol', {})).toEqual({})
  })
})

describe('followWords', () => {
  it('names what is followed', () => {
    expect(followWords('login', selection)).toBe('login 1001')
    expect(followWords('symbol', selection)).toBe('symbol EURUSD')
    expect(followWords('off', selection)).toBe('')
    expect(followWords('login', {})).toBe('')
  })
})
