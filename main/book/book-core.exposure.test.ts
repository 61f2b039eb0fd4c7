import { describe, expect, it } from 'vitest'
import type { ViewFilter } from '../../shared/api/views.ts'
import type { BookSettings } from './book-core.ts'
import { createHarness, viewRows } from './testing/harness.ts'
import { groupRow, symbolRow, tradeRow, userRow } from './testing/rows.ts'

const DAY = 1_700_006_400
const time = DAY * 1000 + 36_000_000

const quote = (symbol: number, bid: number, ask: number) => ({ symbol, bid, ask, high: bid, low: bid, time })

const symbols = [
  symbolRow({ symbol: 'EURUSD', index: 0, profitMode: 0, contractSize: 100_000, currency: 'EUR' }),
  symbolRow({ symbol: 'EURUSD.m', index: 1, profitMode: 0, contractSize: 10_000, currency: 'EUR' }),
  symbolRow({ symbol: 'XAUUSD', index: 2, profitMode: 1, contractSize: 100, currency: 'USD' }),
  symbolRow({ symbol: 'GOLD', index: 3, profitMode: 1, contractSize: 100, currency: 'USD' }),
]
const groups = ['real', 'vip-A', 'coverage'].map((group) => groupRow({ group, currency: 'USD' }))
const users = [
  userRow({ login: 1, group: 'real', country: 'Austria', balance: 1000, prevEquity: 1000 }),
  userRow({ login: 2, group: 'vip-A', country: 'Japan', balance: 1000, prevEquity: 1000 }),
  userRow({ login: 9, group: 'coverage', balance: 0 }),
]
const lot = { volume: 100, openPrice: 1.1, marginRate: 1 }
const trades = [
  tradeRow({ order: 1, login: 1, symbol: 'EURUSD', cmd: 0, ...lot }),
  tradeRow({ order: 2, login: 1, symbol: 'EURUSD.m', cmd: 0, ...lot, volume: 500 }),
  tradeRow({ order: 3, login: 1, symbol: 'EURUSD', cmd: 1, ...lot, gwOrder: 77 }),
  tradeRow({ order: 4, login: 2, symbol: 'EURUSD', cmd: 0, ...lot, volume: 300 }),
  tradeRow({ order: 5, login: 9, symbol: 'EURUSD', cmd: 0, ...lot, volume: 200, openPrice: 1.12 }),
  tradeRow({ order: 6, login: 2, symbol: 'GOLD', cmd: 0, ...lot, openPrice: 2000 }),
]
const quotes = [quote(0, 1.11, 1.1101), quote(1, 1.11, 1.1102), quote(2, 2010, 2011), quote(3, 2010, 2011)]
const settings = { aBookGroups: ['*-A'], synonyms: { GOLD: 'XAUUSD' } }

const book = (given: BookSettings = settings) => {
  const harness = createHarness('USD', given)
  harness.feed.snapshot({ symbols, groups, users, trades }, quotes)
  return harness
}
const exposure = (filter: ViewFilter, given?: BookSettings) => {
  const shown = book(given).look('exposure', { filter, sort: { column: 'symbol', descending: false } })
  return { rows: viewRows('exposure', shown.data), totals: shown.meta.totals }
}

describe('exposure', () => {
  it('stands A-book, B-book and coverage side by side, suffixes and synonyms in one row at its contract size', () => {
    const { rows } = exposure({})
    expect(rows.map((row) => row['symbol'])).toEqual(['EURUSD', 'XAUUSD'])
    // 5.00 lots of 10,000 are 0.50 lots of 100,000.
    expect(rows[0]).toMatchObject({
      orders: 4,
      buyLots: 100 + 50 + 300,
      sellLots: 100,
      netLots: 350,
      bNetLots: 150,
      aNetLots: 300 - 100,
      covBuyLots: 200,
      covBuyPrice: 1.12,
      uncoveredLots: 150,
      buyPrice: 1.1,
    })
    // Buys at 1.11: 1,000 + 500 (mini) in B; A: 3,000 of the vip and −1,010 of the sell that was passed on at 1.1101.
    expect(rows[0]).toMatchObject({ bPlBase: 1500, aPlBase: 1990, clientsPlBase: 3490, covPlBase: -2000 })
    expect(rows[0]?.['notionalBase']).toBeCloseTo(3.5 * 100_000 * 1.11005, 2)
    expect(rows[1]).toMatchObject({ symbol: 'XAUUSD', buyLots: 100, aPlBase: 1000 })
  })

  it('keeps every symbol on a row of its own when the desk does not merge', () => {
    const { rows } = exposure({}, { aBookGroups: ['*-A'] })
    expect(rows.map((row) => [row['symbol'], row['buyLots']])).toEqual([
      ['EURUSD', 400],
      ['EURUSD.m', 500],
      ['GOLD', 100],
    ])
  })

  it.each<[string, ViewFilter, number]>([
    ['a group', { group: 'real' }, 150],
    ['a country', { country: 'Japan' }, 300],
    ['an account', { login: 2 }, 300],
    ['a currency', { currency: 'USD' }, 450],
    ['another currency', { currency: 'EUR' }, 0],
  ])('of %s only', (_, filter, buys) => {
    const row = exposure(filter).rows.find(({ symbol }) => symbol === 'EURUSD')
    expect(row?.['buyLots'] ?? 0).toBe(buys)
  })

  it('of a symbol by any of its names', () => {
    expect(exposure({ symbol: 'GOLD' }).rows.map((row) => row['symbol'])).toEqual(['XAUUSD'])
  })

  it('by currency: the net open position of clients and coverage', () => {
    const shown = book().look('currencies', { sort: { column: 'currency', descending: false } })
    const rows = viewRows('currencies', shown.data)
    expect(rows.map((row) => row['currency'])).toEqual(['EUR', 'USD'])
    expect(rows[0]).toMatchObject({ clients: 350_000, coverage: 200_000, net: 150_000 })
  })

  it.each<['A' | 'B' | 'coverage', number[]]>([
    ['A', [3, 4, 6]],
    ['B', [1, 2]],
    ['coverage', [5]],
  ])('positions of book %s', (of, orders) => {
    const shown = book().look('positions', { filter: { book: of } })
    expect([...shown.data.columns.order].sort((a, b) => a - b)).toEqual(orders)
    expect([...shown.data.columns.book]).toEqual(orders.map(() => of))
  })

  it('follows a position that is passed on later', () => {
    const harness = book()
    const changed = { ...(trades[0] as (typeof trades)[0]), gwVolume: 100 }
    harness.feed.changes([{ stream: 'trades', kind: 1, row: changed }])
    const { data } = harness.look('exposure', { sort: { column: 'symbol', descending: false } })
    expect([data.columns.bNetLots[0], data.columns.aNetLots[0]]).toEqual([50, 300])
  })

  it('follows an account that moves to the group of another book', () => {
    const harness = book()
    const moved = { ...(users[0] as (typeof users)[0]), group: 'vip-A' }
    harness.feed.changes([{ stream: 'users', kind: 1, row: moved }])
    const { data } = harness.look('exposure', { sort: { column: 'symbol', descending: false } })
    expect([data.columns.bNetLots[0], data.columns.aNetLots[0]]).toEqual([0, 350])
  })
})

describe('the day of an account', () => {
  const closed = { ...lot, symbol: 'EURUSD', login: 1, closePrice: 1.2, reason: 0 }
  const day = (rows: (typeof trades)[0][]) => {
    const harness = createHarness('USD')
    harness.feed.snapshot({ symbols, groups, users, trades: [...trades, ...rows] }, quotes)
    const { data } = harness.look('accounts', { filter: { login: 1 } })
    return viewRows('accounts', data)[0]
  }

  it('is split into what was closed, its swap and commission, and the change of the open result', () => {
    const row = day([
      tradeRow({
        order: 20,
        cmd: 0,
        ...closed,
        closeTime: DAY + 10,
        profit: 250,
        storage: -3.5,
        commission: -7,
        taxes: -0.7,
        commissionAgent: 2,
      }),
      tradeRow({ order: 21, cmd: 1, ...closed, closeTime: DAY - 10, profit: 99 }),
    ])
    const { dayPl } = row as Record<string, number>
    expect(row).toMatchObject({ dayRealised: 250, daySwap: -3.5, dayCommission: -7.7, dayAgent: 2 })
    expect(row?.['dayUnrealised']).toBeCloseTo((dayPl ?? 0) - 250 + 3.5 + 7.7, 6)
  })

  it.each([
    [{ hour: 0, minute: 0 }, 250],
    [{ hour: 9, minute: 30 }, 0],
    [{ hour: 11, minute: 0 }, 250],
  ])('begins where the server ends its day: %o', (dayEnd, realised) => {
    // The last quote is of 10:00, the trade was closed at 09:00.
    const harness = createHarness('USD', { decided: { dayEnd } })
    const trade = tradeRow({ order: 20, cmd: 0, ...closed, closeTime: DAY + 32_400, profit: 250 })
    harness.feed.snapshot({ symbols, groups, users, trades: [...trades, trade] }, quotes)
    const { data } = harness.look('accounts', { filter: { login: 1 } })
    expect(data.columns.dayRealised[0]).toBe(realised)
  })

  it('knows no closed trades of the day before once the server has turned to the next', () => {
    const harness = createHarness('USD')
    const trade = tradeRow({ order: 20, cmd: 0, ...closed, closeTime: DAY + 10, profit: 250 })
    harness.feed.snapshot({ symbols, groups, users, trades: [...trades, trade] }, quotes)
    harness.feed.ticks([{ symbol: 0, bid: 1.11, ask: 1.1101, time: (DAY + 86_400) * 1000 + 1 }])
    harness.pass(100)
    const { data } = harness.look('accounts', { filter: { login: 1 } })
    expect(data.columns.dayRealised[0]).toBe(0)
  })
})
