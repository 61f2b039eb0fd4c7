import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountExplanationSchema, positionExplanationSchema } from '../../../../shared/api/explain.ts'
import { createHarness, type Harness, viewRows } from '../../testing/harness.ts'
import { groupRow, quoteRow, symbolRow, tradeRow, userRow } from '../../testing/rows.ts'
import { anyRecords, anyStep, type Step } from '../../testing/worlds.ts'
import { recomputeAccount, recomputePosition } from './recompute.ts'

/** What the window gets: an explanation that went through JSON and its schema. */
const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

const play = ({ feed }: Harness, step: Step): void => {
  if ('changes' in step) feed.changes(step.changes)
  else if ('ticks' in step) feed.ticks(step.ticks)
  else feed.quotes(step.quotes)
}

/** A cell of a view as JSON has it. */
const cell = (value: number | string | undefined): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null

describe('any figure opens', () => {
  it('every position and account of any world recomputes to the cells of its views', () => {
    fc.assert(
      fc.property(anyRecords, fc.array(anyStep, { maxLength: 8 }), (given, steps) => {
        const harness = createHarness()
        harness.feed.snapshot(given, given.quotes)
        for (const step of steps) play(harness, step)
        for (const row of viewRows('positions', harness.look('positions').data)) {
          const e = positionExplanationSchema.parse(sent(harness.core.explain(row['order'] as number)))
          const figures = recomputePosition(e)
          for (const name of ['profit', 'total', 'totalBase'] as const)
            expect([name, figures[name]]).toEqual([name, cell(row[name])])
          expect(e.figures).toEqual(figures)
          expect(e.closePrice).toBe(cell(row['price']))
          expect(e.blanks.length > 0).toBe(Object.values(figures).includes(null))
        }
        for (const row of viewRows('accounts', harness.look('accounts').data)) {
          const e = accountExplanationSchema.parse(sent(harness.core.explainAccount(row['login'] as number)))
          const figures = recomputeAccount(e)
          for (const name of Object.keys(figures) as (keyof typeof figures)[])
            expect([name, figures[name]]).toEqual([name, cell(row[name])])
          expect(e.figures).toEqual(figures)
          expect(e.blanks.length > 0 || !Object.values(figures).includes(null)).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })
})

const records = {
  symbols: [
    symbolRow({ symbol: 'EURGBP', index: 0 }),
    symbolRow({ symbol: 'GBPUSD', index: 1 }),
    symbolRow({
      symbol: 'DAX',
      index: 2,
      profitMode: 1,
      marginMode: 1,
      contractSize: 10,
      currency: 'EUR',
      marginCurrency: 'EUR',
    }),
  ],
  groups: [groupRow({ group: 'real' })],
  users: [userRow({ login: 1001, balance: 30_000 }), userRow({ login: 1002, group: 'gone' })],
  trades: [
    tradeRow({
      order: 1,
      login: 1001,
      symbol: 'EURGBP',
      cmd: 1,
      openPrice: 0.852,
      commission: -7,
      marginRate: 1.25,
    }),
    tradeRow({ order: 2, login: 1001, symbol: 'DAX', openPrice: 15_000, volume: 10, marginRate: 1.1 }),
    tradeRow({ order: 3, login: 1001, symbol: 'EURGBP', cmd: 2 }),
    tradeRow({ order: 4, login: 9, symbol: 'EURGBP' }),
    tradeRow({ order: 5, login: 1001, symbol: 'NIX' }),
  ],
}

describe('the explanation of a position', () => {
  const { core, feed, look } = createHarness()
  feed.snapshot(records, [
    quoteRow(0, 0.85, 0.8501, 1_700_000_001_000),
    quoteRow(1, 1.27, 1.2702, 1_700_000_002_000),
  ])

  it('carries prices with their times, the path, legs before and after rounding', () => {
    expect(core.explain(1)).toMatchObject({
      symbol: 'EURGBP',
      lots: 1,
      closeSide: 'ask',
      closePrice: 0.8501,
      closeTime: 1_700_000_001_000,
      serverTime: 1_700_000_002_000,
      conversion: {
        from: 'GBP',
        to: 'USD',
        steps: [{ pair: 'GBPUSD', side: 'ask', price: 1.2702, inverse: false, time: 1_700_000_002_000 }],
        rate: 1.2702,
      },
      openLeg: { rounded: 108_221.04 },
      closeLeg: { rounded: 107_979.7 },
      figures: { profit: 241.34, total: 234.34, totalBase: 234.34, margin: 1250 },
      costs: -7,
      blanks: [],
    })
    expect(core.explain(1)?.closeLeg.exact).toBeCloseTo(107_979.702, 4)
    expect(core.explain(1)?.formulas[0]).toEqual({
      figure: 'profit',
      name: 'Profit, Forex',
      text: 'round(open price × contract size × rate × lots) − round(close price × contract size × rate × lots)',
    })
    expect(core.explain(1)?.decisions).toContainEqual(
      expect.objectContaining({ name: 'profitConversion', value: 'inside-legs' }),
    )
    expect(core.explainAccount(1001)?.decisions).toContainEqual(
      expect.objectContaining({ name: 'dayEnd', value: '0:00' }),
    )
    expect(look('accounts', { filter: { login: 1001 } }).data.columns.margin[0]).toBe(1250 + 16_500)
  })

  it('says in words why a figure is blank', () => {
    expect(core.explain(2)).toMatchObject({ figures: { profit: null, total: null, margin: 16_500 } })
    expect(core.explain(2)?.blanks).toEqual(['DAX has no quote', 'no pairs lead from EUR to USD'])
    expect(core.explain(4)?.blanks).toEqual(['account 9 is not in the server’s list'])
    expect(core.explain(5)?.blanks).toEqual(['symbol NIX is not in the server’s list'])
  })

  it('knows positions only', () => {
    expect(core.explain(3)).toBeNull()
    expect(core.explain(99)).toBeNull()
  })
})

describe('the explanation of an account', () => {
  const many = Array.from({ length: 40 }, (_, i) =>
    tradeRow({
      order: 100 + i,
      login: 1001,
      symbol: 'EURGBP',
      cmd: i % 2,
      volume: i + 1,
      openPrice: 0.84,
      marginRate: 1.25,
    }),
  )
  const { core, feed } = createHarness()
  feed.snapshot({ ...records, trades: [...records.trades, ...many] }, [
    quoteRow(0, 0.85, 0.8501, 1_700_000_001_000),
    quoteRow(1, 1.27, 1.2702),
  ])

  it('names the largest results and sums up the rest', () => {
    const e = core.explainAccount(1001)
    expect(e?.counted).toHaveLength(25)
    expect(e).toMatchObject({ positions: 43, rest: { positions: 18, blank: 2 } })
    const sizes = e?.counted.map(({ profit, costs }) => Math.abs((profit ?? 0) + costs)) ?? []
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
    expect(e?.oldestQuote).toBe(1_700_000_001_000)
  })

  it('shows the margin symbol by symbol, with what is covered', () => {
    const [gbp, dax] = core.explainAccount(1001)?.margins ?? []
    expect(gbp).toMatchObject({ symbol: 'EURGBP', divider: 1, dividerOf: 'symbol' })
    expect(gbp?.covered).toBeCloseTo(2 * Math.min(gbp?.buy.lots ?? 0, gbp?.sell.lots ?? 0), 10)
    expect(dax).toMatchObject({ symbol: 'DAX', exact: 16_500, covered: 0 })
  })

  it('says what is not known', () => {
    expect(core.explainAccount(1002)?.blanks).toContain('group gone is not in the server’s list')
    expect(core.explainAccount(1001)?.blanks).toEqual([
      '2 positions cannot be valued (no quote or no conversion) and count with swap, commission and taxes only',
      '1 position of a symbol that is not in the server’s list: no margin',
    ])
    expect(core.explainAccount(7)).toBeNull()
  })
})
