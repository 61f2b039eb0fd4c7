import { afterEach, describe, expect, it } from 'vitest'
import type { BridgeOptions } from '../../bridge/create-bridge.ts'
import type { FaultPlan } from '../../bridge/faults/types.ts'
import { below, seededRandom } from '../../bridge/hub/seeded-random.ts'
import type { TestSourceOptions } from '../../bridge/hub/test-source.ts'
import { FrameType } from '../../shared/wire/header.ts'
import { createStage, type Desk, type Stage, until } from './integration-fixture.ts'

let stage: Stage | undefined
afterEach(async () => {
  await stage?.close()
  stage = undefined
})

const setUp = async (world?: TestSourceOptions, options?: Partial<BridgeOptions>): Promise<Stage> => {
  stage = await createStage(world, options)
  return stage
}

/** Lets the world move under a fault until the desk has noticed, then heals the bridge and compares. */
const survive = async (on: Stage, desk: Desk, plan: FaultPlan, noticed: () => boolean): Promise<void> => {
  const stop = on.move()
  on.bridge().faults.set(plan)
  await until('the fault to be noticed', noticed)
  on.bridge().faults.clear()
  stop()
  await on.same(desk)
}

describe('faults', () => {
  const chances: [string, FaultPlan][] = [
    ['dropped', { drop: 0.1 }],
    ['duplicated', { duplicate: 0.3 }],
    ['reordered', { reorder: 0.1 }],
    ['truncated', { truncate: 0.1 }],
    ['corrupted', { corrupt: 0.1 }],
    [
      'dropped, duplicated, reordered and corrupted',
      { drop: 0.05, duplicate: 0.1, reorder: 0.05, corrupt: 0.05 },
    ],
  ]
  it.each(chances)('frames %s', async (_, plan) => {
    const s = await setUp()
    const desk = s.desk()
    await s.same(desk)
    await survive(s, desk, plan, () => {
      const { gaps } = desk.link.status().counters
      return gaps + desk.link.ignored().duplicates >= 5
    })
    const struck = Object.values(s.bridge().faults.counts()).reduce((a, b) => a + b)
    expect(struck).toBeGreaterThanOrEqual(5)
  })

  it.each(chances)('frames of the snapshot %s', async (_, plan) => {
    const s = await setUp({ accounts: 2000, trades: 4000 }, { limits: { chunkRows: 100 } })
    s.bridge().faults.set(plan)
    const stop = s.move()
    const desk = s.desk()
    await until('the faults to strike', () => {
      const { gaps } = desk.link.status().counters
      return gaps + desk.link.ignored().duplicates >= 3
    })
    expect(['synchronising', 'stale', 'live']).toContain(desk.link.status().phase)
    s.bridge().faults.clear()
    stop()
    await s.same(desk)
  })

  it('the very last frame dropped, with nothing behind it', async () => {
    const s = await setUp()
    const desk = s.desk()
    await s.same(desk)
    s.bridge().faults.set({ drop: { next: 1 } })
    s.source.transact(1)
    await s.same(desk)
    expect(desk.link.status().counters).toMatchObject({ gaps: 1, resumes: 1, snapshots: 1 })
  })

  it('the snapshot end dropped, with nothing behind it', async () => {
    const s = await setUp()
    s.bridge().faults.set({ drop: { next: 1 }, types: [FrameType.SNAPSHOT_END] })
    const desk = s.desk()
    await s.same(desk)
    expect(desk.link.status().counters.gaps).toBe(1)
  })

  it('everything late, longer than it takes to fill the window', async () => {
    const s = await setUp()
    const desk = s.desk({ settings: { window: { frames: 8, bytes: 65_536 } } })
    await s.same(desk)
    await survive(s, desk, { delay: 150 }, () => s.bridge().faults.counts().delay > 200)
    expect(desk.link.status().counters).toMatchObject({ refused: 0, hashMismatches: 0, snapshots: 1 })
  })

  it('answers dropped or senseless, at every step of the conversation', async () => {
    const s = await setUp()
    s.bridge().faults.set({ answers: { drop: 0.3, corrupt: 0.3 } })
    const desk = s.desk()
    const stop = s.move()
    await until('refused answers', () => desk.link.status().counters.refused >= 5)
    s.bridge().faults.clear()
    stop()
    await s.same(desk)
    expect(desk.link.status().lastRefusal?.fault).toBe('BAD_MESSAGE')
  })

  it('the connection cut', async () => {
    const s = await setUp()
    const desk = s.desk()
    await s.same(desk)
    const stop = s.move()
    for (let i = 1; i <= 5; i++) {
      s.bridge().faults.disconnect('all')
      await until('a reconnect', () => desk.link.status().counters.reconnects === i)
      await until('live', () => desk.link.status().phase === 'live')
    }
    stop()
    await s.same(desk)
    expect(desk.link.status().counters.resumes).toBeGreaterThanOrEqual(4)
  })

  it('a half-open connection: silent both ways, the socket still up', async () => {
    const s = await setUp()
    const desk = s.desk()
    await s.same(desk)
    const phases = new Set<string>()
    desk.link.onStatus(({ phase }) => phases.add(phase))
    await survive(s, desk, { mute: true }, () => phases.has('offline'))
    expect(phases).toContain('stale')
    expect(desk.link.status().counters.reconnects).toBeGreaterThanOrEqual(1)
  })

  it('the bridge restarted with other numbers', async () => {
    const s = await setUp()
    const desk = s.desk()
    await s.same(desk)
    const stop = s.move()
    for (let i = 1; i <= 3; i++) {
      s.bridge().faults.restart()
      await until('the new epoch', () => desk.link.status().epoch === s.bridge().epoch)
      await until('live', () => desk.link.status().phase === 'live')
    }
    stop()
    await s.same(desk)
    expect(desk.link.status().counters.snapshots).toBeGreaterThanOrEqual(4)
  })

  it("the source's world replaced", async () => {
    const s = await setUp()
    const desk = s.desk()
    await s.same(desk)
    s.source.reload(99)
    s.source.transact(10)
    await s.same(desk)
    expect(desk.link.status()).toMatchObject({ epoch: s.bridge().epoch, counters: { snapshots: 2 } })
  })

  it('the bridge killed and started again on the same port', async () => {
    const s = await setUp()
    const desk = s.desk()
    await s.same(desk)
    const before = desk.sink.hashes()
    await s.restartBridge()
    expect(desk.sink.hashes()).toEqual(before)
    s.source.transact(20)
    await s.same(desk)
    expect(desk.sink.hashes()).not.toEqual(before)
  })

  it('a journal too short to resume from', async () => {
    const s = await setUp({}, { limits: { journalEntries: 8 } })
    const desk = s.desk({ settings: { reconnect: { baseMs: 100, capMs: 100 } } })
    await s.same(desk)
    s.bridge().faults.disconnect('all')
    s.source.transact(100)
    await until('the loss', () => desk.link.status().phase !== 'live')
    await s.same(desk)
    expect(desk.link.status().counters).toMatchObject({ resumes: 0, snapshots: 2 })
  })

  it('desks that reconnect and resync at their own wish', async () => {
    const s = await setUp()
    const desk = s.desk()
    await s.same(desk)
    const stop = s.move()
    desk.link.reconnect()
    await until('live again', () => desk.link.status().counters.reconnects === 1)
    await until('live', () => desk.link.status().phase === 'live')
    desk.link.resync()
    expect(desk.link.status().phase).toBe('stale')
    await until('a second snapshot', () => desk.link.status().counters.snapshots === 2)
    desk.link.wake()
    stop()
    await s.same(desk)
  })

  it.each([1, 2, 3, 4])('any sequence of them, seed %i', async (seed) => {
    const random = seededRandom(seed)
    const s = await setUp()
    const desks = [s.desk(), s.desk({ settings: { window: { frames: 4, bytes: 65_536 } } })]
    const stop = s.move()
    for (let i = 0; i < 12; i++) {
      const { faults } = s.bridge()
      const dice = below(random, 11)
      if (dice === 0) faults.disconnect('all')
      else if (dice === 1) faults.disconnect('one')
      else if (dice === 2) faults.restart()
      else if (dice === 3) await s.restartBridge()
      else if (dice === 4) s.source.reload(seed * 100 + i)
      else {
        const chance = 0.02 + random() * 0.2
        const kinds: FaultPlan[] = [
          { drop: chance },
          { duplicate: chance },
          { reorder: chance },
          { truncate: chance },
          { corrupt: chance },
          { delay: 1 + below(random, 50), answers: { drop: chance, corrupt: chance } },
        ]
        faults.set(kinds[dice - 5] ?? {})
      }
      const target = desks.map(({ link }) => link.status().counters.frames + 20)
      await until(`frames after fault ${dice}`, () =>
        desks.every(({ link }, d) => link.status().counters.frames >= (target[d] ?? 0)),
      )
      if (random() < 0.5) s.bridge().faults.clear()
    }
    s.bridge().faults.clear()
    stop()
    for (const desk of desks) await s.same(desk)
    expect(desks.map(({ sink }) => sink.hashes())).toEqual(desks.map(() => s.bridge().hashes()))
  })
})
