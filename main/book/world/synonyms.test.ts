import { describe, expect, it } from 'vitest'
import { bareName, mergeSymbols, type NamedSymbol } from './synonyms.ts'

const named = (
  symbol: string,
  index: number,
  profitMode = 0,
  currency = symbol.slice(0, 3),
): NamedSymbol => ({
  symbol,
  index,
  profitMode,
  currency,
  contractSize: 100_000,
})
const merged = (symbols: NamedSymbol[], synonyms?: Record<string, string>): string[] =>
  mergeSymbols(symbols, synonyms).map((at) => symbols[at]?.symbol ?? '')

describe('symbols that mean the same', () => {
  it.each([
    ['EURUSD', 0, 'EURUSD'],
    ['EURUSD.m', 0, 'EURUSD'],
    ['EURUSDpro', 0, 'EURUSD'],
    ['EURUSD_i', 0, 'EURUSD'],
    ['EURUSDX', 0, 'EURUSDX'],
    ['US30.x', 1, 'US30'],
    ['US30cash', 1, 'US30'],
    ['CL-JUL', 2, 'CL-JUL'],
    ['GOLD', 1, 'GOLD'],
    ['.x', 1, '.x'],
  ])('%s in profit mode %i goes by %s', (symbol, profitMode, bare) => {
    expect(bareName({ symbol, profitMode })).toBe(bare)
  })

  it('shows suffixes under the bare name, whatever the order of the list', () => {
    const list = [named('EURUSD.m', 0), named('GBPUSD', 1), named('EURUSD', 2), named('EURUSDpro', 3)]
    expect(merged(list)).toEqual(['EURUSD', 'GBPUSD', 'EURUSD', 'EURUSD'])
    expect(merged(list.toReversed())).toEqual(['EURUSD', 'EURUSD', 'GBPUSD', 'EURUSD'])
  })

  it('takes the lowest index where nobody bears the bare name', () => {
    expect(merged([named('EURUSDpro', 4), named('EURUSD.m', 2)])).toEqual(['EURUSD.m', 'EURUSD.m'])
  })

  it('follows synonyms, also to a name with a suffix of its own', () => {
    const list = [named('XAUUSD', 0), named('GOLD', 1), named('XAUUSD.m', 2)]
    expect(merged(list, { GOLD: 'XAUUSD' })).toEqual(['XAUUSD', 'XAUUSD', 'XAUUSD'])
  })

  it('keeps apart what arises in different ways or currencies', () => {
    const list = [named('US30', 0, 1, 'USD'), named('US30.e', 1, 1, 'EUR'), named('US30.f', 2, 2, 'USD')]
    expect(merged(list)).toEqual(['US30', 'US30.e', 'US30.f'])
  })
})
