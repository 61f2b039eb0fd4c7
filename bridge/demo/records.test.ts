import { describe, expect, it, vi } from 'vitest'
import { secGroupsSchema, secMarginsSchema, sessionsSchema } from '../../shared/bridge/nested.ts'
import { recordTables } from '../../shared/bridge/streams.ts'
import { type Mirror, watchedWorld } from './test-world.ts'

/** Whole worlds are built here; a busy machine needs a while for that. */
vi.setConfig({ testTimeout: 30_000 })

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

type Cells = Readonly<Record<string, unknown>>

/** What does not fit its column or its native field. */
const faultsOf = (table: keyof typeof recordTables, row: Cells): string[] => {
  const { columns, names } = recordTables[table]
  return names.filter((name) => {
    const type = (columns as Record<string, string>)[name] as string
    const cell = row[name]
    if (type === 'str' || type === 'dict')
      return typeof cell !== 'string' || cell.length > (limits[table]?.[name] ?? 65_536)
    if (typeof cell !== 'number' || !Number.isFinite(cell)) return true
    if (type === 'f64') return false
    const [low, high] = ranges[type as keyof typeof ranges]
    return !Number.isInteger(cell) || cell < low || cell > high
  })
}

describe('records', () => {
  it('fit their columns and the native field lengths', () => {
    for (const [name, rows] of Object.entries(rowsOf(mirror))) {
      const table = name as keyof typeof recordTables
      const faulty = (rows as readonly Cells[]).filter((row) => faultsOf(table, row).length > 0)
      expect(faulty.slice(0, 3)).toEqual([])
      expect(Object.keys(rows[0] as Cells).sort()).toEqual([...recordTables[table].names].sort())
    }
  })

  it('hold JSON that fits its schema', () => {
    for (const { sessions } of mirror.start.symbols)
      expect(sessionsSchema.safeParse(JSON.parse(sessions)).success).toBe(true)
    for (const { secGroups, secMargins } of mirror.start.groups) {
      expect(secGroupsSchema.safeParse(JSON.parse(secGroups)).success).toBe(true)
      expect(secMarginsSchema.safeParse(JSON.parse(secMargins)).success).toBe(true)
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
      expect(trade.cmd >= 6 || world.symbolByName.has(trade.symbol)).toBe(true)
      expect(trade.order).toBeLessThanOrEqual(world.lastOrder)
    }
    expect([...mirror.start.trades].length).toBe(
      new Set([...mirror.start.trades].map(({ order }) => order)).size,
    )
  })

  it('leave price and result of open positions to the desk, and give them for closed ones', () => {
    const rows = [...mirror.trades.values()]
    const open = rows.filter(({ closeTime }) => closeTime === 0)
    const closed = rows.filter(({ closeTime, cmd }) => closeTime > 0 && cmd < 6)
    expect(open.filter(({ closePrice, profit, cmd }) => closePrice !== 0 || profit !== 0 || cmd > 5)).toEqual(
      [],
    )
    expect(open.filter(({ cmd, marginRate }) => cmd < 2 && !(marginRate > 0))).toEqual([])
    expect(closed.filter(({ closePrice }) => !(closePrice > 0))).toEqual([])
    expect(closed.length).toBeGreaterThan(0)
  })

  it('carry every kind of charge, and what agents earn', () => {
    const rows = [...mirror.trades.values()]
    const of = (tier: string) => rows.filter((row) => mirror.users.get(row.login)?.group.endsWith(tier))
    for (const tier of ['-ecn', '-pro', '-vip', '-raw'])
      expect(of(tier).some(({ commission }) => commission < 0)).toBe(true)
    expect(rows.filter(({ taxes }) => taxes > 0)).toEqual([])
    expect(of('-pro').some(({ taxes }) => taxes < 0)).toBe(true)
    expect(rows.some(({ commissionAgent }) => commissionAgent > 0)).toBe(true)
    expect(rows.some(({ comment }) => comment.startsWith('Agent commission #'))).toBe(true)
  })
})
