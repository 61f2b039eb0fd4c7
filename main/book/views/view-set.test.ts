import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ViewKind, ViewSpec } from '../../../shared/api/views.ts'
import { openFrame } from '../../../shared/wire/header.ts'
import { isWhole } from '../../../shared/wire/view-frames.ts'
import { createHarness, frameReader, type Harness, viewRows } from '../testing/harness.ts'
import { groupRow, quoteRow, symbolRow, tradeRow, userRow } from '../testing/rows.ts'
import { anyRecords, anySpec, anyStep, type Step } from '../testing/worlds.ts'

/** What the frames of an open view carry: the whole slice or what changed in it. */

const records = {
  symbols: [symbolRow({ symbol: 'EURUSD', index: 0 })],
  groups: [groupRow({ group: 'real' })],
  users: [1, 2, 3].map((login) => userRow({ login, group: 'real' })),
  trades: [
    tradeRow({ order: 11, login: 1, openPrice: 1.2 }),
    tradeRow({ order: 12, login: 2, openPrice: 1.21, cmd: 1 }),
  ],
}
const quotes = [quoteRow(0, 1.205, 1.2051, 1_700_006_460_000)]
const spec: ViewSpec = {
  kind: 'accounts',
  filter: {},
  sort: { column: 'equity', descending: true },
  from: 0,
  count: 10,
  pace: 30,
  hold: false,
}
const started = (): Harness => {
  const harness = createHarness()
  harness.feed.snapshot(records, quotes)
  harness.core.openView(1, spec)
  return harness
}
const last = (harness: Harness) => {
  const frame = harness.frames.findLast((f) => f.viewId === 1)?.frame as Uint8Array
  return {
    bytes: frame.byteLength,
    whole: isWhole(openFrame(frame.slice()).header),
    n: harness.frames.length,
  }
}
const settle = (harness: Harness, ms = 150): void => {
  harness.core.ackView(1, harness.frames.length)
  harness.pass(ms)
}

describe('frames of a view', () => {
  it('state the whole slice first, then what moved in it', () => {
    const harness = started()
    expect(last(harness)).toMatchObject({ whole: true, n: 1 })
    harness.feed.ticks([{ symbol: 0, bid: 1.206, ask: 1.2061, time: 1_700_006_461_000 }])
    settle(harness)
    expect(last(harness)).toMatchObject({ whole: false, n: 2 })
    const rows = viewRows('accounts', harness.read('accounts', 1).data)
    expect(rows.map((row) => row['floating'])).toEqual([600, 390, 0])
  })

  it('carry only the head once a second while nothing moves', () => {
    const harness = started()
    settle(harness, 1000)
    const { bytes, whole, n } = last(harness)
    expect([whole, n]).toEqual([false, 2])
    expect(bytes).toBe(48 + Math.ceil(JSON.stringify(harness.read('accounts', 1).meta).length / 8) * 8)
  })

  it('state the whole slice again for another question, but not when the order is only held', () => {
    const harness = started()
    const whole = (change: Partial<ViewSpec>): boolean => {
      settle(harness)
      harness.core.changeView(1, { ...spec, ...change })
      return last(harness).whole
    }
    expect(whole({ hold: true })).toBe(false)
    expect(whole({ hold: false })).toBe(false)
    expect(whole({ from: 1 })).toBe(true)
    expect(whole({ filter: { login: 2 } })).toBe(true)
    expect(whole({ filter: { login: 2 }, columns: ['login', 'equity'] })).toBe(true)
    expect(harness.read('accounts', 1).data).toEqual({
      rows: 1,
      columns: { login: Int32Array.of(2), equity: Float64Array.of(1490) },
    })
  })

  it('state the whole slice to a window that asks the same again, and of another book', () => {
    const harness = started()
    settle(harness)
    harness.core.changeView(1, { ...spec })
    expect(last(harness)).toMatchObject({ whole: true, n: 2 })
    settle(harness)
    harness.feed.newScope()
    harness.feed.snapshot(records, quotes)
    settle(harness)
    expect(last(harness)).toMatchObject({ whole: true, n: 3 })
  })
})

const play = ({ feed }: Harness, step: Step): void => {
  if ('changes' in step) feed.changes(step.changes)
  else if ('ticks' in step) feed.ticks(step.ticks)
  else feed.quotes(step.quotes)
}

type Act = { step: Step } | { ask: ViewSpec }
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: anyStep.map((step) => ({ step })) },
  {
    weight: 2,
    arbitrary: fc.tuple(anySpec, fc.boolean()).map(([ask, hold]) => ({ ask: { ...ask, hold, pace: 30 } })),
  },
)

describe('changes upon changes', () => {
  it('leave the window with what the desk would state as a whole, whatever happens', () => {
    const history = fc.array(fc.record({ act: anyAct, ms: fc.constantFrom(110, 600), check: fc.boolean() }), {
      minLength: 1,
      maxLength: 14,
    })
    let changes = 0
    fc.assert(
      fc.property(anyRecords, anySpec, history, (given, opened, acts) => {
        const harness = createHarness()
        harness.feed.snapshot(given, given.quotes)
        const { kind } = opened
        let now: ViewSpec = { ...opened, pace: 30 }
        harness.core.openView(1, now)
        const read = frameReader<ViewKind>(kind)
        let seen = 0
        const shown = () => {
          let latest: ReturnType<typeof read> | undefined
          for (; seen < harness.frames.length; seen++) {
            const bytes = harness.frames[seen]?.frame as Uint8Array
            if (!isWhole(openFrame(bytes.slice()).header)) changes++
            latest = read(bytes)
          }
          if (latest) state = latest
          return { ...state, rows: viewRows(kind, state.data), n: 0, data: null }
        }
        let state = read(harness.frames[seen++]?.frame as Uint8Array)
        for (const { act, ms, check } of acts) {
          if ('step' in act) play(harness, act.step)
          else {
            // A view's kind is never changed; its columns may go and come.
            const ask = { ...act.ask, kind, sort: act.ask.kind === kind ? act.ask.sort : now.sort }
            if (ms === 110) now = ask
            else now = { ...now, hold: ask.hold }
            harness.core.changeView(1, now)
          }
          settle(harness, ms)
          shown()
          if (!check) continue
          // An order that is old is made anew with the frame that comes after a second at the latest.
          settle(harness, 1000)
          const before = shown()
          harness.core.ackView(1, harness.frames.length)
          harness.core.changeView(1, now)
          expect(last(harness).whole).toBe(true)
          expect(before).toEqual(shown())
        }
      }),
      { numRuns: 300 },
    )
    expect(changes).toBeGreaterThan(300)
  })
})
