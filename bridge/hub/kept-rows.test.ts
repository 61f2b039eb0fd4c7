import { describe, expect, it } from 'vitest'
import { ChangeKind, StreamId } from '../../shared/bridge/streams.ts'
import { silentLog } from '../../shared/runtime/ports.ts'
import { HEADER_BYTES } from '../../shared/wire/header.ts'
import { createCounters } from './counters.ts'
import type { Cut } from './cut.ts'
import { createHub, type Hub } from './hub.ts'
import { createKeptRows, type KeptRows } from './kept-rows.ts'
import { type BridgeLimits, defaultLimits } from './limits.ts'
import type { SharedFrame } from './shared-frame.ts'
import { createLending } from './shared-frame.ts'
import { beginSnapshot, cutRows, type MomentRows } from './snapshot.ts'
import { userRow } from './test-rows.ts'
import { createTestSource } from './test-source.ts'
import { eachStream } from './world.ts'

const rowsOf = ({ current }: KeptRows): MomentRows => {
  const rows = current()
  if (!rows) throw new Error('no rows are kept')
  return rows
}

/** A hub of some hundred rows whose frames are made when the test says so. */
const setUp = async (changed: Partial<BridgeLimits> = {}) => {
  const limits = { ...defaultLimits, chunkRows: 50, ...changed }
  const bare = createHub({
    limits,
    serverTimeOffset: 0,
    ids: (() => {
      let n = 0
      return () => `epoch ${n++}`
    })(),
    random: () => 0.5,
    log: silentLog,
    counters: createCounters(),
    listeners: { moved: () => {}, statusChanged: () => {}, epochChanged: () => {} },
  })
  let reads = 0
  /** Counts how often rows are read, each time for a frame. */
  const hub: Hub = {
    ...bare,
    world: eachStream((stream) => ({
      ...bare.world[stream],
      cut: (accounts) => {
        const cut = bare.world[stream].cut(accounts)
        const next: Cut['next'] = (rows, bytes) => {
          const data = cut.next(rows, bytes)
          if (data.rows > 0) reads++
          return data
        }
        return { ...cut, next }
      },
    })),
  }
  const source = createTestSource()
  await source.start(hub.sink)
  const waiting = new Map<number, { fn: () => void; ms: number }>()
  let ids = 0
  const kept = createKeptRows(hub, limits, {
    setTimeout: (fn, ms) => {
      waiting.set(++ids, { fn, ms })
      return ids
    },
    clearTimeout: (id) => waiting.delete(id as number),
  })
  const turn = (): void => {
    const [[id, { fn }]] = [...waiting] as unknown as [[number, { fn: () => void }]]
    waiting.delete(id)
    fn()
  }
  /** Turns until all is encoded, or given up. */
  const prepare = (): void => {
    do turn()
    while ([...waiting.values()].some(({ ms }) => ms < limits.keptMs))
  }
  const change = (balance: number): void =>
    hub.sink.transaction([
      { stream: 'users', kind: ChangeKind.UPDATED, row: { ...userRow(1000, 'test-0'), balance } },
    ])
  const changes = (count: number): void => {
    for (let i = 0; i < count; i++) change(i)
  }
  return { hub, limits, kept, waiting, turn, prepare, changes, source, reads: () => reads }
}

describe('rows kept for snapshots', () => {
  it('are those a snapshot would read at that moment, once they are complete', async () => {
    const { hub, limits, kept, prepare } = await setUp()
    prepare()
    const { frames, ...moment } = rowsOf(kept)
    const { frames: read, ...now } = cutRows(hub, limits)
    expect(moment).toEqual({ ...now, shared: true })
    expect([...frames]).toEqual([...read])
  })

  it('are sent with the numbers of their moment and the ticks of now', async () => {
    const { hub, limits, kept, prepare, changes, source } = await setUp()
    prepare()
    const { seqs, place } = rowsOf(kept)
    changes(3)
    source.tick(5)
    const snapshot = beginSnapshot(hub, limits, kept.current())
    expect(snapshot.place).toBe(place)
    expect(snapshot.seqs).toEqual({ ...seqs, ticks: 5 })
    expect(hub.seqs().users).toBe(seqs.users + 3)
  })

  it('stay as they are when a desk gets them', async () => {
    const { hub, limits, kept, prepare } = await setUp()
    prepare()
    const bodies = (): string[] =>
      [...(kept.current()?.frames ?? [])].map(({ body }) =>
        Buffer.from(body.subarray(HEADER_BYTES)).toString('hex'),
      )
    const before = bodies()
    const snapshot = beginSnapshot(hub, limits, kept.current())
    const lending = createLending()
    let n = 0
    for (let next = snapshot.frames.next().value; next; next = snapshot.frames.next().value)
      lending.seal(next, ++n, 9)
    expect(bodies()).toEqual(before)
  })

  it('are made anew when much has changed, and not sent when too much has', async () => {
    const { kept, prepare, changes, hub } = await setUp()
    prepare()
    const first = kept.current()
    changes(256)
    prepare()
    expect(kept.current()).toBe(first)
    changes(1)
    expect(kept.current()).not.toBe(first)
    expect(kept.current()?.place).toBe(hub.journal.head())
  })

  it('are forgotten with their epoch, and with the journal behind them', async () => {
    const { kept, prepare, changes, hub } = await setUp({ journalEntries: 20 })
    prepare()
    changes(21)
    expect(kept.current()?.place).toBe(hub.journal.head())
    prepare()
    hub.restart()
    expect(kept.current()?.epoch).toBe(hub.epoch())
  })

  it('are given up half way when their epoch or the journal behind them is gone', async () => {
    const { kept, turn, prepare, changes, hub } = await setUp({ journalEntries: 20 })
    turn()
    turn()
    const first = kept.current()
    hub.restart()
    const second = kept.current()
    expect(second).not.toBe(first)
    expect(second?.epoch).toBe(hub.epoch())
    turn()
    changes(21)
    turn()
    const third = kept.current()
    expect(third).not.toBe(second)
    prepare()
    expect(kept.current()).toBe(third)
    expect(third?.place).toBe(hub.journal.head())
  })

  it('are the same for a desk that asks before, while and after they are made, and made once', async () => {
    const { hub, limits, kept, turn, prepare, reads } = await setUp()
    const alone = [...cutRows(hub, limits).frames]
    const before = reads()
    const first = rowsOf(kept)
    const reading = first.frames[Symbol.iterator]()
    const early = [reading.next().value, reading.next().value]
    turn()
    const second = rowsOf(kept)
    expect(second).toBe(first)
    expect(reads() - before).toBe(3)
    const midway = [...second.frames]
    for (let next = reading.next(); !next.done; next = reading.next()) early.push(next.value)
    prepare()
    const late = [...rowsOf(kept).frames]
    expect(midway).toEqual(alone)
    for (const frames of [early, late]) {
      expect(frames).toHaveLength(alone.length)
      for (const [i, frame] of frames.entries()) expect(frame).toBe(midway[i])
    }
    // As often as for one desk.
    expect(reads() - before).toBe(before)
  })

  it('are had to the end by whoever has them, also when new ones are made', async () => {
    const { kept, prepare, changes, hub } = await setUp()
    const had = rowsOf(kept)
    const reading = had.frames[Symbol.iterator]()
    const frames = [reading.next().value, reading.next().value]
    changes(257)
    const place = hub.journal.head()
    expect(rowsOf(kept).place).toBe(place)
    prepare()
    expect(rowsOf(kept).place).toBe(place)
    for (let next = reading.next(); !next.done; next = reading.next()) frames.push(next.value)
    const sent = frames.reduce((sum, frame) => sum + (frame as SharedFrame).header.rows, 0)
    expect(sent).toBe(Object.values(had.rows).reduce((sum, n) => sum + n, 0))
  })

  it('are not kept at all where they would take more than they may', async () => {
    const { kept, prepare, waiting, limits, reads } = await setUp({ keptBytes: 4096 })
    prepare()
    expect(kept.current()).toBeUndefined()
    expect(reads()).toBe(0)
    expect([...waiting.values()].map(({ ms }) => ms)).toEqual([limits.keptMs])
    const never = await setUp({ keptBytes: 0 })
    expect(never.kept.current()).toBeUndefined()
    expect(never.waiting.size).toBe(0)
  })

  it('are given up where long texts make them far larger than could be told, but not by a desk that has them', async () => {
    const { kept, hub, prepare } = await setUp({ keptBytes: 100_000 })
    const row = (login: number) => ({ ...userRow(login, 'test-0'), comment: `${login}`.repeat(1000) })
    hub.sink.transaction(
      Array.from({ length: 200 }, (_, i) => ({
        stream: 'users',
        kind: ChangeKind.UPDATED,
        row: row(1000 + i),
      })),
    )
    const { frames, rows } = rowsOf(kept)
    prepare()
    expect(kept.current()).toBeUndefined()
    prepare()
    expect(kept.current()).toBeUndefined()
    const users = [...frames].filter(({ header }) => header.stream === StreamId.users)
    expect(users.reduce((sum, { header }) => sum + header.rows, 0)).toBe(rows.users)
  })

  it('are let go at the end, with the timer', async () => {
    const { kept, prepare, waiting } = await setUp()
    prepare()
    kept.close()
    expect(kept.current()).toBeUndefined()
    expect(waiting.size).toBe(0)
  })
})
