import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Shock, type WhatIf, type WhatIfHit, whatIfSchema } from '../../../../shared/api/what-if.ts'
import type { Quote, SymbolRecord } from '../../../../shared/bridge/tables.ts'
import { roundTo } from '../../../../shared/money/rounding.ts'
import { anyFunded } from '../../testing/funded.ts'
import { createHarness, type Harness, viewRows } from '../../testing/harness.ts'
import { groupRow, quoteRow, symbolRow, tradeRow, userRow } from '../../testing/rows.ts'
import { anyRecords } from '../../testing/worlds.ts'

type Records = typeof anyRecords extends fc.Arbitrary<infer T> ? T : never

const STEPS = 2 ** 20
const bare = (symbol: string): string => (symbol.length > 6 ? symbol.slice(0, 6) : symbol)

/** +1, −1 or 0: which way a price goes, said once more in the simplest words. */
const side = (s: SymbolRecord, { scope }: Shock): number => {
  const [first, second] = [s.symbol.slice(0, 3), s.symbol.slice(3, 6)]
  if (scope.kind === 'symbol') return bare(s.symbol) === bare(scope.symbol) ? 1 : 0
  const mover = scope.kind === 'currency' ? scope.currency : 'USD'
  if (s.profitMode !== 0) return scope.kind === 'all' ? 1 : 0
  const up = scope.kind === 'currency' ? first : second
  const down = scope.kind === 'currency' ? second : first
  return up === mover ? 1 : down === mover ? -1 : 0
}

/** The market as a tick of every symbol that moves: `step` of the path, each from where it stands now. */
const ticksAt = ({ symbols, quotes }: Records, shock: Shock, step: number) =>
  quotes.flatMap((q: Quote) => {
    const s = symbols.find(({ index }) => index === q.symbol)
    const way = s ? side(s, shock) : 0
    if (!s || way === 0 || !(q.bid > 0 && q.ask > 0)) return []
    const mid = (q.bid + q.ask) / 2
    const factor = 1 + (shock.percent / 100) * (step / STEPS)
    const by = roundTo((way > 0 ? mid * factor : mid / factor) - mid, s.digits)
    const moved = (price: number) => (by === 0 ? price : Math.max(0, roundTo(price + by, 8)))
    return [{ symbol: q.symbol, bid: moved(q.bid), ask: moved(q.ask), time: q.time }]
  })

const start = (given: Records): Harness => {
  const harness = createHarness()
  harness.feed.snapshot(given, given.quotes)
  return harness
}

const accountsOf = (harness: Harness) =>
  new Map(viewRows('accounts', harness.look('accounts').data).map((row) => [row['login'] as number, row]))

/** Whether there is anything that the shock names. */
const isThere = ({ symbols }: Records, shock: Shock): boolean => {
  const { scope } = shock
  if (scope.kind === 'symbol') return symbols.some(({ symbol }) => symbol === scope.symbol)
  return scope.kind === 'all' || symbols.some((s) => side(s, shock) !== 0)
}

const anyShock: fc.Arbitrary<Shock> = fc.record({
  scope: fc.oneof(
    fc
      .constantFrom('EURUSD', 'GBPJPY', 'USDJPY', 'DAX')
      .map((symbol) => ({ kind: 'symbol', symbol }) as const),
    fc.constantFrom('EUR', 'USD', 'JPY').map((currency) => ({ kind: 'currency', currency }) as const),
    fc.constant({ kind: 'all' } as const),
  ),
  percent: fc.constantFrom(-60, -10, -3, 2, 10, 80),
})

const names = { clients: 'clientsPlBase', bBook: 'bPlBase', aBook: 'aPlBase', coverage: 'covPlBase' } as const

/** Results by symbol as the exposure view has them, names of one market added up. */
const results = (harness: Harness): Map<string, Record<string, number>> => {
  const sums = new Map<string, Record<string, number>>()
  for (const row of viewRows('exposure', harness.look('exposure').data)) {
    const sum = sums.get(bare(row['symbol'] as string)) ?? {}
    for (const [name, column] of Object.entries(names))
      sum[name] = roundTo((sum[name] ?? 0) + (row[column] as number), 2)
    sums.set(bare(row['symbol'] as string), sum)
  }
  return sums
}

const checkEnd = (answer: WhatIf, before: ReturnType<typeof results>, other: Harness): void => {
  const after = results(other)
  for (const row of answer.symbols)
    for (const name of Object.keys(names) as (keyof typeof names)[])
      expect(row[name]).toBe(
        roundTo((after.get(bare(row.symbol))?.[name] ?? 0) - (before.get(bare(row.symbol))?.[name] ?? 0), 2),
      )
  for (const name of ['clients', 'bBook', 'aBook', 'coverage', 'broker'] as const)
    expect(answer.changes[name]).toBeCloseTo(
      answer.symbols.reduce((sum, row) => sum + row[name], 0),
      5,
    )
  expect(answer.changes.broker).toBeCloseTo(answer.changes.coverage - answer.changes.bBook, 5)
  const rows = [...accountsOf(other).values()]
  const levels = rows.map((row) => row['levelType'])
  expect(answer.end.calls).toBe(levels.filter((level) => level === 1).length)
  expect(answer.end.stopOuts).toBe(levels.filter((level) => level === 2).length)
  const below = rows.filter((row) => (row['equity'] as number) < 0 && (row['positions'] as number) > 0)
  expect(answer.deficits.accounts).toBe(below.length)
  const owed = below.reduce(
    (sum, row) => sum + (Number.isNaN(row['equityBase']) ? 0 : (row['equityBase'] as number)),
    0,
  )
  expect(answer.deficits.amount).toBeCloseTo(owed, 5)
}

const levelOf = ({ kind }: WhatIfHit): number => (kind === 'call' ? 1 : 2)

let hitsSeen = 0

describe('what if', () => {
  it('is what a second book says after the shock came as ticks, and finds the first step of each hit', () => {
    fc.assert(
      fc.property(
        fc.oneof({ weight: 1, arbitrary: anyRecords }, { weight: 3, arbitrary: anyFunded }),
        anyShock,
        (given, shock) => {
          const harness = start(given)
          const before = accountsOf(harness)
          const beforeResults = results(harness)
          const found = harness.core.whatIf(shock, 1000)
          expect(found !== null).toBe(isThere(given, shock))
          if (found === null) return
          const answer = whatIfSchema.parse(JSON.parse(JSON.stringify(found)))
          const other = start(given)
          const at = (step: number) => {
            const ticks = ticksAt(given, shock, step)
            if (ticks.length > 0) other.feed.ticks(ticks)
            return accountsOf(other)
          }
          const end = at(STEPS)
          checkEnd(answer, beforeResults, other)
          const order = answer.hits.map(({ part, login }) => [part, login] as const)
          expect(order).toEqual(order.toSorted(([p, a], [q, b]) => p - q || a - b))
          for (const hit of answer.hits) {
            hitsSeen++
            const there = at(hit.part * STEPS).get(hit.login)
            expect(there?.['levelType']).toBeGreaterThanOrEqual(levelOf(hit))
            expect(hit.there).toMatchObject({ equity: there?.['equity'], levelType: there?.['levelType'] })
            expect(hit.there.level ?? Number.NaN).toBe(there?.['marginLevel'])
            expect(at(hit.part * STEPS - 1).get(hit.login)?.['levelType']).toBeLessThan(levelOf(hit))
            expect(hit.now.equity).toBe(before.get(hit.login)?.['equity'])
            expect(hit.end).toMatchObject({
              equity: end.get(hit.login)?.['equity'],
              levelType: end.get(hit.login)?.['levelType'],
            })
          }
          for (let grid = 1; grid <= 16; grid += 3)
            for (const [login, row] of at((grid / 16) * STEPS)) {
              const level = row['levelType'] as number
              const isMet = answer.hits.some(
                (hit) => hit.login === login && levelOf(hit) >= level && hit.part <= grid / 16,
              )
              expect(isMet || level <= (before.get(login)?.['levelType'] as number)).toBe(true)
            }
          // The book itself noticed nothing.
          expect(accountsOf(harness)).toEqual(before)
        },
      ),
      { numRuns: 200 },
    )
    expect(hitsSeen).toBeGreaterThan(25)
  })
})

describe('what if, by example', () => {
  const symbols = [
    symbolRow({ symbol: 'EURUSD', index: 0 }),
    symbolRow({ symbol: 'EURUSD.m', index: 1, contractSize: 10_000 }),
    symbolRow({ symbol: 'USDJPY', index: 2, digits: 3 }),
    symbolRow({ symbol: 'EURJPY', index: 3, digits: 3 }),
    symbolRow({
      symbol: 'DAX',
      index: 4,
      digits: 1,
      profitMode: 1,
      marginMode: 4,
      contractSize: 1,
      currency: 'EUR',
    }),
  ]
  const position = (
    order: number,
    login: number,
    symbol: string,
    cmd: number,
    lots: number,
    openPrice: number,
  ) => tradeRow({ order, login, symbol, cmd, volume: lots * 100, openPrice, marginRate: 1.1 })
  const { core, feed } = createHarness()
  feed.snapshot(
    {
      symbols,
      groups: [groupRow({ group: 'real' }), groupRow({ group: 'coverage' })],
      users: [
        userRow({ login: 1, balance: 3000, group: 'real' }),
        userRow({ login: 2, balance: 6000 }),
        userRow({ login: 3, balance: 3000 }),
        userRow({ login: 9, balance: 1e6, group: 'coverage' }),
      ],
      trades: [
        position(1, 1, 'EURUSD', 0, 1, 1.1),
        position(2, 2, 'EURUSD.m', 0, 20, 1.1),
        position(3, 3, 'EURUSD', 0, 1, 1.1),
        position(4, 9, 'EURUSD', 0, 0.5, 1.1),
        position(5, 1, 'DAX', 1, 1, 15_000),
      ],
    },
    [
      quoteRow(0, 1.1, 1.1002),
      quoteRow(1, 1.1, 1.1002),
      quoteRow(2, 150, 150.02),
      quoteRow(3, 165, 165.03),
      quoteRow(4, 15_000, 15_001),
    ],
  )
  const ask = (shock: Shock, limit = 100): WhatIf => core.whatIf(shock, limit) as WhatIf

  it('moves every name of a market, keeps spreads and tells the hedge of the whole market', () => {
    const { symbols: rows, changes } = ask({ scope: { kind: 'symbol', symbol: 'EURUSD' }, percent: -1 })
    expect(rows.map(({ symbol }) => symbol)).toEqual(['EURUSD', 'DAX'])
    // 1 + 2 (20 small lots) + 1 lots are the clients', half a lot is covered.
    expect(rows[0]).toMatchObject({ bNetLots: 4, coverageNetLots: 0.5, hedgeLots: 3.5, shockedBid: 1.089 })
    expect((rows[0]?.shockedAsk ?? 0) - (rows[0]?.shockedBid ?? 0)).toBeCloseTo(0.0002, 9)
    // 0.01100 a lot is 1,100 USD; and the euro that the DAX has cost is worth a cent less.
    expect(changes).toMatchObject({ bBook: -4399.99, coverage: -550, broker: 3849.99 })
  })

  it('keeps crosses consistent when a currency moves, and leaves what has nothing to do with it', () => {
    const { symbols: rows } = ask({ scope: { kind: 'currency', currency: 'EUR' }, percent: 2 })
    expect(rows[0]?.shockedBid).toBeCloseTo(1.122, 4)
    expect(rows[1]).toMatchObject({ symbol: 'DAX', bid: 15_000, shockedBid: 15_000 })
    const all = ask({ scope: { kind: 'all' }, percent: 2 }).symbols
    expect(all[0]?.shockedBid).toBeCloseTo(1.122, 4)
    expect(all[1]?.shockedBid).toBeCloseTo(15_300, 0)
  })

  it('names accounts in the order of the path, ties by login, and no more than asked for', () => {
    const shock: Shock = { scope: { kind: 'symbol', symbol: 'EURUSD' }, percent: -5 }
    const { hits, met, now } = ask(shock)
    expect(now).toEqual({ calls: 0, stopOuts: 0 })
    expect(hits.map(({ login, kind }) => `${login} ${kind}`)).toEqual([
      '1 call',
      '2 call',
      '3 call',
      '1 stopout',
      '2 stopout',
      '3 stopout',
    ])
    expect(met).toEqual({ calls: 3, stopOuts: 3 })
    expect(ask(shock, 2).hits).toEqual(hits.slice(0, 2))
    expect(hits[0]?.there.level).toBeLessThanOrEqual(100)
    expect(hits[0]?.percent).toBeCloseTo(-5 * (hits[0]?.part ?? 0), 12)
  })

  it('knows only what is there', () => {
    expect(core.whatIf({ scope: { kind: 'symbol', symbol: 'NIX' }, percent: 1 }, 5)).toBeNull()
    expect(core.whatIf({ scope: { kind: 'currency', currency: 'NOK' }, percent: 1 }, 5)).toBeNull()
  })
})
