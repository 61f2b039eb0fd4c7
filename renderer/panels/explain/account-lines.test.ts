import { describe, expect, it } from 'vitest'
import type { AccountExplanation } from '../../../shared/api/explain.ts'
import { fakeAccountExplanation } from '../../data/fake/fake-explain.ts'
import { createFakeWorld, seededRandom } from '../../data/fake/fake-world.ts'
import { accountLines } from './account-lines.ts'

const world = createFakeWorld(seededRandom(7), 1_700_000_000_000)
const holder = world.accounts.find((a) => world.positions.filter((p) => p.account === a).length > 1)
const e: AccountExplanation = {
  ...fakeAccountExplanation(world, holder?.login ?? 0, 1_700_000_000_000),
  currency: 'EUR',
  base: 'USD',
  toBase: { from: 'EUR', to: 'USD', steps: null, rate: null },
}
const labels = (figure: Parameters<typeof accountLines>[1], of = e) =>
  accountLines(of, figure).map((l) => l.label)

describe('accountLines', () => {
  it('ends in the figure that was asked about', () => {
    expect(labels('floating').at(-1)).toBe('Floating EUR')
    expect(labels('floatingBase').at(-1)).toBe('Floating USD')
    expect(labels('equity')).toEqual(['Balance', 'Credit', 'Floating', 'Equity EUR'])
    expect(labels('margin').at(-1)).toBe('Margin EUR')
    expect(labels('freeMargin').at(-1)).toBe('Free margin EUR')
    expect(labels('marginLevel')).toEqual([
      'Equity',
      'Margin',
      'Margin level',
      'Margin call',
      'Stop-out',
      'State',
    ])
    expect(labels('dayPl')).toContain('Day P&L EUR')
    expect(labels('dayPlBase').at(-1)).toBe('Day P&L USD')
  })

  it('converts nothing where the account is in base currency', () => {
    expect(labels('equityBase', { ...e, currency: 'USD' }).at(-1)).toBe('Equity USD')
  })

  it('names some positions with the time of their price, and sums up the others', () => {
    const counted = Array.from({ length: 20 }, (_, i) => ({
      order: i,
      symbol: 'EURUSD',
      cmd: 0,
      lots: 1,
      digits: 5,
      openPrice: 1.1,
      closePrice: i === 0 ? null : 1.2,
      closeTime: 5000,
      profit: i === 0 ? null : 10,
      costs: -1,
    }))
    const many = { ...e, counted, positions: 50, rest: { positions: 30, blank: 0, sum: 100 } }
    const lines = accountLines(many, 'floating')
    expect(lines).toHaveLength(10)
    expect(lines[0]).toMatchObject({ from: 'no quote or conversion: costs only', quotedAt: 5000, sign: -1 })
    expect(lines[8]).toMatchObject({ label: 'Others', from: '42 positions' })
    // 12 of those that are named × 9, and the rest.
    expect(lines[8]?.result).toContain('208.00')
  })

  it('has lines that can be told apart, and never NaN', () => {
    for (const figure of Object.keys(e.figures) as Parameters<typeof accountLines>[1][]) {
      const none = Object.fromEntries(
        Object.keys(e.figures).map((name) => [name, name === 'levelType' ? 0 : null]),
      )
      const lines = accountLines({ ...e, figures: none as AccountExplanation['figures'] }, figure)
      expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length)
      for (const { from, result } of lines) expect(`${from}${result}`).not.toContain('NaN')
    }
  })
})
