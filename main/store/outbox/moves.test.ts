import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type OutboxState, outboxStates } from '../../../shared/outbox/rows.ts'
import { holdsLane } from './holds-lane.ts'
import { move } from './moves.ts'
import { nextStep } from './next-step.ts'
import type { Entry, Move } from './types.ts'
import { MAX_WAIT_MS, waitMs } from './wait.ts'

const NOW = 1_000_000
const entry = (other: Partial<Entry> = {}): Entry => ({
  key: 'pay-0001',
  seq: 1,
  place: 1,
  channel: 'mt4',
  lane: 'account:1001',
  command: { type: 'balance:deposit', login: 1001, amount: 100, comment: '' },
  holds: true,
  state: 'pending',
  hold: false,
  unsure: false,
  doubted: false,
  attempts: 0,
  turn: 0,
  sentAt: 0,
  memory: '',
  nextAt: 0,
  notAfter: null,
  reason: '',
  answer: null,
  by: 'ann',
  at: 500_000,
  doneAt: null,
  collection: 'payments',
  document: 'p1',
  retryOf: null,
  retriedBy: null,
  rev: 0,
  ...other,
})
const after = (from: Partial<Entry>, what: Move): Partial<Entry> | string => {
  const result = move(entry(from), what)
  return result.ok ? result.entry : result.why
}
const at = NOW
const send: Move = { do: 'send', at, memory: 'm' }

describe('a command that is sent', () => {
  it('is remembered since it went out first, as long as nobody knows what came of it', () => {
    const lost = { state: 'sent', unsure: true, sentAt: 5, memory: 'm', attempts: 1 } as const
    expect(after(lost, send)).toMatchObject({ state: 'sending', sentAt: 5, attempts: 2 })
    expect(after({ sentAt: 5 }, send)).toMatchObject({ state: 'sending', sentAt: NOW, attempts: 1 })
  })

  it('is not sent again to somebody who never heard of it', () => {
    const lost = { state: 'sent', unsure: true, memory: 'm' } as const
    expect(after(lost, { ...send, memory: 'other' })).toContain('no meaning')
    expect(after({ ...lost, doubted: true }, send)).toContain('no meaning')
    expect(after({ ...lost, hold: true }, send)).toContain('no meaning')
  })

  it('is where it was when it could not be handed over', () => {
    const unsent: Move = { do: 'unsent', at, reason: 'away', nextAt: NOW + 1 }
    expect(after({ state: 'sending', attempts: 1 }, unsent)).toMatchObject({ state: 'pending', attempts: 0 })
    expect(after({ state: 'sending', unsure: true, attempts: 3 }, unsent)).toMatchObject({
      state: 'sent',
      unsure: true,
      attempts: 2,
    })
  })

  it.each([
    ['done', { state: 'confirmed', hold: false, doneAt: NOW }],
    ['refused', { state: 'failed', hold: true, doneAt: NOW, reason: 'why' }],
    ['again', { state: 'pending', unsure: false, turn: 1, nextAt: NOW + 9 }],
    ['unsure', { state: 'sent', unsure: true, doubted: true }],
    ['accepted', { state: 'sent', unsure: true, doubted: true }],
  ] as const)('and answered %s: %o', (verdict, then) => {
    const answered: Move = {
      do: 'answered',
      at,
      verdict,
      reason: 'why',
      answer: { code: 1 },
      nextAt: NOW + 9,
    }
    expect(after({ state: 'sending', unsure: true }, answered)).toMatchObject(then)
  })
})

describe('a command whose effect was looked for', () => {
  const absent: Move = { do: 'absent', at, reason: 'not there' }
  it('goes out under another id where it is not there', () => {
    expect(after({ state: 'sent', unsure: true, turn: 1 }, absent)).toMatchObject({
      state: 'pending',
      unsure: false,
      turn: 2,
    })
  })

  it('has failed where the server itself did not know, or it is too late', () => {
    expect(after({ state: 'sent', doubted: true, reason: 'timeout' }, absent)).toMatchObject({
      state: 'failed',
      reason: 'timeout',
      hold: true,
    })
    expect(after({ state: 'sent', notAfter: NOW - 1 }, absent)).toMatchObject({ state: 'failed', hold: true })
  })
})

describe('a retry', () => {
  it('has the old key where it was never answered, and as much time as before', () => {
    const result = move(entry({ state: 'failed', hold: true, notAfter: 560_000 }), {
      do: 'retry',
      at,
      by: 'bob',
    })
    expect(result).toMatchObject({ ok: true, entry: { state: 'pending', notAfter: NOW + 60_000, turn: 1 } })
    expect(result).not.toHaveProperty('again')
  })

  it('has a key of its own where it was, however long the old one is', () => {
    const keyOf = (key: string) => {
      const result = move(entry({ key, state: 'failed', answer: { code: 134 } }), {
        do: 'retry',
        at,
        by: 'bob',
      })
      return result.ok ? result.again?.key : null
    }
    expect([keyOf('pay-0001'), keyOf('pay-0001~2'), keyOf('pay-0001~9')]).toEqual([
      'pay-0001~2',
      'pay-0001~3',
      'pay-0001~10',
    ])
    expect(keyOf('x'.repeat(56))).toBe(`${'x'.repeat(54)}~2`)
  })
})

const moves: Move[] = [
  send,
  { do: 'unsent', at, reason: '', nextAt: 0 },
  { do: 'answered', at, verdict: 'done', reason: '', answer: null, nextAt: 0 },
  { do: 'lost', at, reason: '', nextAt: 0 },
  { do: 'found', at, answer: null },
  { do: 'absent', at, reason: '' },
  { do: 'unclear', at, reason: '', nextAt: 0 },
  { do: 'ask-person', at, reason: '' },
  { do: 'expire', at },
  { do: 'cancel', at, by: 'bob' },
  { do: 'retry', at, by: 'bob' },
  { do: 'release', at, by: 'bob' },
  { do: 'settle', at, by: 'bob', executed: true },
]

describe('every state', () => {
  const meaning: Readonly<Record<OutboxState, string>> = {
    pending: 'send expire cancel',
    sending: 'unsent answered lost',
    sent: 'send found absent unclear ask-person',
    confirmed: '',
    failed: 'retry',
    cancelled: '',
  }
  it.each(outboxStates)('%s knows its moves and refuses all others', (state) => {
    const known = moves.filter((what) => move(entry({ state, memory: 'm' }), what).ok).map((what) => what.do)
    expect(known.join(' ')).toBe(meaning[state])
  })

  it('waits for a person alone where its lane is held', () => {
    const held = (state: OutboxState) =>
      moves.filter((what) => move(entry({ state, hold: true, memory: 'm' }), what).ok).map((what) => what.do)
    expect(held('failed')).toEqual(['retry', 'release'])
    expect(held('sent')).toEqual(['found', 'absent', 'unclear', 'settle'])
  })

  it('needs next what it can do: no step is refused, so that nothing turns in a circle', () => {
    const some = fc.record({
      state: fc.constantFrom(...outboxStates),
      hold: fc.boolean(),
      unsure: fc.boolean(),
      doubted: fc.boolean(),
      memory: fc.constantFrom('', 'm', 'n'),
      sentAt: fc.integer({ min: 0, max: 2 * NOW }),
      nextAt: fc.integer({ min: 0, max: 2 * NOW }),
      notAfter: fc.option(fc.integer({ min: 0, max: 2 * NOW })),
    })
    const takes = (from: Partial<Entry>): boolean => {
      const step = nextStep(entry(from), { now: NOW, memory: 'm', remembersMs: 60_000 })
      const takesMove = (what: Move): boolean => move(entry(from), what).ok
      switch (step.do) {
        case 'send':
          return takesMove({ do: 'send', at, memory: step.memory })
        case 'look':
          return takesMove({ do: 'unclear', at, reason: '', nextAt: 0 })
        case 'expire':
          return takesMove({ do: 'expire', at })
        case 'lost':
          return takesMove({ do: 'lost', at, reason: '', nextAt: 0 })
        case 'wait':
          return step.ms > 0 && step.ms <= MAX_WAIT_MS
        default:
          return from.hold === true || (from.state !== 'pending' && from.state !== 'sent')
      }
    }
    expect(() => fc.assert(fc.property(some, takes))).not.toThrow()
  })

  it('goes on where the clock was put back', () => {
    const far = { nextAt: NOW + MAX_WAIT_MS + 1 }
    expect(nextStep(entry(far), { now: NOW, memory: 'm', remembersMs: 1 })).toEqual({
      do: 'send',
      memory: 'm',
    })
  })
})

describe('the wait', () => {
  it('doubles from a second to five minutes, less up to a half', () => {
    expect([1, 2, 3, 9, 10, 50].map((n) => waitMs(n, 0))).toEqual([
      1000, 2000, 4000, 256_000, 300_000, 300_000,
    ])
    expect([1, 3, 50].map((n) => waitMs(n, 0.999_999))).toEqual([500, 2000, 150_000])
  })
})

describe('what stops its lane', () => {
  it.each([
    ['mt4', 'balance:deposit', true],
    ['mt4', 'credit:out', true],
    ['mt4', 'trade:open', true],
    ['mt4', 'trade:close', true],
    ['mt4', 'trade:comment', false],
    ['mt4', 'trade:modify', false],
    ['mail', 'balance:deposit', false],
  ] as const)('%s %s: %s', (channel, type, stops) => {
    expect(holdsLane({ channel, command: { type } })).toBe(stops)
  })
})
