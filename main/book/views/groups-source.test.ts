import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Grouping, groupings, type ViewFilter } from '../../../shared/api/views.ts'
import { createHarness, type Harness, viewRows } from '../testing/harness.ts'
import { groupRow, quoteRow, symbolRow, tradeRow, userRow } from '../testing/rows.ts'
import { anyRecords, anySpec, anyStep } from '../testing/worlds.ts'

/** A row of a groups view is what the view behind it shows in sum when its filter is set to the row. */

const records = {
  symbols: [symbolRow({ symbol: 'EURUSD', index: 0 }), symbolRow({ symbol: 'GBPUSD', index: 1 })],
  groups: [groupRow({ group: 'real' }), groupRow({ group: 'vip' }), groupRow({ group: 'coverage' })],
  users: [
    userRow({ login: 1, group: 'real', country: 'Austria', balance: 100 }),
    userRow({ login: 2, group: 'real', country: 'Japan', balance: 200 }),
    userRow({ login: 3, group: 'vip', country: 'Japan', balance: 400 }),
    userRow({ login: 4, group: 'coverage', country: '', balance: 800 }),
  ],
  trades: [
    tradeRow({ order: 11, login: 1, openPrice: 1.2, volume: 100 }),
    tradeRow({ order: 12, login: 2, openPrice: 1.2, volume: 50, cmd: 1 }),
    tradeRow({ order: 13, login: 3, openPrice: 1.4, volume: 10, symbol: 'GBPUSD' }),
    tradeRow({ order: 14, login: 4, openPrice: 1.2, volume: 30 }),
  ],
}
const quotes = [quoteRow(0, 1.201, 1.202, 1_700_006_460_000), quoteRow(1, 1.401, 1.402, 1_700_006_460_000)]
const managers = [{ name: 'Ann', groups: 'real*' }]
const grouped = (harness: Harness, groupBy: Grouping, filter: ViewFilter = {}) => {
  const { meta, data } = harness.look('groups', {
    groupBy,
    filter,
    sort: { column: 'key', descending: false },
  })
  return { meta, rows: viewRows('groups', data) }
}
const started = (): Harness => {
  const harness = createHarness('USD', { managers })
  harness.feed.snapshot(records, quotes)
  return harness
}

describe('groups', () => {
  it('of accounts: money, lots by side, by what the accounts have in common', () => {
    const { meta, rows } = grouped(started(), 'group')
    expect(
      rows.map(({ key, accounts, balanceBase, buyLots, sellLots, netLots, floatingBase }) => [
        key,
        accounts,
        balanceBase,
        buyLots,
        sellLots,
        netLots,
        floatingBase,
      ]),
    ).toEqual([
      ['coverage', 1, 800, 30, 0, 30, 30],
      ['real', 2, 300, 100, 50, 50, 0],
      ['vip', 1, 400, 10, 0, 10, 10],
    ])
    expect(meta).toMatchObject({
      matched: 3,
      totals: { accounts: 4, positions: 4, balanceBase: 1500, netLots: 90 },
    })
  })

  it('by country, currency and manager; what is nobody’s has a row of its own', () => {
    const keys = (by: Grouping) => grouped(started(), by).rows.map(({ key, accounts }) => [key, accounts])
    expect(keys('country')).toEqual([
      ['', 1],
      ['Austria', 1],
      ['Japan', 2],
    ])
    expect(keys('currency')).toEqual([['USD', 4]])
    expect(keys('manager')).toEqual([
      ['', 2],
      ['Ann', 2],
    ])
  })

  it('of positions: by symbol and book, with money of whole accounts blank', () => {
    const { rows } = grouped(started(), 'symbol', { book: 'B' })
    expect(rows).toMatchObject([
      { key: 'EURUSD', accounts: 2, positions: 2, netLots: 50, floatingBase: 0, balanceBase: Number.NaN },
      { key: 'GBPUSD', accounts: 1, positions: 1, netLots: 10, floatingBase: 10 },
    ])
    expect(grouped(started(), 'book').rows.map(({ key, positions }) => [key, positions])).toEqual([
      ['B', 3],
      ['coverage', 1],
    ])
  })

  it('go on with prices and follow what moves', () => {
    const harness = started()
    const at = () =>
      grouped(harness, 'group').rows.map(({ key, floatingBase, positions }) => [key, floatingBase, positions])
    harness.feed.ticks([{ symbol: 1, bid: 1.402, ask: 1.403, time: 1_700_006_461_000 }])
    harness.feed.changes([
      { stream: 'users', kind: 5, row: { ...(records.users[2] as object), group: 'real' } as never },
    ])
    harness.pass(200)
    expect(at()).toEqual([
      ['coverage', 30, 1],
      ['real', 20, 3],
    ])
  })
})

describe('every row of any grouping', () => {
  const anyFilter = anySpec.map(({ filter }) => filter)
  it('is the total of the view behind it under the row’s filter, and all rows together are the whole', () => {
    fc.assert(
      fc.property(
        anyRecords,
        fc.array(anyStep, { maxLength: 6 }),
        fc.constantFrom(...groupings),
        anyFilter,
        fc.constantFrom(0, 20_000),
        (given, steps, by, filter, rowsAddedUp) => {
          const harness = createHarness('USD', { managers, aBookGroups: ['vip'], rowsAddedUp })
          harness.feed.snapshot(given, given.quotes)
          for (const step of steps) {
            if ('changes' in step) harness.feed.changes(step.changes)
            else if ('ticks' in step) harness.feed.ticks(step.ticks)
            else harness.feed.quotes(step.quotes)
            grouped(harness, by, filter)
            harness.pass(100)
          }
          const { meta, rows } = grouped(harness, by, filter)
          const ofPositions = by === 'symbol' || by === 'book'
          const kind = ofPositions ? 'positions' : 'accounts'
          const whole = harness.look(kind, { filter }).meta
          const counted = ofPositions ? 'positions' : 'accounts'
          expect(rows.reduce((sum, row) => sum + (row[counted] as number), 0)).toBe(whole.matched)
          expect(meta.totals[counted]).toBe(whole.matched)
          for (const row of rows) {
            const key = row['key'] as never
            // A row whose key the filter already asks otherwise for cannot be.
            expect(filter[by] ?? key).toBe(key)
            const { totals, matched } = harness.look(kind, { filter: { ...filter, [by]: key } }).meta
            expect(row[counted]).toBe(matched)
            expect(row['floatingBase']).toBeCloseTo(
              (ofPositions ? totals['totalBase'] : totals['floatingBase']) as number,
              8,
            )
            expect((row['buyLots'] as number) + (row['sellLots'] as number)).toBe(totals['lots'])
            expect(row['equityBase']).toBe(ofPositions ? Number.NaN : totals['equityBase'])
            expect(ofPositions ? 0 : row['stopOuts']).toBe(totals['stopOuts'] ?? 0)
          }
        },
      ),
      { numRuns: 200 },
    )
  })
})
