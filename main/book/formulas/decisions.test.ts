import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { LevelType, MarginMode, ProfitMode } from '../../../shared/mt4/enums.ts'
import { levelTypeOf } from './account.ts'
import { indexPairs, midPlan } from './conversion.ts'
import { decisions } from './decisions.ts'
import { marginRatePlan, symbolMargin } from './margin.ts'
import { positionProfit } from './profit.ts'
import { forexMargin, leg } from './test-positions.ts'

const page = readFileSync(path.join(import.meta.dirname, '../../../docs/formulas.md'), 'utf8')

/** Cells of the page's table of decisions, by setting. */
const documented = new Map(
  page
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => /^`[a-zA-Z]+`$/u.test(cells[2] ?? ''))
    .map((cells) => [(cells[2] as string).slice(1, -1), cells] as const),
)

describe('decisions', () => {
  it('are frozen', () => {
    expect(Object.isFrozen(decisions)).toBe(true)
    expect(Object.isFrozen(decisions.dayEnd)).toBe(true)
  })

  it('are all on the page of formulas, with their default, and nothing else is', () => {
    expect([...documented.keys()].sort()).toEqual(Object.keys(decisions).sort())
    for (const [name, value] of Object.entries(decisions)) {
      const cells = documented.get(name) as string[]
      const shown = typeof value === 'object' ? '00:00' : String(value)
      expect([name, cells[3]]).toEqual([name, `**\`${shown}\`**`])
      expect([name, ...cells.slice(4, 7).filter((cell) => cell === '')]).toEqual([name])
    }
  })
})

describe('other choices', () => {
  it('U2, U3: a level exactly on the limit', () => {
    const rules = { marginType: 0, marginCall: 100, marginStopout: 50, stopoutSkipHedged: 0 }
    const at = (level: number, fields: Partial<typeof decisions> = {}) =>
      levelTypeOf(rules, level * 10, 1000, 1, { ...decisions, ...fields })
    expect(at(100)).toBe(LevelType.MARGINCALL)
    expect(at(100, { marginCallAt: 'below' })).toBe(LevelType.OK)
    expect(at(50)).toBe(LevelType.MARGINCALL)
    expect(at(50, { stopOutAt: 'at-or-below' })).toBe(LevelType.STOPOUT)
  })

  it('U4: conversion after rounding loses or wins a cent', () => {
    const forex = { profitMode: ProfitMode.FOREX, contractSize: 100_000, tickSize: 0, tickValue: 0 }
    const profit = (profitConversion: 'inside-legs' | 'after-rounding') =>
      positionProfit(forex, false, 1, 0.85003, 0.852, 1.2707, 2, { profitConversion })
    // legs 1,082.64 − 1,080.13; 1.97 EUR × 1.2707
    expect(profit('inside-legs')).toBe(2.51)
    expect(profit('after-rounding')).toBe(2.5)
    const cfd = { ...forex, profitMode: ProfitMode.CFD }
    const after = { profitConversion: 'after-rounding' } as const
    expect(positionProfit(cfd, false, 1, 1, 2, 1.5, 2, after)).toBe(1500)
    const small = { ...forex, contractSize: 1 }
    expect(positionProfit(small, false, 10, 0.04, 0.06, 10, 2, after)).toBe(0.1)
    expect(positionProfit(small, false, 10, 0.04, 0.06, 10, 2)).toBe(0.02)
  })

  it('U6: without reversed pairs a conversion goes through the dollar', () => {
    const pair = (symbol: string, index: number) => ({
      symbol,
      index,
      profitMode: ProfitMode.FOREX,
      currency: symbol.slice(0, 3),
    })
    const pairs = indexPairs([pair('EURCHF', 0), pair('EURUSD', 1), pair('USDCHF', 2)])
    expect(midPlan('CHF', 'EUR', pairs.find(''))).toEqual([{ symbol: 0, side: 'mid', inverse: true }])
    expect(midPlan('CHF', 'EUR', pairs.find(''), { reversedPairs: 'ignore' })).toEqual([
      { symbol: 2, side: 'mid', inverse: true },
      { symbol: 1, side: 'mid', inverse: true },
    ])
    expect(midPlan('EUR', 'CHF', pairs.find(''), { reversedPairs: 'ignore' })).toHaveLength(1)
    const own = { symbol: 'EURCHF', marginMode: MarginMode.FOREX, marginCurrency: 'CHF' }
    expect(marginRatePlan(own, 'EUR', pairs).kind).toBe('open-inverse')
    expect(marginRatePlan(own, 'EUR', pairs, { reversedPairs: 'ignore' }).kind).toBe('mid')
  })

  it('U7: covered volume at the mean of the legs’ averages', () => {
    const cfd = { ...forexMargin, marginMode: MarginMode.CFD, contractSize: 1, marginHedged: 1 }
    const [buy, sell] = [leg([3, 100, 1]), leg([1, 200, 1])]
    // weighted: (300 + 200) / 4 = 125; net 2 × 125 + covered 2 × 125
    expect(symbolMargin(cfd, buy, sell, 1, 1, false)).toBe(500)
    expect(symbolMargin(cfd, buy, sell, 1, 1, false, { coveredPrice: 'mean-of-legs' })).toBe(
      2 * 125 + 2 * 150,
    )
  })
})
