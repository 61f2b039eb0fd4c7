import { describe, expect, it } from 'vitest'
import type { ViewSpec } from '../../shared/api/views.ts'
import { createHarness, type Harness, viewRows } from './testing/harness.ts'
import { groupRow, quoteRow, symbolRow, tradeRow, userRow } from './testing/rows.ts'

/** When view frames go out, and what they hold. */

const DAY = 1_700_006_400
const logins = [1, 2, 3]
const records = {
  symbols: [
    symbolRow({ symbol: 'EURUSD', index: 0 }),
    symbolRow({ symbol: 'USDJPY', index: 1, digits: 3 }),
    symbolRow({ symbol: 'XPTXAU', index: 2 }),
  ],
  groups: [
    groupRow({ group: 'real', marginMode: 1 }),
    groupRow({ group: 'yen', currency: 'JPY' }),
    groupRow({ group: 'coverage' }),
  ],
  users: [
    userRow({ login: 1, group: 'real', prevEquity: 900 }),
    userRow({ login: 2, group: 'yen', balance: 100_000, prevEquity: 0, registrationDate: DAY }),
    userRow({ login: 3, group: 'coverage' }),
  ],
  trades: [
    tradeRow({ order: 11, login: 1, openPrice: 1.2, commission: -7, storage: -1.5 }),
    tradeRow({ order: 12, login: 2, symbol: 'USDJPY', openPrice: 150, digits: 3, marginRate: 150, cmd: 1 }),
    tradeRow({ order: 13, login: 3, openPrice: 1.201, volume: 50 }),
    tradeRow({ order: 14, login: 1, symbol: 'XPTXAU', openPrice: 2, volume: 10 }),
    tradeRow({ order: 15, login: 1, cmd: 6, symbol: '', volume: 0, openTime: DAY + 5, profit: 250 }),
    tradeRow({ order: 16, login: 1, cmd: 6, symbol: '', volume: 0, openTime: DAY - 5, profit: 4000 }),
    tradeRow({ order: 17, login: 2, cmd: 6, symbol: '', volume: 0, openTime: DAY + 9, profit: 100_000 }),
    tradeRow({ order: 18, login: 2, cmd: 2, openPrice: 1.2 }),
    tradeRow({ order: 19, login: 2, cmd: 5, openPrice: 1.205 }),
  ],
}
const quotes = [quoteRow(0, 1.205, 1.2051, (DAY + 60) * 1000), quoteRow(1, 149.49, 149.5, (DAY + 60) * 1000)]
const spec: ViewSpec = {
  kind: 'positions',
  filter: {},
  sort: { column: 'total', descending: true },
  from: 0,
  count: 10,
  pace: 10,
  hold: false,
}
const started = (): Harness => {
  const harness = createHarness()
  harness.feed.snapshot(records, quotes)
  harness.pass(1000)
  return harness
}
const framesOf = (harness: Harness, viewId: number) => harness.frames.filter((f) => f.viewId === viewId)
const lastOrders = (harness: Harness, viewId: number) => [
  ...harness.read('positions', viewId).data.columns.order,
]
const tick = (harness: Harness, bid: number) =>
  harness.feed.ticks([{ symbol: 0, bid, ask: bid + 0.0001, time: (DAY + 61) * 1000 }])

describe('what a view calls live', () => {
  it('is valued first, also between two turns of the clock', () => {
    const harness = started()
    harness.core.setLive(true)
    harness.core.openView(1, { ...spec, pace: 30, filter: { login: 1 } })
    harness.core.ackView(1, 1)
    harness.core.setLive(false)
    harness.pass(200)
    harness.core.ackView(1, 2)
    expect(harness.read('positions', 1).meta.live).toBe(false)
    const before = Math.max(...harness.read('positions', 1).data.columns.profit.filter(Number.isFinite))
    tick(harness, 1.3)
    harness.core.setLive(true)
    harness.pass(10)
    const { meta, data } = harness.read('positions', 1)
    expect(meta.live).toBe(true)
    expect(Math.max(...data.columns.profit.filter(Number.isFinite))).toBeGreaterThan(before)
  })
})

describe('figures', () => {
  it('of accounts: totals, day result with money moved today, blanks that poison nothing', () => {
    const rows = viewRows('accounts', started().look('accounts').data)
    expect(rows[0]).toMatchObject({
      login: 1,
      floating: 491.5,
      equity: 1491.5,
      dayPl: 341.5,
      positions: 2,
      lots: 110,
      floatingBase: 491.5,
    })
    expect(rows[1]).toMatchObject({ currency: 'JPY', floating: 50_000, equity: 150_000, dayPl: 50_000 })
    expect(rows[1]?.['floatingBase']).toBeCloseTo(50_000 / 149.495, 1)
  })

  it('of positions without a way to be valued are blank and sorted last', () => {
    const harness = started()
    for (const descending of [true, false]) {
      const { data } = harness.look('positions', { sort: { column: 'profit', descending } })
      expect(data.columns.order[3]).toBe(14)
      expect(data.columns.profit[3]).toBeNaN()
      expect(data.columns.price[3]).toBeNaN()
    }
  })

  it('of pendings: points to the market, on the right side of it', () => {
    const { data } = started().look('pendings')
    expect([...data.columns.price]).toEqual([1.2051, 1.205])
    expect([...data.columns.distance]).toEqual([510, 0])
  })

  it('of exposure: clients against coverage', () => {
    const rows = viewRows('exposure', started().look('exposure').data)
    expect(rows[0]).toMatchObject({
      symbol: 'EURUSD',
      orders: 1,
      buyLots: 100,
      netLots: 100,
      covBuyLots: 50,
      uncoveredLots: 50,
      clientsPlBase: 500,
      covPlBase: 200,
      netBase: 300,
      buyPrice: 1.2,
    })
    expect(rows.map((row) => row['symbol'])).toEqual(['EURUSD', 'USDJPY', 'XPTXAU'])
  })

  it('of currencies: long what was bought, short what was paid', () => {
    const rows = viewRows('currencies', started().look('currencies').data)
    const of = (currency: string) => rows.find((row) => row['currency'] === currency)
    expect(of('EUR')).toMatchObject({ clients: 100_000, coverage: 50_000, net: 50_000 })
    expect(of('USD')).toMatchObject({ clients: -120_000 - 100_000, coverage: -60_050, net: -159_950 })
    expect(of('JPY')).toMatchObject({ clients: 15_000_000, net: 15_000_000 })
    expect(of('XPT')?.['netBase']).toBeNaN()
  })

  it('of quotes: spread in points and direction', () => {
    const harness = started()
    tick(harness, 1.204)
    const rows = viewRows('quotes', harness.look('quotes').data)
    expect(rows[0]).toMatchObject({ symbol: 'EURUSD', bid: 1.204, spread: 10, direction: 1, low: 1.204 })
    expect(rows[2]).toMatchObject({ symbol: 'XPTXAU', bid: Number.NaN, direction: 2, time: 0 })
  })

  it('of a new server day leave yesterday’s money out', () => {
    const harness = started()
    harness.feed.quotes([quoteRow(0, 1.205, 1.2051, (DAY + 86_400) * 1000)])
    const { data } = harness.look('accounts')
    expect(data.columns.dayPl[0]).toBe(591.5)
  })

  it('reach risk as marks, four times a second at most', () => {
    const harness = started()
    expect(harness.marks).toHaveLength(1)
    const { data } = harness.marks[0] as (typeof harness.marks)[0]
    expect([...data.columns.login]).toEqual(logins)
    expect([...data.columns.moneyToday]).toEqual([250, 100_000, 0])
    expect(data.columns.rateToBase[1]).toBeCloseTo(1 / 149.495, 12)
    for (let i = 0; i < 10; i++) {
      tick(harness, 1.2 + i / 1000)
      harness.pass(50)
    }
    expect(harness.marks).toHaveLength(3)
  })
})

describe('pace', () => {
  it('waits for the acknowledgement, the pace and something new, but not longer than a second', () => {
    const harness = started()
    harness.core.openView(1, spec)
    expect(framesOf(harness, 1)).toHaveLength(1)
    tick(harness, 1.21)
    harness.pass(150)
    expect(framesOf(harness, 1)).toHaveLength(1)
    harness.core.ackView(1, 1)
    harness.pass(25)
    expect(framesOf(harness, 1)).toHaveLength(2)
    harness.core.ackView(1, 2)
    harness.pass(500)
    expect(framesOf(harness, 1)).toHaveLength(2)
    harness.pass(500)
    expect(framesOf(harness, 1)).toHaveLength(3)
  })

  it('answers a new question at once, a few even ahead of acknowledgements', () => {
    const harness = started()
    harness.core.openView(1, spec)
    for (let from = 1; from < 6; from++) harness.core.changeView(1, { ...spec, from })
    expect(framesOf(harness, 1)).toHaveLength(3)
    harness.core.ackView(1, 3)
    harness.pass(25)
    expect(framesOf(harness, 1)).toHaveLength(4)
    expect(harness.read('positions', 1).meta.from).toBe(5)
  })

  it('sends no more once closed', () => {
    const harness = started()
    harness.core.openView(1, spec)
    harness.core.closeView(1)
    harness.core.changeView(1, spec)
    harness.pass(5000)
    expect(framesOf(harness, 1)).toHaveLength(1)
  })
})

describe('order', () => {
  const cheap = { ...spec, filter: { symbol: 'EURUSD' } }
  const other = tradeRow({ order: 20, login: 3, openPrice: 1.1, volume: 500 })
  const step = (harness: Harness, ms: number) => {
    harness.core.ackView(1, framesOf(harness, 1).length)
    harness.pass(ms)
  }

  it('is kept for a second while figures go on; new rows wait at the end', () => {
    const harness = started()
    harness.core.openView(1, cheap)
    expect(lastOrders(harness, 1)).toEqual([11, 13])
    harness.feed.changes([{ stream: 'trades', kind: 0, row: other }])
    step(harness, 200)
    expect(lastOrders(harness, 1)).toEqual([11, 13, 20])
    step(harness, 900)
    tick(harness, 1.2051)
    step(harness, 200)
    expect(lastOrders(harness, 1)).toEqual([20, 11, 13])
  })

  it('is held as long as asked; rows that vanish leave', () => {
    const harness = started()
    harness.core.openView(1, { ...cheap, hold: true })
    harness.feed.changes([{ stream: 'trades', kind: 0, row: other }])
    step(harness, 3000)
    harness.feed.changes([
      { stream: 'trades', kind: 4, row: records.trades[0] as (typeof records.trades)[0] },
    ])
    step(harness, 3000)
    expect(lastOrders(harness, 1)).toEqual([13, 20])
    harness.core.changeView(1, { ...cheap, hold: false })
    expect(lastOrders(harness, 1)).toEqual([20, 13])
  })
})
