import { describe, expect, it } from 'vitest'
import { FLAG_MORE } from '../../shared/wire/header.ts'
import { createHarness } from './testing/harness.ts'
import { groupRow, quoteRow, symbolRow, tradeRow, userRow } from './testing/rows.ts'

/** Snapshots, transactions, refusals and checkpoints, frame by frame. */

const records = {
  symbols: [symbolRow({ symbol: 'EURUSD', index: 0 })],
  groups: [groupRow({ group: 'real' })],
  users: [userRow({ login: 7 })],
  trades: [tradeRow({ order: 1, login: 7, openPrice: 1.2 })],
}
const quotes = [quoteRow(0, 1.205, 1.2051)]
const started = () => {
  const harness = createHarness()
  harness.feed.snapshot(records, quotes)
  harness.pass(200)
  return harness
}
const floating = (harness: ReturnType<typeof createHarness>) =>
  harness.look('accounts').data.columns.floating[0]
const closed = { ...(records.trades[0] as (typeof records.trades)[0]), closeTime: 1_700_000_100, profit: 500 }
const rich = userRow({ login: 7, balance: 1500 })

describe('snapshot', () => {
  it('shows nothing before it settled, and everything then', () => {
    const harness = createHarness()
    harness.feed.begin(records, quotes)
    harness.feed.rows('users', records.users)
    expect(harness.look('accounts').meta).toMatchObject({ matched: 0, all: 0, live: false })
    expect(harness.applied.map((a) => a.settled)).toEqual([false, false])
    harness.feed.end()
    expect(harness.applied.at(-1)?.settled).toBe(true)
    expect(harness.look('accounts').meta.matched).toBe(1)
  })

  it('waits for the changes up to the settled numbers; the book before stays on screen', () => {
    const harness = started()
    harness.feed.newScope()
    harness.feed.begin({ ...records, users: [] })
    harness.feed.rows('symbols', records.symbols)
    harness.feed.end({ ...harness.feed.seqs, users: 2 })
    expect(harness.applied.at(-1)?.settled).toBe(false)
    harness.core.setLive(true)
    expect(harness.look('accounts').meta).toMatchObject({ matched: 1, live: false })
    harness.feed.changes([{ stream: 'users', kind: 0, row: userRow({ login: 8 }) }])
    expect(harness.applied.at(-1)?.settled).toBe(false)
    harness.feed.changes([{ stream: 'users', kind: 0, row: userRow({ login: 9 }) }])
    expect(harness.applied.at(-1)?.settled).toBe(true)
    const shown = harness.look('accounts')
    expect([...shown.data.columns.login]).toEqual([8, 9])
    expect(shown.meta.live).toBe(true)
  })

  it('that was cut off is not completed by a later follow', () => {
    const harness = started()
    harness.feed.newScope()
    harness.feed.begin(records)
    harness.feed.newScope()
    harness.feed.changes([{ stream: 'users', kind: 1, row: rich }])
    expect(harness.refused.map((r) => r.detail)).toEqual([expect.stringContaining('cut off')])
    expect(harness.look('accounts').data.columns.balance[0]).toBe(1000)
    harness.feed.newScope()
    harness.feed.snapshot({ ...records, users: [rich] }, quotes)
    expect(harness.look('accounts').data.columns.balance[0]).toBe(1500)
  })

  it('whose rows all came goes on settling in a resumed follow', () => {
    const harness = createHarness()
    harness.feed.begin(records)
    harness.feed.rows('users', records.users)
    harness.feed.end({ ...harness.feed.seqs, users: 1 })
    harness.feed.newScope()
    harness.feed.changes([{ stream: 'users', kind: 1, row: rich }])
    expect(harness.applied.at(-1)).toMatchObject({ scope: 2, settled: true })
    expect(harness.look('accounts').data.columns.balance[0]).toBe(1500)
  })
})

describe('transaction', () => {
  it('is not shown half done', () => {
    const harness = started()
    harness.feed.changes([{ stream: 'trades', kind: 3, row: closed }], true)
    expect(harness.applied.at(-1)?.settled).toBe(false)
    harness.core.openView(1, {
      kind: 'accounts',
      filter: {},
      sort: { column: 'login', descending: false },
      from: 0,
      count: 10,
      pace: 30,
      hold: false,
    })
    harness.pass(300)
    const before = harness.frames.length
    expect(harness.frames.filter((f) => f.viewId === 1)).toEqual([])
    harness.feed.changes([{ stream: 'users', kind: 1, row: rich }])
    harness.pass(1)
    expect(harness.frames.length).toBe(before + 1)
    const { data } = harness.read('accounts', 1)
    expect([data.columns.balance[0], data.columns.floating[0], data.columns.equity[0]]).toEqual([
      1500, 0, 1500,
    ])
  })

  it('that never ends is shown after a second all the same', () => {
    const harness = started()
    harness.feed.changes([{ stream: 'trades', kind: 3, row: closed }], true)
    harness.pass(1100)
    expect(floating(harness)).toBe(0)
    expect(FLAG_MORE).toBe(1)
  })
})

describe('refusal', () => {
  const cases: [string, (harness: ReturnType<typeof createHarness>) => void, string][] = [
    [
      'a kind out of range',
      ({ feed }) => feed.changes([{ stream: 'users', kind: 3, row: rich }]),
      'changeKind',
    ],
    [
      'an unknown cmd behind a good row',
      ({ feed }) =>
        feed.changes([
          { stream: 'trades', kind: 3, row: closed },
          { stream: 'trades', kind: 0, row: tradeRow({ order: 2, login: 7, cmd: 8 }) },
        ]),
      'cmd',
    ],
    [
      'a key of zero',
      ({ feed }) => feed.changes([{ stream: 'users', kind: 4, row: userRow({ login: 0 }) }]),
      'login',
    ],
    [
      'a negative volume',
      ({ feed }) =>
        feed.changes([{ stream: 'trades', kind: 0, row: tradeRow({ order: 2, login: 7, volume: -1 }) }]),
      'volume',
    ],
    [
      'a symbol index nobody has',
      ({ feed }) => feed.ticks([{ symbol: 60_000, bid: 1, ask: 1, time: 1 }]),
      'symbol',
    ],
    [
      'a price that is no number',
      ({ feed }) => feed.ticks([{ symbol: 0, bid: Number.NaN, ask: 1, time: 1 }]),
      'not a number',
    ],
    ['a price beyond any', ({ feed }) => feed.ticks([{ symbol: 0, bid: 1, ask: 2e15, time: 1 }]), 'ask'],
    [
      'a balance beyond any',
      ({ feed }) => feed.changes([{ stream: 'users', kind: 1, row: userRow({ login: 7, balance: -1e16 }) }]),
      'balance',
    ],
    [
      'nested JSON that is none',
      ({ feed }) =>
        feed.changes([{ stream: 'groups', kind: 1, row: groupRow({ group: 'real', secMargins: '[{' }) }]),
      'secMargins',
    ],
    [
      'nested JSON that does not fit',
      ({ feed }) =>
        feed.changes([{ stream: 'groups', kind: 1, row: groupRow({ group: 'real', secGroups: '[1]' }) }]),
      'secGroups',
    ],
    [
      'a name too long',
      ({ feed }) =>
        feed.changes([{ stream: 'symbols', kind: 0, row: symbolRow({ symbol: 'A'.repeat(12), index: 3 }) }]),
      'symbol',
    ],
  ]

  it.each(cases)('of %s leaves the book as it was', (_, act, detail) => {
    const harness = started()
    const hashes = harness.core.hashes()
    act(harness)
    expect(harness.refused).toHaveLength(1)
    expect(harness.refused[0]?.detail).toContain(detail)
    expect(harness.core.hashes()).toEqual(hashes)
    harness.pass(200)
    expect(floating(harness)).toBe(500)
  })

  it('ends its follow: what comes behind is refused, until another follow or a snapshot', () => {
    const harness = started()
    harness.feed.ticks([{ symbol: 0, bid: -2e15, ask: 1, time: 1 }])
    harness.feed.ticks([{ symbol: 0, bid: 1.3, ask: 1.3, time: 1_700_000_001_000 }])
    expect(harness.refused).toHaveLength(2)
    expect(harness.refused[1]?.detail).toContain('earlier frame')
    harness.feed.newScope()
    harness.feed.ticks([{ symbol: 0, bid: 1.3, ask: 1.3, time: 1_700_000_001_000 }])
    expect(harness.refused).toHaveLength(2)
    harness.feed.ticks([{ symbol: 0, bid: -2e15, ask: 1, time: 1 }])
    harness.feed.snapshot(records, quotes)
    expect(harness.refused).toHaveLength(3)
    expect(harness.applied.at(-1)?.settled).toBe(true)
  })

  it('of data before any snapshot', () => {
    const harness = createHarness()
    harness.feed.changes([{ stream: 'users', kind: 0, row: rich }])
    expect(harness.refused[0]?.detail).toContain('before any snapshot')
  })

  it('of rows and ends outside a snapshot', () => {
    const harness = started()
    harness.feed.rows('users', [rich])
    harness.feed.newScope()
    harness.feed.end()
    expect(harness.refused.map((r) => r.detail)).toEqual([
      expect.stringContaining('no snapshot'),
      expect.stringContaining('no snapshot'),
    ])
  })
})

describe('checkpoint', () => {
  it('is silent when all is alike and names the streams that are not', () => {
    const harness = started()
    const hashes = harness.core.hashes()
    harness.feed.checkpoint(hashes)
    expect(harness.mismatches).toEqual([])
    harness.feed.checkpoint({ ...hashes, groups: { ...hashes.groups, a: (hashes.groups.a ^ 1) >>> 0 } })
    harness.feed.checkpoint(hashes, { ...harness.feed.seqs, trades: 9 })
    expect(harness.mismatches).toEqual([['groups'], ['trades']])
  })
})

describe('a checkpoint right behind a large snapshot', () => {
  const USERS = 20_000
  const rows = {
    ...records,
    users: Array.from({ length: USERS }, (_, i) => userRow({ ...rich, login: i + 1 })),
  }
  const large = () => {
    const harness = createHarness()
    harness.feed.snapshot(rows, [])
    return harness
  }
  const hashes = large().core.hashes()
  const wrong = { ...hashes, users: { ...hashes.users, a: (hashes.users.a ^ 1) >>> 0 } }
  const passes = (harness: ReturnType<typeof large>): void => {
    for (let i = 0; i < 5; i++) harness.pass(10)
  }

  it('is compared once there is time for it, with the rows of its moment', () => {
    const harness = large()
    harness.feed.checkpoint(hashes)
    harness.feed.changes([{ stream: 'users', kind: 1, row: { ...rich, login: 19_000, balance: 1 } }])
    harness.feed.changes([{ stream: 'users', kind: 2, row: { ...rich, login: 18_000 } }])
    passes(harness)
    harness.feed.checkpoint(harness.core.hashes())
    expect(harness.mismatches).toEqual([])
  })

  it('names the stream that is not alike', () => {
    const harness = large()
    harness.feed.checkpoint(wrong)
    expect(harness.mismatches).toEqual([])
    passes(harness)
    expect(harness.mismatches).toEqual([['users']])
  })

  it('is of no interest any more when another snapshot comes', () => {
    const harness = large()
    harness.feed.checkpoint(wrong)
    harness.feed.newScope()
    harness.feed.snapshot(rows, [])
    passes(harness)
    harness.feed.checkpoint(hashes)
    passes(harness)
    expect(harness.mismatches).toEqual([])
  })
})

describe('repetition', () => {
  it('does no harm', () => {
    const harness = started()
    const change = {
      stream: 'trades' as const,
      kind: 0,
      row: tradeRow({ order: 2, login: 7, openPrice: 1.2 }),
    }
    harness.feed.changes([change, change])
    harness.feed.changes([change])
    harness.feed.changes([
      { ...change, kind: 4 },
      { ...change, kind: 4 },
    ])
    harness.feed.changes([change])
    expect(harness.look('accounts').data.columns.floating[0]).toBe(1000)
    expect(harness.core.stats()).toMatchObject({ positions: 2 })
  })
})
