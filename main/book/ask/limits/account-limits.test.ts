import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AccountLimits, accountLimitsSchema, type PriceLimit } from '../../../../shared/api/limits.ts'
import { pointOf, roundTo } from '../../../../shared/money/rounding.ts'
import { anyFunded } from '../../testing/funded.ts'
import { createHarness, type Harness, viewRows } from '../../testing/harness.ts'
import { groupRow, quoteRow, symbolRow, tradeRow, userRow } from '../../testing/rows.ts'
import { depositFor } from './deposit.ts'

type Records = typeof anyFunded extends fc.Arbitrary<infer T> ? T : never

const rowOf = (harness: Harness, login: number) => {
  const [row] = viewRows('accounts', harness.look('accounts', { filter: { login } }).data)
  return row as Record<string, number>
}

const limitsOf = (harness: Harness, login: number, target: number): AccountLimits =>
  accountLimitsSchema.parse(JSON.parse(JSON.stringify(harness.core.limits(login, target))))

let pricesSeen = 0

/** The account's state with the symbol's price moved by so many points, in a book that hears it as a tick. */
const prober = (given: Records, harness: Harness, login: number, symbol: string) => {
  const { index, digits } = given.symbols.find((s) => s.symbol === symbol) as {
    index: number
    digits: number
  }
  const quote = given.quotes.find((q) => q.symbol === index) as { bid: number; ask: number; time: number }
  const at = (price: number, points: number) => roundTo(price + points * pointOf(digits), 8)
  const level = (points: number): number => {
    const tick = { symbol: index, bid: at(quote.bid, points), ask: at(quote.ask, points), time: quote.time }
    harness.feed.ticks([tick])
    return rowOf(harness, login)['levelType'] as number
  }
  return { level, quote, point: pointOf(digits), at }
}

const checkWay = (
  { level, quote, point, at }: ReturnType<typeof prober>,
  limit: PriceLimit | null,
  wanted: number,
  sign: 1 | -1,
): void => {
  const end = sign > 0 ? Math.floor((8.9 * quote.bid) / point) : Math.ceil(quote.bid / point) - 1
  if (limit !== null) {
    pricesSeen++
    expect(limit.bid).toBe(at(quote.bid, limit.points))
    expect(limit.ask).toBe(at(quote.ask, limit.points))
    expect(Math.sign(limit.points)).toBe(sign)
    expect(level(limit.points)).toBeGreaterThanOrEqual(wanted)
    expect(level(limit.points - sign)).toBeLessThan(wanted)
  }
  // Nothing is met before it, or anywhere.
  const before = limit === null ? end : Math.abs(limit.points) - 1
  for (const part of [0.03, 0.2, 0.5, 0.9, 1])
    expect(level(Math.floor(before * part) * sign)).toBeLessThan(wanted)
  level(0)
}

describe('the limits of an account', () => {
  it('are met by the price as a tick, and not one point before; a deposit restores the level, a cent less does not', () => {
    fc.assert(
      fc.property(anyFunded, fc.constantFrom(80, 120.5, 300, 1000), (given, target) => {
        const harness = createHarness()
        harness.feed.snapshot(given, given.quotes)
        for (const user of given.users) {
          const limits = limitsOf(harness, user.login, target)
          const now = rowOf(harness, user.login)
          expect(limits).toMatchObject({
            equity: now['equity'],
            margin: now['margin'],
            levelType: now['levelType'],
          })
          for (const row of limits.symbols.slice(0, 2)) {
            expect(row.call === null).toBe((now['levelType'] as number) >= 1)
            expect(row.stopOut === null).toBe((now['levelType'] as number) >= 2)
            const probe = prober(given, harness, user.login, row.symbol)
            for (const [ways, wanted] of [
              [row.call, 1],
              [row.stopOut, 2],
            ] as const) {
              if (ways === null) continue
              checkWay(probe, ways.up, wanted, 1)
              checkWay(probe, ways.down, wanted, -1)
            }
          }
          const { amount } = limits.deposit
          const cent = limits.moneyDigits === 0 ? 1 : 0.01
          const levelWith = (money: number): number => {
            const row = { ...user, balance: user.balance + money }
            harness.feed.changes([{ stream: 'users', kind: 1, row }])
            return rowOf(harness, user.login)['marginLevel'] as number
          }
          expect(amount === null).toBe(Number.isNaN(now['marginLevel']))
          if (amount === null) continue
          expect(levelWith(amount)).toBeGreaterThanOrEqual(target)
          expect(amount === 0 || levelWith(amount - cent) < target).toBe(true)
          levelWith(0)
        }
      }),
      { numRuns: 60 },
    )
    expect(pricesSeen).toBeGreaterThan(50)
  })
})

describe('the limits of an account, by example', () => {
  it('lie where the sums say: 1 lot long at 1.1 with 3,000 and 1,100 of margin', () => {
    const { core, feed } = createHarness()
    feed.snapshot(
      {
        symbols: [symbolRow({ symbol: 'EURUSD', index: 0 })],
        groups: [groupRow({ group: 'real' })],
        users: [userRow({ login: 1, balance: 3000 }), userRow({ login: 2, group: 'gone' })],
        trades: [tradeRow({ order: 1, login: 1, openPrice: 1.1, marginRate: 1.1 })],
      },
      [quoteRow(0, 1.1, 1.1002)],
    )
    const limits = core.limits(1, 500)
    expect(limits?.symbols).toHaveLength(1)
    // At or below 1,100 of equity: 1,900 USD or 0.01900 lower. Below 550: 0.02451.
    expect(limits?.symbols[0]).toMatchObject({
      call: { up: null, down: { bid: 1.081, ask: 1.0812, points: -1900 } },
      stopOut: { up: null, down: { bid: 1.07549, points: -2451 } },
    })
    expect(limits?.symbols[0]?.call?.down?.percent).toBeCloseTo(-1.727, 3)
    expect(limits?.deposit).toEqual({ target: 500, amount: 2500 })
    expect(core.limits(2, 100)).toMatchObject({ symbols: [], level: null, deposit: { amount: null } })
    expect(core.limits(7, 100)).toBeNull()
  })

  it('move with the conversion that rests on the price itself', () => {
    // In EUR a dollar that falls makes the loss in gold smaller, one that rises larger.
    const { core, feed } = createHarness('EUR')
    const gold = { symbol: 'GOLD', index: 1, profitMode: 1, currency: 'USD', contractSize: 1, digits: 2 }
    feed.snapshot(
      {
        symbols: [symbolRow({ symbol: 'EURUSD', index: 0 }), symbolRow(gold)],
        groups: [groupRow({ group: 'real', currency: 'EUR' })],
        users: [userRow({ login: 1, balance: 200 })],
        trades: [
          tradeRow({ order: 1, login: 1, symbol: 'EURUSD', openPrice: 1.1, volume: 1 }),
          tradeRow({ order: 2, login: 1, symbol: 'GOLD', openPrice: 1000, volume: 100, marginRate: 0.001 }),
        ],
      },
      [quoteRow(0, 1.1, 1.1), quoteRow(1, 900, 900)],
    )
    const limits = core.limits(1, 100)
    // 200 + 1,000 − 1,100 / x − 100 / x at or below the margin of 10 EUR.
    const down = limits?.symbols.find(({ symbol }) => symbol === 'EURUSD')?.call?.down?.bid ?? 0
    expect(limits?.margin).toBe(10)
    // Three amounts are rounded to the cent on the way.
    expect(200 + 1000 * (1 - 1.1 / down) - 100 / down).toBeCloseTo(10, 1)
  })
})

describe('the deposit', () => {
  const funds = { balance: 100, credit: 0, floating: -40.01, margin: 333.33, marginType: 0, digits: 2 }

  it('is to the cent', () => {
    expect(depositFor(funds, 100)).toBe(273.34)
    expect(depositFor({ ...funds, digits: 0, floating: -40, margin: 333 }, 150)).toBe(440)
    expect(depositFor({ ...funds, marginType: 1 }, 500)).toBe(440.01)
  })

  it('is nothing where the level is there, and unknown where there is none', () => {
    expect(depositFor(funds, 10)).toBe(0)
    expect(depositFor({ ...funds, margin: 0 }, 100)).toBeNull()
  })
})
