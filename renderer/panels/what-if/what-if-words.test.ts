import { describe, expect, it } from 'vitest'
import type { WhatIf } from '../../../shared/api/what-if.ts'
import { shockOf } from './what-if-store.ts'
import { hedgeWords, hitCount, levelText, shockWords } from './what-if-words.ts'

const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

describe('what-if in words', () => {
  it('says what is asked', () => {
    const words = (scope: Parameters<typeof shockWords>[0]['scope']) =>
      plain(shockWords({ scope, percent: -2 }, 'USD'))
    expect(words({ kind: 'symbol', symbol: 'EURUSD' })).toBe('EURUSD −2.00 %')
    expect(words({ kind: 'currency', currency: 'JPY' })).toBe('JPY −2.00 % against all')
    expect(words({ kind: 'all' })).toBe('All −2.00 % against USD')
  })

  it('says what to do at coverage', () => {
    expect(hedgeWords(3.5)).toBe('buy 3.50')
    expect(hedgeWords(-0.25)).toBe('sell 0.25')
    expect(hedgeWords(0)).toBe('flat')
  })

  it('shows levels in per cent, in money where they are money, and a dash where there is none', () => {
    expect(plain(levelText(87.65, 400, 'EUR'))).toBe('87.7 %')
    expect(plain(levelText(400, 400, 'EUR'))).toBe('400.00 EUR')
    expect(levelText(null, 400, 'EUR')).toBe('–')
  })

  it('says when not all are named', () => {
    const of = (hits: number, calls: number, stopOuts: number) =>
      hitCount({ hits: Array.from({ length: hits }), met: { calls, stopOuts } } as WhatIf)
    expect(of(1, 1, 0)).toBe('1 hit')
    expect(of(2, 2, 3)).toBe('first 2 of 5 hits')
  })
})

describe('the question', () => {
  const form = { scope: 'symbol', symbol: 'EURUSD', currency: 'JPY', percent: 5 } as const

  it('is whole or not asked', () => {
    expect(shockOf(form)).toEqual({ scope: { kind: 'symbol', symbol: 'EURUSD' }, percent: 5 })
    expect(shockOf({ ...form, scope: 'currency' })).toEqual({
      scope: { kind: 'currency', currency: 'JPY' },
      percent: 5,
    })
    expect(shockOf({ ...form, scope: 'all' })).toEqual({ scope: { kind: 'all' }, percent: 5 })
    expect(shockOf({ ...form, symbol: '' })).toBeNull()
    expect(shockOf({ ...form, percent: 0 })).toBeNull()
    expect(shockOf({ ...form, percent: Number.NaN })).toBeNull()
    expect(shockOf({ ...form, scope: 'currency', currency: '' })).toBeNull()
  })
})
