import { describe, expect, it } from 'vitest'
import { secGroupsSchema, secMarginsSchema, sessionsSchema } from '../../shared/bridge/nested.ts'
import { recordTables } from '../../shared/bridge/streams.ts'
import { COMMENT_MAX, markComment } from './records.ts'
import { type Mirror, watchedWorld } from './test-world.ts'

const { world, mirror, run } = watchedWorld({ clients: 2000, accounts: 3000, positions: 6000 })
run(60_000)

const ranges = { u8: [0, 255], u16: [0, 65_535], i32: [-(2 ** 31), 2 ** 31 - 1] } as const

/** Longest texts of the native structures (reference §1), without the terminator. */
const limits: Record<string, Record<string, number>> = {
  users: {
    group: 15,
    name: 127,
    country: 31,
    city: 31,
    state: 31,
    zipCode: 15,
    address: 95,
    leadSource: 31,
    phone: 31,
    email: 47,
    comment: 63,
    externalId: 31,
    status: 15,
  },
  trades: { symbol: 11, comment: 31 },
  symbols: { symbol: 11, description: 63, source: 11, currency: 11, marginCurrency: 11 },
  groups: { group: 15, company: 127, currency: 11 },
}

const rowsOf = ({ start, users, trades }: Mirror) => ({
  users: [...start.users, ...users.values()],
  trades: [...start.trades, ...trades.values()],
  symbols: start.symbols,
  groups: start.groups,
})

describe('records', () => {
  it('fit their columns and the native field lengths', () => {
    for (const [table, rows] of Object.entries(rowsOf(mirror))) {
      const { columns, names } = recordTables[table as keyof typeof recordTables]
      expect(rows.length).toBeGreaterThan(0)
      for (const row of rows as readonly Record<string, unknown>[]) {
        expect(Object.keys(row).sort()).toEqual([...names].sort())
        for (const name of names) {
          const type = (columns as Record<string, string>)[name] as string
          const cell = row[name]
          if (type === 'str' || type === 'dict') {
            if (typeof cell !== 'string') expect.fail(`${table}.${name} is ${String(cell)}`)
            const most = limits[table]?.[name]
            if (most !== undefined && cell.length > most) expect.fail(`${table}.${name}: ${cell}`)
          } else if (typeof cell !== 'number' || !Number.isFinite(cell))
            expect.fail(`${table}.${name}: ${String(cell)}`)
          else if (type !== 'f64') {
            const [low, high] = ranges[type as keyof typeof ranges]
            if (!Number.isInteger(cell) || cell < low || cell > high)
              expect.fail(`${table}.${name} is ${cell}`)
          }
        }
      }
    }
  })

  it('hold JSON that fits its schema', () => {
    for (const row of mirror.start.symbols) sessionsSchema.parse(JSON.parse(row.sessions))
    for (const row of mirror.start.groups) {
      secGroupsSchema.parse(JSON.parse(row.secGroups))
      secMarginsSchema.parse(JSON.parse(row.secMargins))
    }
  })

  it('are as many and as varied as promised', () => {
    const { symbols, groups } = mirror.start
    expect(symbols).toHaveLength(30)
    expect(symbols.map(({ index }) => index)).toEqual(symbols.map((_, i) => i))
    expect(new Set(symbols.map(({ marginMode }) => marginMode))).toEqual(new Set([0, 1, 2, 3, 4]))
    expect(new Set(symbols.map(({ profitMode }) => profitMode))).toEqual(new Set([0, 1, 2]))
    expect(groups).toHaveLength(40)
    expect(new Set(groups.map(({ currency }) => currency)).size).toBe(6)
    expect(new Set(groups.map(({ marginMode }) => marginMode))).toEqual(new Set([0, 1, 2, 3]))
    expect(groups.some(({ marginType }) => marginType === 1)).toBe(true)
    expect(mirror.users.size).toBe(3000)
    const users = [...mirror.users.values()]
    expect(users.some(({ enable }) => enable === 0)).toBe(true)
    expect(users.some(({ enableReadOnly }) => enableReadOnly === 1)).toBe(true)
    expect(users.some(({ credit }) => credit > 0)).toBe(true)
    expect(users.some(({ agentAccount }) => agentAccount > 0)).toBe(true)
    const mails = new Map<string, number>()
    for (const { email } of users) mails.set(email, (mails.get(email) ?? 0) + 1)
    expect(mails.size).toBe(2001)
  })

  it('name accounts, groups and symbols that exist, each ticket once', () => {
    const groupNames = new Set(mirror.start.groups.map(({ group }) => group))
    for (const user of mirror.users.values()) expect(groupNames.has(user.group)).toBe(true)
    for (const trade of mirror.trades.values()) {
      expect(mirror.users.has(trade.login)).toBe(true)
      if (trade.cmd < 6) expect(world.symbolByName.has(trade.symbol)).toBe(true)
      expect(trade.order).toBeLessThanOrEqual(world.lastOrder)
    }
    expect([...mirror.start.trades].length).toBe(
      new Set([...mirror.start.trades].map(({ order }) => order)).size,
    )
  })

  it('leave price and result of open positions to the desk, and give them for closed ones', () => {
    for (const trade of mirror.trades.values()) {
      if (trade.closeTime === 0) {
        expect(trade.closePrice).toBe(0)
        expect(trade.profit).toBe(0)
        expect(trade.cmd).toBeLessThan(6)
        if (trade.cmd < 2) expect(trade.marginRate).toBeGreaterThan(0)
      } else if (trade.cmd < 6) expect(trade.closePrice).toBeGreaterThan(0)
    }
  })
})

describe('markComment', () => {
  it('cuts what the client wrote, never the mark', () => {
    expect(markComment('grid', '[sl]')).toBe('grid[sl]')
    const mark = '[so/a: 42.5% 425.0/1000.0]'
    expect(markComment('a long story of a trade', mark)).toBe(`a lon${mark}`)
    expect(markComment('a long story of a trade', mark)).toHaveLength(COMMENT_MAX)
  })
})
