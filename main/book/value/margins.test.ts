import fc from 'fast-check'
import { expect, it } from 'vitest'
import { recordStreams, recordTables } from '../../../shared/bridge/streams.ts'
import type { SymbolRecord } from '../../../shared/bridge/tables.ts'
import { currencyDigits, scaleOf } from '../../../shared/money/rounding.ts'
import { packRows } from '../../../shared/wire/columns.ts'
import type { TableSchema } from '../../../shared/wire/schema.ts'
import { explainMargins } from '../ask/explain/explain-margins.ts'
import { accountMargin } from '../formulas/margin.ts'
import type { RecordRows } from '../testing/feed.ts'
import { groupRow, symbolRow, tradeRow, userRow } from '../testing/rows.ts'
import { anySymbol } from '../testing/worlds.ts'
import { linkAll } from '../world/links.ts'
import { accountCurrency, createWorld, type World } from '../world/world.ts'
import { levelLimits } from './limits.ts'
import { valueFirstMargins, valueMargins } from './margins.ts'

const ACCOUNTS = 300
const group = (name: string, currency: string, hedgeLargeLeg: number) =>
  groupRow({ group: name, currency, hedgeLargeLeg, secMargins: name, marginCall: 100, marginStopout: 50 })
const groups = [group('usd', 'USD', 0), group('jpy', 'JPY', 1), group('own', 'USD', 0)]
const overrides = (name: string) =>
  name === 'own' ? [{ symbol: 'DAX', swapLong: 0, swapShort: 0, marginDivider: 2 }] : []

const position = fc.record({
  login: fc.integer({ min: 1, max: ACCOUNTS }),
  symbol: fc.constantFrom('EURUSD', 'GBPJPY', 'DAX', 'GOLD', 'ES', 'GONE'),
  cmd: fc.nat(1),
  volume: fc.nat(500),
  openPrice: fc.double({ min: 0.1, max: 5000, noNaN: true }),
  marginRate: fc.double({ min: 0.001, max: 2, noNaN: true }),
})

type Position = Omit<Parameters<typeof tradeRow>[0], 'order'>

const rowsOf = (terms: Partial<SymbolRecord>[], positions: Position[]) => {
  const names = ['EURUSD', 'GBPJPY', 'DAX', 'GOLD', 'ES']
  return {
    symbols: names.map((symbol, index) => symbolRow({ ...terms[index], symbol, index })),
    groups,
    users: Array.from({ length: ACCOUNTS }, (_, i) =>
      userRow({
        login: i + 1,
        group: ['usd', 'jpy', 'own', 'nowhere'][i % 4] as string,
        leverage: [0, 100, 500][i % 3] as number,
        balance: i * 3.5,
      }),
    ),
    trades: positions.map((p, i) => tradeRow({ ...p, order: i + 1 })).sort((a, b) => a.login - b.login),
  } satisfies RecordRows
}

const load = (rows: RecordRows): World => {
  const world = createWorld()
  for (const stream of recordStreams)
    world[stream].putAll(packRows(recordTables[stream] as TableSchema, rows[stream] as never))
  linkAll(world, overrides)
  valueMargins(world)
  return world
}

/** Margin and limits of an account with positions by the general formulas, and how many margins are blank. */
const expected = (world: World, account: number) => {
  const { symbols, unknown } = explainMargins(world, account)
  const digits = currencyDigits(accountCurrency(world, account))
  const margin = accountMargin(
    symbols.reduce((sum, { exact }) => sum + (exact ?? 0), 0),
    digits,
  )
  const own = groups[account % 4]
  const funds = world.users.columns.balance[account] as number
  const never = { callAt: Number.NEGATIVE_INFINITY, stopAt: Number.NEGATIVE_INFINITY }
  const limits = own ? levelLimits(own, funds, margin, scaleOf(digits), world.decisions) : never
  return { margin, ...limits, blank: unknown + symbols.filter(({ exact }) => exact === null).length }
}

const check = (world: World): void => {
  const { count, callAt, stopAt } = world.ledger.columns
  let blank = 0
  for (let a = 0; a < ACCOUNTS; a++) {
    if (count[a] === 0) continue
    const should = expected(world, a)
    blank += should.blank
    const is = { margin: world.users.columns.margin[a], callAt: callAt[a], stopAt: stopAt[a] }
    expect(is).toEqual({ margin: should.margin, callAt: should.callAt, stopAt: should.stopAt })
  }
  expect(world.blankMargins).toBe(blank)
}

it('margins and limits of all accounts are those of the general formulas, at first and when they are stale', () => {
  const terms = fc.array(anySymbol, { minLength: 5, maxLength: 5 })
  fc.assert(
    fc.property(terms, fc.array(position, { minLength: 100, maxLength: 2500, size: 'max' }), (of, all) => {
      const world = load(rowsOf(of, all))
      expect(world.staleAccounts).toEqual([])
      check(world)
      world.users.columns.margin.fill(1)
      world.blankMargins = 0
      // In two steps, as while a snapshot comes in.
      valueFirstMargins(world, 0, 120)
      valueFirstMargins(world, 120, ACCOUNTS)
      check(world)
    }),
    { numRuns: 30 },
  )
})

it('terms that change are seen', () => {
  const one = { login: 1, symbol: 'EURUSD', volume: 100, openPrice: 1, marginRate: 1 }
  const rows = rowsOf([{ contractSize: 1000 }], [one])
  const world = load(rows)
  expect(world.users.columns.margin[0]).toBe(1000)
  world.symbols.putRow({ ...(rows.symbols[0] as (typeof rows.symbols)[0]), contractSize: 500 })
  world.staleAccounts.push(0)
  valueMargins(world)
  expect(world.users.columns.margin[0]).toBe(500)
})

it('an account that is stale twice, its slot having been used again, is added up once', () => {
  const one = { login: 1, symbol: 'EURUSD', volume: 100, openPrice: 1, marginRate: 1 }
  const world = load(rowsOf([{ contractSize: 1000 }], [one, { ...one, volume: 200 }]))
  world.staleAccounts.push(0, 1, 0)
  valueMargins(world)
  expect(world.users.columns.margin[0]).toBe(3000)
  expect(world.users.columns.marginStale[0]).toBe(0)
})
