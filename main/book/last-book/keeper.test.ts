import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ChangeKind } from '../../../shared/bridge/streams.ts'
import { FrameType, frameBytes, openFrame } from '../../../shared/wire/header.ts'
import { createHarness, type Harness, viewRows } from '../testing/harness.ts'
import { quoteRow, tradeRow, userRow } from '../testing/rows.ts'
import { anyRecords, anyStep, type Step } from '../testing/worlds.ts'
import type { KeptFacts } from './facts.ts'
import type { KeepAnswer } from './keeper.ts'

type Parts = { frames: Uint8Array<ArrayBuffer>[]; kept: KeptFacts }

const apply = ({ feed }: Harness, step: Step): void => {
  if ('changes' in step) feed.changes(step.changes)
  else if ('ticks' in step) feed.ticks(step.ticks)
  else feed.quotes(step.quotes)
}

/** Reads the book out, with something happening between the parts. */
const readOut = ({ core }: Harness, rows: number, between: () => void = () => {}): Parts => {
  const frames: Uint8Array<ArrayBuffer>[] = []
  let answer: KeepAnswer = core.keep({ begin: true, rows, since: 0 })
  for (let parts = 0; parts < 10_000; parts++) {
    if (answer.kind !== 'part') throw new Error(answer.kind)
    frames.push(answer.frames)
    if (answer.kept) return { frames, kept: answer.kept }
    between()
    answer = core.keep({ begin: false, rows, since: 0 })
  }
  throw new Error('no end')
}

const readBack = ({ core }: Harness, { frames, kept }: Parts): unknown => {
  for (const part of frames) {
    const fault = core.restore({ frames: part.slice() })
    if (fault) return fault
  }
  return core.restore({ kept })
}

const kinds = ['accounts', 'positions', 'pendings', 'exposure', 'currencies', 'quotes'] as const
/** Every row of every view; which way the last tick went is not kept. */
const figures = (h: Harness): unknown =>
  kinds.map((kind) => {
    const { meta, data } = h.look(kind)
    const rows = viewRows(kind, data).map((row) =>
      JSON.stringify(row, (key, cell: unknown) => (key === 'direction' ? 0 : cell)),
    )
    // Rows of equal sort keys stand in the order in which they came.
    return { totals: meta.totals, rows: rows.sort() }
  })

const small = {
  symbols: [],
  groups: [],
  users: [1, 2, 3].map((login) => userRow({ login, name: `Client ${login}` })),
  trades: [1, 2, 3, 4].map((order) => tradeRow({ order, login: 1, symbol: 'EURUSD' })),
}

describe('a book that is read out', () => {
  it('comes back row by row, with its prices, whatever happens while it is read', () => {
    fc.assert(
      fc.property(
        anyRecords,
        fc.array(anyStep, { maxLength: 8 }),
        fc.array(anyStep, { maxLength: 25 }),
        fc.integer({ min: 1, max: 9 }),
        (records, before, during, rows) => {
          const one = createHarness()
          one.feed.snapshot(records, records.quotes)
          for (const step of before) apply(one, step)
          const left = [...during]
          const parts = readOut(one, rows, () => {
            const step = left.shift()
            if (step) apply(one, step)
          })
          const other = createHarness()
          expect(readBack(other, parts)).toBeNull()
          expect(other.core.hashes()).toEqual(one.core.hashes())
          expect(parts.kept.seqs).toEqual(one.feed.seqs)
          expect(figures(other)).toEqual(figures(one))
        },
      ),
      { numRuns: 150 },
    )
  })

  it('waits for the end of a transaction', () => {
    const one = createHarness()
    one.feed.snapshot(small, [])
    const change = (order: number, more: boolean): void =>
      one.feed.changes(
        [{ stream: 'trades', kind: ChangeKind.UPDATED, row: tradeRow({ order, login: 1, volume: 7 }) }],
        more,
      )
    const states: unknown[] = []
    let turn = 0
    const parts = readOut(one, 100, () => {
      states.push(one.core.hashes())
      if (++turn === 1) change(2, false)
    })
    expect(parts.frames).toHaveLength(1)
    change(1, true)
    const answer = one.core.keep({ begin: true, rows: 100, since: 0 })
    expect(answer).toMatchObject({ kind: 'part', kept: null })
    expect(one.core.keep({ begin: false, rows: 100, since: 0 })).toMatchObject({ kept: null })
    change(2, false)
    expect(one.core.keep({ begin: false, rows: 100, since: 0 })).toMatchObject({
      kept: { hashes: one.core.hashes(), seqs: one.feed.seqs },
    })
  })

  it('says what it is of: epoch, time zone and the moment of its last frame', () => {
    const one = createHarness()
    one.feed.snapshot(small, [quoteRow(0, 1.1, 1.2)])
    const at = one.now()
    one.pass(60_000)
    expect(readOut(one, 100).kept).toMatchObject({
      epoch: 'e1',
      serverTimeOffset: 7200,
      asOf: at,
      quotes: 1,
    })
  })

  it('is nothing where there is no book, none newer, or only the one from disk', () => {
    const one = createHarness()
    const ask = { begin: true, rows: 100, since: 0 }
    expect(one.core.keep(ask)).toEqual({ kind: 'nothing' })
    one.feed.snapshot(small, [])
    const answer = one.core.keep(ask)
    if (answer.kind !== 'part') throw new Error(answer.kind)
    expect(one.core.keep({ ...ask, since: answer.version })).toEqual({ kind: 'nothing' })
    one.feed.ticks([])
    expect(one.core.keep({ ...ask, since: answer.version })).toMatchObject({ kind: 'part' })

    const other = createHarness()
    expect(readBack(other, readOut(one, 100))).toBeNull()
    expect(other.core.keep(ask)).toEqual({ kind: 'nothing' })
    other.core.setLive(true)
    expect(other.core.keep(ask)).toEqual({ kind: 'nothing' })
    other.feed.newScope()
    other.feed.ticks([])
    expect(other.core.keep(ask)).toMatchObject({ kind: 'part' })
  })

  it('is lost when another snapshot takes its place, and stands still while that comes in', () => {
    const one = createHarness()
    one.feed.snapshot(small, [])
    const before = one.core.hashes()
    const ask = { begin: false, rows: 1, since: 0 }
    one.core.keep({ ...ask, begin: true })
    one.feed.newScope()
    one.feed.begin(small)
    one.feed.rows('users', small.users)
    const { kept } = readOut(one, 2)
    expect(kept.hashes).toEqual(before)
    one.core.keep({ ...ask, begin: true })
    one.feed.end()
    expect(one.core.keep(ask)).toEqual({ kind: 'lost' })
  })
})

describe('a book that is read back', () => {
  const kept = (): Parts => {
    const one = createHarness()
    one.feed.snapshot(small, [quoteRow(0, 1.1, 1.2)])
    return readOut(one, 2)
  }

  it('shows its age, and no alert is raised of it, until the bridge goes on', () => {
    const one = createHarness()
    const parts = kept()
    one.pass(3_600_000)
    expect(readBack(one, parts)).toBeNull()
    one.pass(100)
    one.pass(1000)
    const { meta } = one.look('accounts')
    expect(meta).toMatchObject({ matched: 3, live: false, valuedAt: parts.kept.asOf })
    expect(one.core.stats()).toMatchObject({ source: 'file', asOf: parts.kept.asOf })
    expect(one.marks).toEqual([])
    one.core.setLive(true)
    one.feed.newScope()
    one.feed.ticks([])
    one.pass(1000)
    expect(one.core.stats()).toMatchObject({ source: 'bridge', asOf: one.now() - 1000 })
    expect(one.marks).toHaveLength(1)
  })

  it('goes on behind its numbers', () => {
    const one = createHarness()
    const source = createHarness()
    source.feed.snapshot(small, [quoteRow(0, 1.1, 1.2)])
    source.feed.changes([{ stream: 'users', kind: ChangeKind.UPDATED, row: userRow({ login: 2 }) }])
    expect(readBack(one, readOut(source, 2))).toBeNull()
    one.feed.newScope()
    Object.assign(one.feed.seqs, source.feed.seqs)
    for (const { feed } of [source, one])
      feed.changes([{ stream: 'users', kind: ChangeKind.UPDATED, row: userRow({ login: 3, name: 'New' }) }])
    one.feed.checkpoint(source.core.hashes())
    expect(one.refused).toEqual([])
    expect(one.mismatches).toEqual([])
  })

  it('gives way to a snapshot, before it and after it', () => {
    const parts = kept()
    const late = createHarness()
    late.feed.snapshot({ ...small, users: [] }, [])
    expect(readBack(late, parts)).toBeNull()
    expect(late.core.stats().source).toBe('bridge')
    expect(late.core.hashes().users.rows).toBe(0)

    const early = createHarness()
    expect(readBack(early, parts)).toBeNull()
    early.feed.snapshot({ ...small, users: [] }, [])
    expect(early.core.stats().source).toBe('bridge')
    expect(early.core.hashes().users.rows).toBe(0)
  })

  it('is refused, and nothing of it shown, when a frame, the end or a hash is wrong', () => {
    const { frames, kept: facts } = kept()
    const whole = Buffer.concat(frames)
    const cuts: number[] = []
    for (let at = 0; at < whole.byteLength; at += frameBytes(whole.subarray(at))) cuts.push(at)
    const readWith = (bytes: Uint8Array, given = facts): unknown => {
      const one = createHarness()
      const fault = readBack(one, { frames: [new Uint8Array(bytes)], kept: given })
      expect(one.core.stats().source).toBe('none')
      one.pass(1000)
      expect(one.look('accounts').meta.matched).toBe(0)
      return fault
    }
    const missing = cuts.map((at, i) => {
      const end = cuts[i + 1] ?? whole.byteLength
      const { type } = openFrame(Buffer.from(whole.subarray(at, end))).header
      return [type, readWith(Buffer.concat([whole.subarray(0, at), whole.subarray(end)]))] as const
    })
    expect(missing).toContainEqual([FrameType.CHECKPOINT, expect.objectContaining({ fault: 'TRUNCATED' })])
    expect(missing).toContainEqual([FrameType.QUOTES, expect.objectContaining({ fault: 'TRUNCATED' })])
    expect(missing.filter(([, fault]) => fault === null)).toEqual([])
    for (const at of [0, 30, 200, whole.byteLength - 3]) {
      const changed = Buffer.from(whole)
      changed[at] = (changed[at] as number) ^ 0x10
      expect(readWith(changed)).toMatchObject({ fault: 'REFUSED' })
    }
    expect(readWith(whole.subarray(0, whole.byteLength - 5))).toMatchObject({ fault: 'REFUSED' })
    const other = { ...facts, hashes: { ...facts.hashes, users: { rows: 3, a: 1, b: 2 } } }
    expect(readWith(whole, other)).toMatchObject({ fault: 'HASH_DIFFERS' })
    expect(readWith(whole, { ...facts, seqs: { ...facts.seqs, trades: 9 } })).toMatchObject({
      fault: 'HASH_DIFFERS',
    })
  })

  it('can be forgotten half way, and read again', () => {
    const one = createHarness()
    const parts = kept()
    one.core.restore({ frames: (parts.frames[0] as Uint8Array<ArrayBuffer>).slice() })
    expect(one.core.restore({ kept: null })).toBeNull()
    expect(readBack(one, parts)).toBeNull()
    expect(one.core.stats().source).toBe('file')
  })
})
