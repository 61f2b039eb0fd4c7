import { describe, expect, it } from 'vitest'
import { Event } from '../../shared/bridge/protocol.ts'
import { FrameType } from '../../shared/wire/header.ts'
import { until } from '../hub/test-desk.ts'
import { createHarness, dealer } from '../hub/test-harness.ts'
import type { FaultPlan } from './types.ts'

const { world, desk, same } = createHarness()

/** A live desk at the head of a bridge, and the means to move both on. */
const live = async () => {
  const { source, bridge } = await world()
  const d = desk(bridge)
  await d.start(dealer)
  await until('the head', () => d.checkpoints.length > 0)
  /** One frame of changes. */
  const move = (): void =>
    source.apply(
      source
        .users()
        .slice(0, 3)
        .map((row) => ({ stream: 'users', kind: 1, row })),
    )
  const settle = async (): Promise<void> => {
    bridge.faults.clear()
    await d.follow()
    d.problems.length = 0
    await same(d, bridge)
  }
  return { source, bridge, d, move, settle }
}

const hit = async (plan: FaultPlan) => {
  const all = await live()
  all.bridge.faults.set(plan)
  const before = all.d.headers.length
  all.move()
  return { ...all, before }
}

describe('faults of frames', () => {
  it('drop loses exactly the next frames', async () => {
    const { bridge, d, move, settle } = await hit({ drop: { next: 1 } })
    await until('the loss', () => bridge.faults.counts().drop === 1)
    move()
    await until('the hole', () => d.problems.length > 0)
    expect(d.problems[0]).toMatch(/^frame \d+ follows \d+$/)
    await settle()
  })

  it('duplicate sends one twice', async () => {
    const { d, settle } = await hit({ duplicate: { next: 1 } })
    await until('the second', () => d.problems.length > 0)
    expect(d.headers.at(-1)?.n).toBe(d.headers.at(-2)?.n)
    await settle()
  })

  it('reorder sends one behind the next, or alone after a while', async () => {
    const { bridge, d, move, settle } = await hit({ reorder: { next: 1 } })
    await until('the first held', () => bridge.faults.counts().reorder === 1)
    move()
    await until('both', () => d.problems.length >= 2)
    expect(d.headers.at(-1)?.n).toBe((d.headers.at(-2)?.n ?? 0) - 1)
    await settle()
    bridge.faults.set({ reorder: { next: 1 } })
    move()
    await same(d, bridge)
  })

  it.each(['truncate', 'corrupt'] as const)('%s damages a frame so that it is refused', async (name) => {
    const { bridge, d, settle } = await hit({ [name]: { next: 1 } })
    await until('the damage to be seen', () => d.problems.length === 1)
    expect(d.problems[0]).toContain('WireError')
    expect(bridge.faults.counts()[name]).toBe(1)
    await settle()
  })

  it('hit only the types they are meant for', async () => {
    const { source, bridge, d, move } = await live()
    bridge.faults.set({ drop: 1, types: [FrameType.TICKS, FrameType.QUOTES] })
    source.tick(5)
    await until('ticks to be lost', () => bridge.faults.counts().drop === 1)
    move()
    await until('the changes', () => d.seqs().users === bridge.seqs().users)
    expect(d.seqs().ticks).toBe(0)
  })

  it('delay keeps the order of frames and answers', async () => {
    const { bridge, d, move } = await live()
    bridge.faults.set({ delay: 40 })
    move()
    await until('the frame in the line', () => bridge.faults.counts().delay > 0)
    const asked = d.beat(1)
    await until('the answer in the line', () => bridge.faults.counts().delay > 1)
    bridge.faults.clear()
    for (let i = 0; i < 5; i++) move()
    expect((await asked).lastFrame).toBeLessThanOrEqual(d.lastFrame())
    await same(d, bridge)
  })

  it('by share strike again alike for the same seed', async () => {
    const counts: unknown[] = []
    for (let run = 0; run < 2; run++) {
      const { bridge, d, move } = await live()
      bridge.faults.set({ drop: 0.3, types: [FrameType.CHANGES] })
      for (let i = 0; i < 30; i++) {
        const sent = bridge.stats().counters.frames
        move()
        await until('it sent', () => bridge.stats().counters.frames > sent)
      }
      d.close()
      counts.push(bridge.faults.counts().drop)
    }
    expect(counts[0]).toBe(counts[1])
    expect(counts[0]).toBeGreaterThan(2)
    expect(counts[0]).toBeLessThan(20)
  })
})

describe('faults of answers', () => {
  it('drop leaves one unanswered, corrupt makes nonsense of it', async () => {
    const { bridge, d } = await live()
    bridge.faults.set({ answers: { drop: { next: 1 } } })
    await expect(d.socket.timeout(100).emitWithAck(Event.BEAT, { sent: 1 })).rejects.toThrow('timed out')
    bridge.faults.set({ answers: { corrupt: { next: 1 } } })
    expect(await d.ask(Event.BEAT, { sent: 1 })).not.toHaveProperty('sent')
    expect(await d.beat(2)).toMatchObject({ sent: 2 })
  })
})

describe('faults of connections', () => {
  it('mute makes the connection half open', async () => {
    const { bridge, d, move, settle } = await live()
    bridge.faults.set({ mute: true })
    move()
    await until('frames to vanish', () => bridge.faults.counts().mute > 0)
    await expect(d.socket.timeout(100).emitWithAck(Event.BEAT, { sent: 1 })).rejects.toThrow('timed out')
    expect(d.connected()).toBe(true)
    await settle()
  })

  it('disconnect cuts one or all without a word', async () => {
    const { bridge, d } = await live()
    const others = [desk(bridge), desk(bridge)]
    for (const other of others) await other.start(dealer)
    expect(bridge.faults.disconnect('one')).toBe(1)
    const all = [d, ...others]
    await until('one to be gone', () => all.filter((x) => x.connected()).length === 2)
    expect(bridge.faults.disconnect('all')).toBe(2)
    await until('all to be gone', () => all.every((x) => !x.connected()))
    expect(all.flatMap((x) => x.byes)).toEqual([])
    expect(bridge.faults.disconnect('one')).toBe(0)
  })

  it('restart goes on with the same world at other numbers', async () => {
    const { source, bridge, d } = await live()
    source.transact(20)
    await same(d, bridge)
    const [epoch, hashes] = [bridge.epoch, bridge.hashes()]
    const command = { type: 'trade:comment' as const, requestId: 'request-1', order: 1, comment: '' }
    await d.command(command)
    bridge.faults.restart()
    await until('the connection to break', () => !d.connected())
    expect(bridge.epoch).not.toBe(epoch)
    expect(bridge.hashes()).toEqual(hashes)
    expect(bridge.seqs().users).not.toBe(d.seqs().users)
    const again = desk(bridge)
    expect(await again.start(dealer, d.resumeFrom())).toMatchObject({ mode: 'snapshot', epoch: bridge.epoch })
    source.transact(20)
    source.tick(20)
    await same(again, bridge)
    await again.command(command)
    expect(source.executed).toHaveLength(2)
    again.close()
    source.transact(20)
    const third = desk(bridge)
    third.takeOver(again)
    expect(await third.start(dealer, again.resumeFrom())).toMatchObject({ mode: 'resume' })
    await same(third, bridge)
  })
})
