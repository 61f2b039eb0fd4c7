import { describe, expect, it } from 'vitest'
import { ChangeKind } from '../../shared/bridge/streams.ts'
import type { FrameSink } from '../../shared/runtime/frame-sink.ts'
import { openFrame } from '../../shared/wire/header.ts'
import { createAcks } from './acks.ts'
import { blankRow, createFakeWorld, type Draft } from './fake-world.ts'
import { createFlow } from './flow.ts'
import { createManualTime } from './manual-time.ts'

const user = { stream: 'users', kind: ChangeKind.UPDATED, row: blankRow('users', { login: 1 }) } as const

const setUp = () => {
  const window = { frames: 100, bytes: 1_000_000 }
  const { timers } = createManualTime()
  const handed: { scope: number; n: number }[] = []
  const sink: FrameSink = {
    accept: ({ scope, n }) => {
      handed.push({ scope, n })
    },
    onApplied: () => {},
    onRefused: () => {},
    onMismatch: () => {},
  }
  const flow = createFlow(sink, createAcks({ timers, ackMs: 50, window, send: () => {} }), window)
  const world = createFakeWorld('epoch-0')
  let n = 0
  const open = (scope: number, resumed: boolean): void => {
    n = 0
    flow.open(scope, 1, resumed, 'epoch-0')
  }
  const take = (drafts: readonly Draft[]): string[] =>
    drafts.map((draft) => {
      const { header, frame } = openFrame(draft(++n, 1))
      return flow.take(header, frame).kind
    })
  const refusal = (scope: number, at: number) =>
    flow.concerns({ scope, n: at, fault: 'BAD_VALUE', detail: '' })
  return { flow, world, open, take, refusal, handed }
}

/** A flow whose sink has a whole book: follow 10, snapshot applied. */
const whole = () => {
  const all = setUp()
  all.open(10, false)
  all.take(all.world.snapshot())
  all.flow.applied({ scope: 10, n: 7, settled: true })
  return all
}

describe('where to resume from', () => {
  it('is nowhere before a snapshot was applied to its end and settled', () => {
    const { flow, world, open, take } = setUp()
    open(10, false)
    take(world.snapshot())
    expect(flow.resume('epoch-0')).toBeUndefined()
    flow.applied({ scope: 10, n: 6, settled: true })
    expect(flow.resume('epoch-0')).toBeUndefined()
    flow.applied({ scope: 10, n: 7, settled: false })
    expect(flow.resume('epoch-0')).toBeUndefined()
    flow.applied({ scope: 10, n: 7, settled: true })
    expect(flow.resume('epoch-0')).toEqual({ epoch: 'epoch-0', seqs: world.seqs() })
  })

  it('is behind what was handed to the sink, applied or not, in its epoch only', () => {
    const { flow, world, take } = whole()
    take(world.transact([user, user]))
    expect(flow.resume('epoch-0')?.seqs.users).toBe(2)
    expect(flow.resume('epoch-1')).toBeUndefined()
    flow.shut(true)
    expect(flow.resume('epoch-0')?.seqs.users).toBe(2)
    flow.shut(false)
    expect(flow.resume('epoch-0')).toBeUndefined()
  })

  it('is behind the book that the sink held from the start, whose faults are of concern from then on', () => {
    const { flow, world, open, take, refusal } = setUp()
    const seqs = { symbols: 4, groups: 3, users: 0, trades: 0, ticks: 0 }
    flow.hold({ epoch: 'epoch-0', seqs })
    expect(flow.resume('epoch-1')).toBeUndefined()
    expect(flow.resume('epoch-0')).toEqual({ epoch: 'epoch-0', seqs })
    open(10, true)
    expect(take(world.transact([user]))).toEqual(['next'])
    expect(flow.resume('epoch-0')?.seqs).toEqual({ ...seqs, users: 1 })
    expect(refusal(10, 1)).toBe(true)
    open(11, false)
    flow.hold({ epoch: 'epoch-0', seqs })
    expect(flow.resume('epoch-0')).toBeUndefined()
  })

  it('is nowhere once another snapshot has begun', () => {
    const { flow, world, take } = whole()
    take(world.snapshot().slice(0, 3))
    expect(flow.resume('epoch-0')).toBeUndefined()
  })
})

describe('a refusal', () => {
  it('of an older follow concerns a follow that resumed from it', () => {
    const { flow, world, open, take, refusal } = whole()
    take(world.transact([user]))
    open(11, true)
    take(world.transact([user]))
    expect(refusal(10, 8)).toBe(true)
    expect(flow.settled()).toBe(false)
  })

  it('of what a snapshot has replaced, or will replace, is of no concern', () => {
    const { world, open, take, refusal } = whole()
    take(world.transact([user]))
    open(11, false)
    expect(refusal(10, 8)).toBe(false)
    take(world.snapshot().slice(0, 2))
    expect(refusal(10, 8)).toBe(false)
    expect(refusal(11, 2)).toBe(true)
    take(world.snapshot())
    expect(refusal(11, 2)).toBe(false)
  })

  it('by a hash concerns only a book that was given a checkpoint', () => {
    const { flow, world, take } = whole()
    expect(flow.mismatchConcerns()).toBe(false)
    take([world.checkpoint()])
    expect(flow.mismatchConcerns()).toBe(true)
    flow.shut(false)
    expect(flow.mismatchConcerns()).toBe(false)
  })
})

describe('frames for the sink', () => {
  it('carry our number of the follow, and none are taken between follows', () => {
    const { flow, world, open, take, handed } = whole()
    flow.shut(true)
    expect(take(world.transact([user]))).toEqual(['foreign'])
    open(12, false)
    expect(take(world.transact([user]))).toEqual(['refused'])
    expect(handed.every(({ scope }) => scope === 10)).toBe(true)
    expect(handed.length).toBe(7)
  })

  it('of an older follow count as under way until they are reported', () => {
    const { flow, world, open, take } = whole()
    take(world.transact([user]))
    open(11, true)
    expect(flow.settled()).toBe(false)
    expect(flow.applied({ scope: 10, n: 8, settled: true })).toMatchObject({ n: 0, settled: true })
    expect(flow.settled()).toBe(true)
  })
})
