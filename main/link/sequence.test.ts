import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ChangeKind } from '../../shared/bridge/streams.ts'
import { jsonFrame } from '../../shared/wire/frames.ts'
import { type FrameHeader, FrameType, openFrame } from '../../shared/wire/header.ts'
import { blankRow, createFakeWorld, type Draft } from './fake-world.ts'
import { checkOrder, type Order, snapshotRows } from './sequence.ts'

const fresh: Order = { followId: 3, n: 0, epoch: 'epoch-0', seqs: null, snapshot: null }

const judge = (order: Order, bytes: Uint8Array<ArrayBuffer>) => {
  const { header, frame } = openFrame(bytes)
  return checkOrder(order, header, frame)
}

const follow = (drafts: readonly Draft[], from: Order = fresh): Order => {
  let order = from
  for (const draft of drafts) {
    const verdict = judge(order, draft(order.n + 1, 3))
    if (verdict.kind !== 'next') throw new Error(JSON.stringify(verdict))
    order = verdict.order
  }
  return order
}

const header = (over: Partial<FrameHeader>): FrameHeader => ({
  type: FrameType.CHANGES,
  stream: 3,
  n: 7,
  scope: 3,
  first: 1,
  rows: 1,
  flags: 0,
  ...over,
})
const nothing = new Uint8Array(40)
const user = { stream: 'users', kind: ChangeKind.UPDATED, row: blankRow('users', { login: 1 }) } as const

describe('order of frames', () => {
  it('a snapshot, changes, ticks, quotes and a checkpoint follow one another', () => {
    const world = createFakeWorld('epoch-0', 40)
    const order = follow(world.snapshot())
    expect(order).toMatchObject({ n: 7, snapshot: null, seqs: { users: 40, ticks: 40 } })
    const drafts = [...world.transact([user, user]), world.tick(1, 1), world.tick(1, 2)]
    drafts.push(world.quotes(1, 2), world.checkpoint())
    expect(follow(drafts, order)).toMatchObject({ n: 13, seqs: { users: 42, ticks: 42 } })
  })

  it('any frame left out is a gap, any repeated one a duplicate, and neither changes anything', () => {
    const world = createFakeWorld('epoch-0')
    const drafts = [...world.snapshot(), ...Array.from({ length: 20 }, () => world.transact([user])).flat()]
    fc.assert(
      fc.property(fc.nat(drafts.length - 2), fc.nat(5), (at, back) => {
        const order = follow(drafts.slice(0, at + 1))
        expect(judge(order, (drafts[at + 1] as Draft)(at + 3, 3)).kind).toBe('gap')
        const old = Math.max(0, at - back)
        expect(judge(order, (drafts[old] as Draft)(old + 1, 3)).kind).toBe('duplicate')
        expect(judge(order, (drafts[at + 1] as Draft)(at + 2, 4)).kind).toBe('foreign')
        expect(judge(order, (drafts[at + 1] as Draft)(at + 2, 3)).kind).toBe('next')
      }),
    )
  })

  it('numbers of a stream have no holes; quotes may jump forward and never back', () => {
    const seqs = { symbols: 0, groups: 0, users: 10, trades: 0, ticks: 100 }
    const order: Order = { ...fresh, n: 6, seqs }
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), (first) => {
        const changes = checkOrder(order, header({ first }), nothing)
        expect(changes.kind).toBe(first === 11 ? 'next' : 'gap')
        const ticks = checkOrder(order, header({ type: FrameType.TICKS, stream: 5, first }), nothing)
        expect(ticks.kind).toBe(first === 101 ? 'next' : 'gap')
        const quotes = checkOrder(order, header({ type: FrameType.QUOTES, stream: 5, first }), nothing)
        expect(quotes.kind).toBe(first >= 100 ? 'next' : 'gap')
      }),
    )
  })

  it('never throws, and never goes anywhere but one on, whatever the header', () => {
    expect.hasAssertions()
    const byte = fc.integer({ min: 0, max: 255 })
    const count = fc.integer({ min: 0, max: 2 ** 31 })
    const order = follow(createFakeWorld('epoch-0').snapshot().slice(0, 3))
    fc.assert(
      fc.property(byte, byte, fc.nat(10), fc.nat(5), count, count, (type, stream, n, scope, first, rows) => {
        const h = header({ type: type as FrameType, stream, n, scope, first, rows })
        const verdict = checkOrder(order, h, nothing)
        expect(verdict.kind === 'next' ? verdict.order.n : order.n + 1).toBe(order.n + 1)
      }),
      { numRuns: 2000 },
    )
  })

  it('stands after a snapshot where its BEGIN said, wherever the follow stood before', () => {
    const world = createFakeWorld('epoch-9', 1000)
    const order: Order = { ...fresh, n: 5, seqs: { symbols: 1, groups: 1, users: 1, trades: 1, ticks: 1 } }
    expect(follow(world.snapshot(), order)).toMatchObject({ n: 12, epoch: 'epoch-9', seqs: { users: 1000 } })
  })
})

describe('order of a snapshot', () => {
  const world = createFakeWorld('epoch-0')
  const [begin, symbols, groups, users, trades, quotes, end] = world.snapshot() as [
    Draft,
    Draft,
    Draft,
    Draft,
    Draft,
    Draft,
    Draft,
  ]
  const kindAfter = (before: Draft[], draft: Draft) => {
    const order = follow(before)
    return judge(order, draft(order.n + 1, 3)).kind
  }

  it('tables come in their order, each from its first row on', () => {
    expect(kindAfter([begin, groups], symbols)).toBe('refused')
    expect(kindAfter([begin, quotes], trades)).toBe('refused')
    expect(kindAfter([begin, symbols], symbols)).toBe('refused')
    expect(kindAfter([begin, symbols, groups, users], trades)).toBe('next')
  })

  it('a table may end short of what was announced: records were deleted meanwhile', () => {
    expect(kindAfter([begin, symbols, users], end)).toBe('next')
    const order = follow([begin, symbols, users])
    expect(order.snapshot && snapshotRows(order.snapshot)).toEqual([2, 5])
  })

  it('more rows than announced are refused', () => {
    const order = follow([begin])
    const many = header({ type: FrameType.SNAPSHOT_ROWS, stream: 3, n: 2, first: 0, rows: 2 })
    expect(checkOrder(order, many, nothing).kind).toBe('refused')
  })

  it('nothing of a book comes before BEGIN, no rows and no end outside, no checkpoint inside', () => {
    for (const draft of [symbols, end, world.checkpoint(), world.tick(1, 1), ...world.transact([user])])
      expect(kindAfter([], draft)).toBe('refused')
    expect(kindAfter([begin], world.checkpoint())).toBe('refused')
    expect(kindAfter([begin, end], symbols)).toBe('refused')
    expect(kindAfter([begin, symbols], begin)).toBe('next')
  })

  it.each([FrameType.SNAPSHOT_BEGIN, FrameType.SNAPSHOT_END, FrameType.CHECKPOINT])(
    'the body of frame type %d meets its schema',
    (type) => {
      const order = type === FrameType.CHECKPOINT ? follow(world.snapshot()) : follow([begin])
      for (const body of [null, 1, [], {}, { seqs: -1 }, { settled: { ticks: 'x' } }]) {
        const n = order.n + 1
        const frame = jsonFrame({ type, stream: 0, n, scope: 3, first: 0, flags: 0 }, body)
        expect(judge(order, frame).kind).toBe('refused')
      }
    },
  )
})
