import { describe, expect, it } from 'vitest'
import { ChangeKind } from '../../shared/bridge/streams.ts'
import { silentLog } from '../../shared/runtime/ports.ts'
import { createCounters } from './counters.ts'
import { createHub } from './hub.ts'
import { createKeptRows, type KeptRows } from './kept-rows.ts'
import { type BridgeLimits, defaultLimits } from './limits.ts'
import { beginSnapshot, cutRows, type MomentRows } from './snapshot.ts'
import { userRow } from './test-rows.ts'
import { createTestSource } from './test-source.ts'

const rowsOf = ({ current }: KeptRows): MomentRows => {
  const rows = current()
  if (!rows) throw new Error('no rows are kept')
  return rows
}

/** A hub of some hundred rows whose rows are encoded ahead when the test says so. */
const setUp = async (changed: Partial<BridgeLimits> = {}) => {
  const limits = { ...defaultLimits, chunkRows: 50, ...changed }
  const hub = createHub({
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
  return { hub, limits, kept, waiting, turn, prepare, changes, source }
}

describe('rows kept for snapshots', () => {
  it('are those a snapshot would read at that moment, once they are complete', async () => {
    const { hub, limits, kept, turn, prepare } = await setUp()
    turn()
    expect(kept.current()).toBeUndefined()
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
      [...(kept.current()?.frames ?? [])].map(({ body }) => Buffer.from(body).toString('hex'))
    const before = bodies()
    const snapshot = beginSnapshot(hub, limits, kept.current())
    let n = 0
    for (let next = snapshot.frames.next().value; next; next = snapshot.frames.next().value)
      snapshot.seal(next, ++n, 9)
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
    expect(kept.current()).toBeUndefined()
    prepare()
    expect(kept.current()?.place).toBe(hub.journal.head())
  })

  it('are forgotten with their epoch, and with the journal behind them', async () => {
    const { kept, prepare, changes, hub } = await setUp({ journalEntries: 20 })
    prepare()
    changes(21)
    expect(kept.current()).toBeUndefined()
    prepare()
    expect(kept.current()).toBeDefined()
    hub.restart()
    expect(kept.current()).toBeUndefined()
    prepare()
    expect(kept.current()?.epoch).toBe(hub.epoch())
  })

  it('are given up half way when their epoch or the journal behind them is gone', async () => {
    const { kept, turn, prepare, changes, hub } = await setUp({ journalEntries: 20 })
    turn()
    turn()
    hub.restart()
    turn()
    expect(kept.current()).toBeUndefined()
    turn()
    changes(21)
    turn()
    expect(kept.current()).toBeUndefined()
    prepare()
    expect(kept.current()?.place).toBe(hub.journal.head())
  })

  it('are not kept at all where they would take more than they may', async () => {
    const { kept, prepare, waiting } = await setUp({ keptBytes: 4096 })
    prepare()
    expect(kept.current()).toBeUndefined()
    expect(waiting.size).toBe(0)
  })

  it('are let go at the end, with the timer', async () => {
    const { kept, prepare, waiting } = await setUp()
    prepare()
    kept.close()
    expect(kept.current()).toBeUndefined()
    expect(waiting.size).toBe(0)
  })
})
