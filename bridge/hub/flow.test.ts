import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { silentLog } from '../../shared/runtime/ports.ts'
import { FrameType } from '../../shared/wire/header.ts'
import { createCounters } from './counters.ts'
import { createFlow } from './flow.ts'
import { createFrameCache } from './frame-cache.ts'
import { createHub } from './hub.ts'
import { createKeptRows } from './kept-rows.ts'
import { type BridgeLimits, defaultLimits } from './limits.ts'
import { decideResume } from './resume.ts'
import { seededRandom } from './seeded-random.ts'
import { createTestBook } from './test-book.ts'
import { createTestSource } from './test-source.ts'

type Frame = Uint8Array<ArrayBuffer>
type Start = Parameters<ReturnType<typeof createTestBook>['follow']>[1]

/** A hub, and desks whose frames arrive when the test says so; no socket, no clock. */
const setUp = async (changed: Partial<BridgeLimits>, seed = 1) => {
  const limits = { ...defaultLimits, ...changed }
  const counters = createCounters()
  const hub = createHub({
    limits,
    serverTimeOffset: 7200,
    ids: () => 'epoch',
    random: seededRandom(seed),
    log: silentLog,
    counters,
    listeners: { moved: () => {}, statusChanged: () => {}, epochChanged: () => {} },
  })
  const source = createTestSource({ seed, accounts: 40, trades: 60, symbols: 5, groups: 3 })
  await source.start(hub.sink)
  const ahead: (() => void)[] = []
  const kept = createKeptRows(hub, limits, {
    setTimeout: (fn) => {
      ahead.push(fn)
      return fn
    },
    clearTimeout: (fn) => {
      if (ahead.includes(fn as () => void)) ahead.splice(ahead.indexOf(fn as () => void), 1)
    },
  })
  const cache = createFrameCache(hub, limits, counters, kept.current)
  let followId = 0

  const desk = (window: { frames: number; bytes: number }, resume?: Start, book = createTestBook()) => {
    const underWay: Frame[] = []
    const turns: (() => void)[] = []
    const decision = decideResume(resume, hub.epoch(), hub.seqs(), hub.journal.evicted())
    const id = ++followId
    book.follow({ ok: true, followId: id, mode: decision.mode, epoch: hub.epoch() }, resume)
    const flow = createFlow({
      followId: id,
      window,
      decision,
      hub,
      cache,
      limits,
      clock: { now: () => 0 },
      timers: { setTimeout: (fn) => turns.push(fn), clearTimeout: () => {} },
      counters,
      send: (frame) => underWay.push(frame),
      snapshotStarted: () => {},
      again: () => flow.pump(),
    })
    return {
      book,
      flow,
      underWay,
      turn: () => turns.shift()?.(),
      /** So many frames arrive and are acknowledged. */
      arrive: (count: number) => {
        for (const frame of underWay.splice(0, count)) book.accept(frame)
        flow.ack(book.lastFrame())
      },
      /** Everything arrives, until nothing more comes. */
      settle: () => {
        flow.wantCheckpoint()
        flow.pump()
        while (underWay.length + turns.length > 0) {
          for (const frame of underWay.splice(0)) book.accept(frame)
          flow.ack(book.lastFrame())
          turns.shift()?.()
        }
      },
    }
  }
  /** So many turns of encoding rows ahead. */
  const prepare = (turns: number): void => {
    for (let i = 0; i < turns; i++) ahead.shift()?.()
  }
  return { hub, source, counters, desk, kept, prepare }
}

const step = fc.oneof(
  fc.record({ transact: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ tick: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ arrive: fc.integer({ min: 0, max: 6 }) }),
  fc.constant({ pump: true }),
  fc.constant({ turn: true }),
)

const tight = {
  journalEntries: 150,
  tickRing: 100,
  chunkRows: 7,
  chunkBytes: 2000,
  batchChanges: 10,
  turnBytes: 5000,
}

describe('flow', { timeout: 60_000 }, () => {
  it('ends in the state of the bridge, whatever the pace of world, wire and desk', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 500, max: 20_000 }),
        fc.array(step, { maxLength: 60 }),
        fc.constantFrom(0, 1e9),
        async (seed, frames, bytes, steps, keptBytes) => {
          const { hub, source, desk } = await setUp({ ...tight, keptBytes }, seed)
          const d = desk({ frames, bytes })
          for (const s of steps) {
            if ('transact' in s) source.transact(s.transact)
            else if ('tick' in s) source.tick(s.tick)
            else if ('arrive' in s) d.arrive(s.arrive)
            else if ('turn' in s) d.turn()
            else d.flow.pump()
            expect(d.underWay.length).toBeLessThanOrEqual(frames)
            const size = d.underWay.reduce((sum, frame) => sum + frame.byteLength, 0)
            expect(size <= bytes || d.underWay.length === 1).toBe(true)
          }
          d.settle()
          expect(d.book.problems).toEqual([])
          expect(d.book.mismatches()).toBe(0)
          expect(d.book.live()).toBe(true)
          expect(d.book.seqs()).toEqual(hub.seqs())
          expect(d.book.hashes()).toEqual(hub.hashes())
          const last = new Map(hub.quotes.movedSince(-1).map((q) => [q.symbol, q.bid]))
          expect(new Map([...d.book.quotes()].map(([symbol, q]) => [symbol, q.bid]))).toEqual(last)
        },
      ),
      { numRuns: 100 },
    )
  })

  it('ends in the state of the bridge also from rows that desks share, whole or still being made, at any point of a moving world', async () => {
    let fromKept = 0
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.array(fc.record({ turns: fc.integer({ min: 1, max: 25 }), changes: fc.nat(6) }), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.array(step, { maxLength: 20 }),
        async (seed, before, steps) => {
          const { hub, source, desk, kept, prepare } = await setUp({ ...tight, journalEntries: 400 }, seed)
          for (const { turns, changes } of before) {
            prepare(turns)
            source.transact(changes)
            source.tick(changes)
          }
          const { place } = kept.current() ?? { place: hub.journal.head() }
          if (place < hub.journal.head()) fromKept++
          const desks = [desk({ frames: 4, bytes: 9000 }), desk({ frames: 50, bytes: 1e6 })]
          const [d] = desks as [(typeof desks)[number]]
          for (const s of steps) {
            if ('pump' in s && desks.length < 4) desks.push(desk({ frames: 6, bytes: 20_000 }))
            if ('transact' in s) source.transact(s.transact)
            else if ('tick' in s) source.tick(s.tick)
            else if ('arrive' in s) d.arrive(s.arrive)
            else if ('turn' in s) prepare(3)
            else d.flow.pump()
          }
          for (const { book, settle } of desks) {
            settle()
            expect(book.problems).toEqual([])
            expect(book.mismatches()).toBe(0)
            expect(book.seqs()).toEqual(hub.seqs())
            expect(book.hashes()).toEqual(hub.hashes())
          }
        },
      ),
      { numRuns: 100 },
    )
    expect(fromKept).toBeGreaterThan(20)
  })

  it('resumes at any point between two frames', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.nat(40),
        fc.integer({ min: 0, max: 60 }),
        async (seed, heard, missed) => {
          const { hub, source, desk } = await setUp({ ...tight, journalEntries: 2000, turnBytes: 1e9 }, seed)
          const first = desk({ frames: 4096, bytes: 1e9 })
          first.settle()
          source.transact(50)
          source.tick(20)
          first.flow.pump()
          first.arrive(heard)
          first.flow.close()
          source.transact(missed)
          const again = desk({ frames: 3, bytes: 10_000 }, first.book.resumeFrom(), first.book)
          again.settle()
          expect(again.book.problems).toEqual([])
          expect(again.book.hashes()).toEqual(hub.hashes())
          expect(again.book.seqs()).toEqual(hub.seqs())
          expect(again.book.headers.filter((h) => h.type === FrameType.SNAPSHOT_BEGIN)).toHaveLength(1)
        },
      ),
      { numRuns: 50 },
    )
  })

  it('keeps nothing for a desk that was overrun but what is under way', async () => {
    const { source, counters, desk } = await setUp(tight)
    const d = desk({ frames: 2, bytes: 65_536 })
    d.flow.pump()
    for (let i = 0; i < 50; i++) {
      source.transact(200)
      d.flow.pump()
      expect(d.flow.heldBytes()).toBe(0)
      expect(d.flow.inSnapshot()).toBe(true)
    }
    expect(counters.snapshots).toBe(1)
    d.settle()
    expect(counters).toMatchObject({ snapshots: 2, overruns: 1 })
    expect(d.book.problems).toEqual([])
  })

  it('sends nothing more once it is closed', async () => {
    const { source, desk } = await setUp({})
    const d = desk({ frames: 8, bytes: 1e6 })
    d.settle()
    d.flow.close()
    source.transact(10)
    d.flow.pump()
    d.turn()
    expect(d.underWay).toHaveLength(0)
  })
})
