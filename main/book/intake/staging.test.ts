import { describe, expect, it } from 'vitest'
import { ChangeKind, type RecordStream, recordStreams, recordTables } from '../../../shared/bridge/streams.ts'
import { columnsFromRows } from '../../../shared/wire/columns.ts'
import { openPackedTable, tableFrame } from '../../../shared/wire/frames.ts'
import { FrameType } from '../../../shared/wire/header.ts'
import type { TableSchema } from '../../../shared/wire/schema.ts'
import type { RecordRows } from '../testing/feed.ts'
import { createHarness, type Harness } from '../testing/harness.ts'
import { groupRow, quoteRow, symbolRow, tradeRow, userRow } from '../testing/rows.ts'
import { createWorld } from '../world/world.ts'
import { createStaging } from './staging.ts'

/**
 * Trades are linked while a snapshot comes in, if they come account by account; however its frames come, the book must be
 * that of the same rows taken in as a whole.
 */

const TRADES = 36_000
const half = 33_000
const trade = (order: number) =>
  tradeRow({
    order,
    login: 1 + (order % 9),
    symbol: order % 4 === 0 ? 'USDJPY' : 'EURUSD',
    cmd: order % 10 === 9 ? 2 : order % 2,
    volume: 1 + (order % 700),
    openPrice: order % 4 === 0 ? 150 : 1.2,
    storage: -(order % 990) / 10,
    closeTime: order % 17 === 0 ? 1_700_000_000 : 0,
  })
const rows: RecordRows = {
  symbols: [symbolRow({ symbol: 'EURUSD', index: 0 }), symbolRow({ symbol: 'USDJPY', index: 1, digits: 3 })],
  groups: [groupRow({ group: 'real' }), groupRow({ group: 'euro', currency: 'EUR' })],
  // Trades of login 9 are nobody's.
  users: [1, 2, 3, 4, 5, 6, 7, 8].map((login) =>
    userRow({ login, group: login % 3 ? 'real' : 'euro', balance: 10_000, leverage: 100 }),
  ),
  trades: [
    ...Array.from({ length: TRADES }, (_, i) => trade(i + 1)),
    tradeRow({ order: TRADES + 1, login: 2, cmd: 6, profit: 77, openTime: 1_700_006_000 }),
  ],
}
/** In the order of their accounts, nobody's last, as a bridge sends them. */
const inOrder: RecordRows = {
  ...rows,
  trades: [...rows.trades].sort((a, b) => (a.login % 9 || 9) - (b.login % 9 || 9) || a.order - b.order),
}
const quotes = [quoteRow(0, 1.21, 1.2101), quoteRow(1, 151, 151.01)]

/** All that is shown of a book. */
const shown = (harness: Harness) => {
  harness.pass(200)
  const sorted = { sort: { column: 'login', descending: false } }
  return {
    accounts: harness.look('accounts', sorted).data.columns,
    positions: harness.look('positions', { sort: { column: 'order', descending: false } }).data.columns,
    exposure: harness.look('exposure', { sort: { column: 'symbol', descending: false } }).data.columns,
    totals: harness.look('accounts').meta.totals,
    stats: { ...harness.core.stats(), asOf: 0, valuedAt: 0, passMs: 0, memoryBytes: 0 },
    hashes: harness.core.hashes(),
  }
}
const plain = (given: RecordRows) => {
  const harness = createHarness()
  harness.feed.snapshot(given, quotes)
  return shown(harness)
}
const inFrames = (given: RecordRows, frame: number): Harness => {
  const harness = createHarness()
  const { feed } = harness
  feed.begin(given, quotes)
  for (const stream of ['symbols', 'groups', 'users'] as const) feed.rows(stream, given[stream])
  for (let i = 0; i < given.trades.length; i += frame)
    feed.rows('trades', given.trades.slice(i, i + frame), i)
  feed.quotes(quotes)
  feed.end()
  return harness
}

describe('a snapshot that comes', { timeout: 30_000 }, () => {
  it.each([5000, 4093, 36_001])('account by account, %i trades a frame', (frame) => {
    expect(shown(inFrames(inOrder, frame))).toEqual(plain(rows))
  })

  it.each([
    ['account by account', inOrder, false],
    ['otherwise', rows, true],
  ])('%s: whether anything is left to link', (_, given, left) => {
    const world = createWorld()
    const sizes = recordStreams.map((stream) => [stream, given[stream].length])
    const counts = Object.fromEntries(sizes) as Record<RecordStream, number>
    const staging = createStaging(world, counts, () => [])
    for (const stream of recordStreams) {
      const schema: TableSchema = recordTables[stream]
      const header = { type: FrameType.SNAPSHOT_ROWS, stream: 0, n: 1, scope: 1, first: 0, flags: 0 }
      const frame = tableFrame(header, schema, columnsFromRows(schema, given[stream] as never))
      staging.put(stream, openPackedTable(schema, frame, given[stream].length))
    }
    staging.end({ symbols: 0, groups: 0, users: 0, trades: 0, ticks: 0 })
    expect(world.unlinked).toBe(left)
    expect(world.staleAccounts).toEqual([])
  })

  it('account by account, of more trades than were announced', () => {
    const harness = createHarness()
    const { feed } = harness
    feed.begin({ ...inOrder, trades: inOrder.trades.slice(0, 10) }, quotes)
    for (const stream of ['symbols', 'groups', 'users'] as const) feed.rows(stream, inOrder[stream])
    for (let i = 0; i < inOrder.trades.length; i += 5000)
      feed.rows('trades', inOrder.trades.slice(i, i + 5000), i)
    feed.quotes(quotes)
    feed.end()
    expect(shown(harness)).toEqual(plain(rows))
  })

  it.each(['total', 'order', 'openPrice', 'storage', 'symbol', 'name'])(
    'shows trades that wait in their frames as those that are written down, by %s',
    (column) => {
      const harness = inFrames(inOrder, 4093)
      harness.core.tick()
      const looks = () =>
        (['positions', 'pendings'] as const).flatMap((kind) =>
          [{}, { login: 3 }, { symbol: 'USDJPY' }].map(
            (filter) => harness.look(kind, { sort: { column, descending: true }, filter }).data,
          ),
        )
      const waiting = looks()
      // In a book of its own, which nothing looked at before: by then a column may have been written down.
      const asked = inFrames(inOrder, 4093)
      asked.core.tick()
      const shownFirst = asked.look('pendings', { sort: { column, descending: true }, filter: { login: 3 } })
      for (let turn = 0; turn < 40; turn++) harness.pass(10)
      expect(waiting).toEqual(looks())
      expect(shownFirst.data).toEqual(waiting[4])
    },
  )

  it('in the order of tickets, in many frames', () => {
    expect(shown(inFrames(rows, 5000))).toEqual(plain(rows))
  })

  it.each([1, 20_000, TRADES])('account by account but for trade %i', (at) => {
    const trades = [...inOrder.trades]
    trades.splice(at, 0, ...trades.splice(TRADES - at, 1))
    expect(shown(inFrames({ ...inOrder, trades }, 5000))).toEqual(plain(rows))
  })

  it.each(['symbols', 'groups', 'users'] as const)('with %s behind its first trades', (late) => {
    const harness = createHarness()
    const { feed } = harness
    feed.begin(rows, quotes)
    for (const stream of ['symbols', 'groups', 'users'] as const)
      if (stream !== late) feed.rows(stream, rows[stream])
    feed.rows('trades', rows.trades.slice(0, half))
    feed.rows(late, rows[late])
    feed.rows('trades', rows.trades.slice(half), half)
    feed.quotes(quotes)
    feed.end()
    expect(shown(harness)).toEqual(plain(rows))
  })

  it('with a trade twice, which no bridge sends: the book knows that it is not the same', () => {
    const harness = createHarness()
    const { feed, core, mismatches } = harness
    const other = { ...trade(3), volume: 900, login: 5 }
    feed.begin(rows, quotes)
    for (const stream of ['symbols', 'groups', 'users'] as const) feed.rows(stream, rows[stream])
    feed.rows('trades', rows.trades.slice(0, half))
    feed.rows('trades', [...rows.trades.slice(half), other], half)
    feed.quotes(quotes)
    feed.end()
    const trades = rows.trades.map((row) => (row.order === 3 ? other : row))
    const right = createHarness()
    right.feed.snapshot({ ...rows, trades }, quotes)
    feed.checkpoint(right.core.hashes())
    core.hashes()
    expect(mismatches).toEqual([['trades']])
  })

  it.each([
    ['before its end', false],
    ['behind its end', true],
  ])('with changes %s', (_, ended) => {
    const harness = createHarness()
    const { feed } = harness
    const moved = userRow({ login: 4, group: 'euro', balance: 5, leverage: 50 })
    const fresh = userRow({ login: 9, group: 'real', balance: 1, leverage: 10 })
    const opened = { ...trade(TRADES + 9), login: 1, closeTime: 0 }
    const grown = { ...trade(6), volume: 12_345 }
    feed.begin(rows, quotes)
    for (const stream of ['symbols', 'groups', 'users'] as const) feed.rows(stream, rows[stream])
    feed.rows('trades', rows.trades.slice(0, half))
    const change = (): void => {
      feed.changes([
        { stream: 'trades', kind: ChangeKind.DELETED, row: trade(5) },
        { stream: 'trades', kind: ChangeKind.UPDATED, row: grown },
        { stream: 'trades', kind: ChangeKind.ADDED, row: opened },
      ])
      feed.changes([
        { stream: 'users', kind: ChangeKind.UPDATED, row: moved },
        { stream: 'users', kind: ChangeKind.ADDED, row: fresh },
      ])
    }
    if (!ended) change()
    feed.rows('trades', rows.trades.slice(half), half)
    feed.quotes(quotes)
    feed.end({ ...feed.seqs, trades: 3, users: 2 })
    if (ended) change()
    const trades = rows.trades
      .filter((row) => row.order !== 5)
      .map((row) => (row.order === grown.order ? grown : row))
    const users = rows.users.map((row) => (row.login === 4 ? moved : row))
    expect(harness.applied.at(-1)?.settled).toBe(true)
    expect(shown(harness)).toEqual(plain({ ...rows, trades: [...trades, opened], users: [...users, fresh] }))
  })

  it('under the settings of the desk', () => {
    const settings = { aBookGroups: ['euro'] }
    const harness = createHarness('USD', settings)
    harness.feed.snapshot(rows, quotes)
    const before = shown(harness)
    const [symbol] = rows.symbols as readonly [(typeof rows.symbols)[0]]
    // A symbol on which figures rest: everything is linked anew.
    harness.feed.changes([{ stream: 'symbols', kind: ChangeKind.UPDATED, row: { ...symbol, tickSize: 0.5 } }])
    harness.feed.changes([{ stream: 'symbols', kind: ChangeKind.UPDATED, row: symbol }])
    expect(shown(harness)).toEqual(before)
    expect(before.exposure).not.toEqual(plain(rows).exposure)
  })
})
