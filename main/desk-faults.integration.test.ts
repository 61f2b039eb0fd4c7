import { afterEach, describe, expect, it } from 'vitest'
import type { BridgeOptions } from '../bridge/create-bridge.ts'
import type { FaultPlan } from '../bridge/faults/types.ts'
import { below, seededRandom } from '../bridge/hub/seeded-random.ts'
import type { TestSourceOptions } from '../bridge/hub/test-source.ts'
import { createStage, type Stage } from './link/integration-fixture.ts'
import { createTestBook, settled, type TestBook } from './test-support/book-fixture.ts'
import { until } from './test-support/test-until.ts'

/** Bridge, link and the book in its worker: whatever happens between them, the figures end up right. */

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

const world = async (
  source: TestSourceOptions = {},
  options?: Partial<BridgeOptions>,
): Promise<{ stage: Stage; desk: (settings?: Parameters<typeof createTestBook>[1]) => TestBook }> => {
  const stage = await createStage(source, options)
  closing.push(stage.close)
  return {
    stage,
    desk: (given) => {
      const made = createTestBook(stage.bridge().url, given)
      closing.push(made.close)
      return made
    },
  }
}

const live = (desk: TestBook): Promise<void> =>
  until('the desk to be live', () => desk.link.status().phase === 'live')

const expectSame = async (one: TestBook, stage: Stage): Promise<void> => {
  const { ours, theirs } = await settled(one, stage.bridge())
  expect(ours).toEqual(theirs)
  expect(ours.figures.accounts.rows.length).toBeGreaterThan(0)
}

const struck = (stage: Stage): number =>
  Object.values(stage.bridge().faults.counts()).reduce((sum, count) => sum + count)

const troubles = ({ link }: TestBook): number => link.status().counters.gaps + link.ignored().duplicates

const chances: [string, FaultPlan][] = [
  ['dropped', { drop: 0.1 }],
  ['duplicated', { duplicate: 0.3 }],
  ['reordered', { reorder: 0.1 }],
  ['truncated', { truncate: 0.1 }],
  ['corrupted', { corrupt: 0.1 }],
  ['hit by all of these', { drop: 0.05, duplicate: 0.1, reorder: 0.05, truncate: 0.05, corrupt: 0.05 }],
]

describe('the figures are those of the bridge', () => {
  it.each(chances)('after frames were %s', async (_, plan) => {
    const { stage, desk } = await world()
    const one = desk()
    await live(one)
    const stop = stage.move()
    stage.bridge().faults.set(plan)
    await until('the faults to be noticed', () => troubles(one) >= 5)
    stage.bridge().faults.clear()
    stop()
    await expectSame(one, stage)
    expect(struck(stage)).toBeGreaterThanOrEqual(5)
  })

  it.each(chances)('after frames of the snapshot were %s', async (_, plan) => {
    const { stage, desk } = await world({ accounts: 1500, trades: 3000 }, { limits: { chunkRows: 100 } })
    stage.bridge().faults.set(plan)
    const stop = stage.move()
    const one = desk()
    await until('the faults to be noticed', () => troubles(one) >= 3)
    stage.bridge().faults.clear()
    stop()
    await expectSame(one, stage)
    expect(struck(stage)).toBeGreaterThanOrEqual(3)
  })

  it('after the last frame of all was dropped', async () => {
    const { stage, desk } = await world()
    const one = desk()
    await expectSame(one, stage)
    for (const act of [() => stage.source.transact(1), () => stage.source.tick(1)]) {
      stage.bridge().faults.set({ drop: { next: 1 } })
      act()
      await expectSame(one, stage)
    }
    expect(one.link.status().counters).toMatchObject({ snapshots: 1, hashMismatches: 0 })
  })

  it('after everything came late, for longer than the window holds', async () => {
    const { stage, desk } = await world()
    const one = desk({ settings: { window: { frames: 8, bytes: 65_536 } } })
    await live(one)
    const stop = stage.move()
    stage.bridge().faults.set({ delay: 120 })
    await until('frames to be late', () => stage.bridge().faults.counts().delay > 150)
    stage.bridge().faults.clear()
    stop()
    await expectSame(one, stage)
    expect(one.link.status().counters).toMatchObject({ refused: 0, hashMismatches: 0, snapshots: 1 })
  })

  it('after answers were lost or made no sense', async () => {
    const { stage, desk } = await world()
    stage.bridge().faults.set({ answers: { drop: 0.3, corrupt: 0.3 } })
    const stop = stage.move()
    const one = desk()
    await until('refused answers', () => one.link.status().counters.refused >= 5)
    stage.bridge().faults.clear()
    stop()
    await expectSame(one, stage)
    expect(one.link.status().lastRefusal?.fault).toBe('BAD_MESSAGE')
  })

  it.each(['all', 'one'] as const)('after the connection was cut, of %s', async (who) => {
    const { stage, desk } = await world()
    const one = desk()
    await live(one)
    const stop = stage.move()
    for (let i = 1; i <= 4; i++) {
      stage.bridge().faults.disconnect(who)
      await until('a reconnect', () => one.link.status().counters.reconnects === i)
      await live(one)
    }
    stop()
    await expectSame(one, stage)
    expect(one.link.status().counters.resumes).toBeGreaterThanOrEqual(3)
  })

  it('after a half-open connection', async () => {
    const { stage, desk } = await world()
    const one = desk()
    await live(one)
    const phases = new Set<string>()
    one.link.onStatus(({ phase }) => phases.add(phase))
    const stop = stage.move()
    stage.bridge().faults.set({ mute: true })
    await until('the open view to say that its figures are old', () => one.watched()?.meta.live === false)
    await until('the connection to be given up', () => phases.has('offline'))
    stage.bridge().faults.clear()
    stop()
    await expectSame(one, stage)
    expect(phases).toContain('stale')
  })

  it('after the bridge started anew with other numbers', async () => {
    const { stage, desk } = await world()
    const one = desk()
    await live(one)
    const stop = stage.move()
    for (let i = 1; i <= 3; i++) {
      stage.bridge().faults.restart()
      await until('the new epoch', () => one.link.status().epoch === stage.bridge().epoch)
      await live(one)
    }
    stop()
    await expectSame(one, stage)
    expect(one.link.status().counters.snapshots).toBeGreaterThanOrEqual(4)
  })

  it('after the bridge was killed and started on the same port with another world', async () => {
    const { stage, desk } = await world()
    const one = desk()
    await expectSame(one, stage)
    const before = await one.figures()
    await stage.restartBridge()
    expect(await one.figures()).toEqual(before)
    stage.source.transact(20)
    await expectSame(one, stage)
    expect(await one.figures()).not.toEqual(before)
  })

  it('after the source replaced its world', async () => {
    const { stage, desk } = await world()
    const one = desk()
    await expectSame(one, stage)
    const { epoch } = one.link.status()
    stage.source.reload(99)
    stage.source.transact(10)
    stage.source.tick(10)
    await expectSame(one, stage)
    expect(one.link.status().epoch).not.toBe(epoch)
  })

  it.each([1, 2, 3, 4, 5])('after any sequence of faults, seed %i', async (seed) => {
    const random = seededRandom(seed)
    const { stage, desk } = await world()
    const desks = [desk(), desk({ seed: 12, settings: { window: { frames: 4, bytes: 65_536 } } })]
    const stop = stage.move()
    for (let i = 0; i < 12; i++) {
      const { faults } = stage.bridge()
      const chance = 0.02 + random() * 0.2
      const plans: FaultPlan[] = [
        { drop: chance },
        { duplicate: chance },
        { reorder: chance },
        { truncate: chance },
        { corrupt: chance },
        { delay: 1 + below(random, 50), answers: { drop: chance, corrupt: chance } },
      ]
      const dice = below(random, 5 + plans.length)
      if (dice === 0) faults.disconnect('all')
      else if (dice === 1) faults.disconnect('one')
      else if (dice === 2) faults.restart()
      else if (dice === 3) await stage.restartBridge()
      else if (dice === 4) stage.source.reload(seed * 100 + i)
      else faults.set(plans[dice - 5] as FaultPlan)
      const targets = desks.map(({ link }) => link.status().counters.frames + 20)
      await until(`frames after fault ${dice}`, () =>
        desks.every(({ link }, d) => link.status().counters.frames >= (targets[d] as number)),
      )
      if (random() < 0.5) stage.bridge().faults.clear()
    }
    stage.bridge().faults.clear()
    stop()
    for (const one of desks) await expectSame(one, stage)
    expect(desks.map(({ link }) => link.status().counters.hashMismatches)).toEqual([0, 0])
  })
})
