import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ChangeKind } from '../../shared/bridge/streams.ts'
import { type TradeRecord, tradesTable, usersTable } from '../../shared/bridge/tables.ts'
import { layoutColumns, readColumns } from '../../shared/wire/columns.ts'
import type { TableSchema } from '../../shared/wire/schema.ts'
import type { Cut } from './cut.ts'
import { symbolRow, tradeRow, userRow } from './test-rows.ts'
import { createWorld } from './world.ts'

const symbol = symbolRow(0)
const trade = (order: number, login: number): TradeRecord => tradeRow(order, login, symbol, 0, 100, 1.1, 1)

/** A column of the next rows, as a desk reads it. */
const next = (cut: Cut, schema: TableSchema, name: string, rows: number): number[] => {
  const data = cut.next(rows, 1e6)
  const layout = layoutColumns(schema, data)
  const bytes = new Uint8Array(layout.bytes)
  layout.put(bytes, 0)
  const column = readColumns(schema, bytes, 0, data.rows, true).columns[name] as unknown as ArrayLike<number>
  return Array.from(column)
}
const orders = (cut: Cut, rows: number): number[] => next(cut, tradesTable, 'order', rows)

/** Trades given as [order, login]. */
const load = (logins: readonly number[], trades: readonly (readonly [number, number])[]) => {
  const world = createWorld()
  world.users.load(logins.map((login) => userRow(login, 'g')))
  world.trades.load(trades.map(([order, login]) => trade(order, login)))
  return world
}

describe('trades in the order of their accounts', () => {
  it('come as their users do, each account in the order of its slots, those of nobody last', () => {
    const { users, trades } = load(
      [30, 10, 20],
      [
        [1, 10],
        [2, 99],
        [3, 30],
        [4, 20],
        [5, 10],
        [6, 0],
        [7, 30],
      ],
    )
    const cut = trades.cut(users.cut())
    expect(cut.rows).toBe(7)
    expect([...orders(cut, 3), ...orders(cut, 3), ...orders(cut, 3)]).toEqual([3, 7, 1, 5, 4, 2, 6])
    expect(orders(cut, 3)).toEqual([])
  })

  it('are not copied where they stand so already', () => {
    const { users, trades } = load(
      [30, 10],
      [
        [1, 30],
        [2, 30],
        [3, 10],
        [4, 99],
      ],
    )
    const inPlace = trades.cut(users.cut()).next(4, 1e6).columns['order'] as Int32Array
    const plain = trades.cut().next(4, 1e6).columns['order'] as Int32Array
    expect(inPlace.buffer).toBe(plain.buffer)
  })

  it('are put in order in parts, the whole of which leaves nothing to do', () => {
    const logins = Array.from({ length: 80 }, (_, i) => i + 1)
    const { users, trades } = load(
      logins,
      logins.map((login) => [login, 81 - login] as const),
    )
    const accounts = users.cut()
    let asked = 0
    const placeOf = (key: number | string): number => {
      asked++
      return accounts.placeOf(key)
    }
    const cut = trades.cut({ ...accounts, placeOf })
    const parts = Array.from({ length: 8 }, () => {
      const before = asked
      cut.prepare(1 / 8)
      return asked - before
    })
    expect(parts).toEqual([20, 20, 20, 20, 0, 0, 0, 0])
    expect(orders(cut, 80)).toEqual(logins.toReversed())
    expect(asked).toBe(80)
  })

  it('come once each if they still stand, and no others, whatever changes between the steps', () => {
    const login = fc.integer({ min: 1, max: 6 })
    const gone = fc.nat(3).map((n) => n === 0)
    const change = fc.oneof(
      fc.record({ login, gone }),
      fc.record({ order: fc.integer({ min: 1, max: 40 }), login, gone }),
    )
    const step = fc.oneof(
      fc.record({ change }),
      fc.record({ part: fc.constantFrom(1 / 16, 1 / 5, 1 / 2) }),
      fc.record({ read: fc.integer({ min: 1, max: 4 }) }),
    )
    let moved = 0
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 20, maxLength: 60 }),
        fc.array(step, { maxLength: 40 }),
        (before, steps) => {
          const { users, trades } = createWorld()
          const standing = new Map<number, TradeRecord>()
          const apply = (c: typeof change extends fc.Arbitrary<infer T> ? T : never): void => {
            const kind = c.gone ? ChangeKind.DELETED : ChangeKind.UPDATED
            if ('order' in c) {
              const row = trade(c.order, c.login)
              trades.apply(kind, row)
              if (c.gone) standing.delete(c.order)
              else standing.set(c.order, row)
            } else users.apply(kind, userRow(c.login, 'g'))
          }
          before.forEach(apply)

          const bySlot = orders(trades.cut(), 100)
          const rank = new Map(next(users.cut(), usersTable, 'login', 100).map((key, i) => [key, i]))
          const loginOf = new Map([...standing].map(([order, row]) => [order, row.login]))
          const rankOf = (order: number): number => rank.get(loginOf.get(order) as number) ?? 100
          const expected = bySlot.toSorted((a, b) => rankOf(a) - rankOf(b))

          const cut = trades.cut(users.cut())
          const stood = new Set(standing.keys())
          const changed = new Set<number>()
          const seen: number[] = []
          const read = (rows: number): number => {
            const found = orders(cut, rows)
            for (const order of found) expect(stood.has(order)).toBe(true)
            seen.push(...found)
            return found.length
          }
          for (const s of steps) {
            if ('part' in s) cut.prepare(s.part)
            else if ('read' in s) read(s.read)
            else {
              apply(s.change)
              changed.add('order' in s.change ? s.change.order : -s.change.login)
              if ('order' in s.change && s.change.gone) stood.delete(s.change.order)
            }
          }
          while (read(3) > 0);

          expect(new Set(seen).size).toBe(seen.length)
          for (const order of stood) expect(seen).toContain(order)
          const same = (order: number): boolean =>
            !changed.has(order) && !changed.has(-(loginOf.get(order) as number))
          expect(seen.filter(same)).toEqual(expected.filter(same))
          if (expected.filter(same).join() !== bySlot.filter(same).join()) moved++
        },
      ),
      { numRuns: 500 },
    )
    expect(moved).toBeGreaterThan(100)
  })
})

const allOrders = (cut: Cut): number[] => {
  const all: number[] = []
  for (let some = orders(cut, 5000); some.length > 0; some = orders(cut, 5000)) all.push(...some)
  return all
}

describe('trades that are arranged', () => {
  it('stand account by account, are the same rows, and are found', () => {
    const given = Array.from({ length: 20_000 }, (_, i) => [i + 1, ((i * 7) % 11) + 1] as const)
    const world = load([3, 1, 9, 4, 5], given)
    const before = world.trades.hash()
    const asSent = allOrders(world.trades.cut(world.users.cut()))
    world.trades.arrange(world.users.cut())
    expect(allOrders(world.trades.cut())).toEqual(asSent)
    expect(world.trades.hash()).toEqual(before)
    expect(world.trades.size()).toBe(20_000)
    expect(world.trades.get(77)).toEqual(trade(77, ((76 * 7) % 11) + 1))
    world.trades.apply(ChangeKind.DELETED, trade(77, 1))
    world.trades.apply(ChangeKind.ADDED, trade(90_000, 9))
    expect(allOrders(world.trades.cut(world.users.cut()))).toHaveLength(20_000)
  })
})
