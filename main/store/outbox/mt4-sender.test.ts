import { describe, expect, it } from 'vitest'
import type { LinkStatus } from '../../../shared/api/models.ts'
import type { Command, CommandAnswer } from '../../../shared/bridge/protocol.ts'
import { RetCode } from '../../../shared/mt4/ret-code.ts'
import { moneyTag } from '../../../shared/outbox/money-tag.ts'
import { createMt4Sender } from './mt4-sender.ts'
import type { Entry } from './types.ts'

const NOW = 1_700_000_000_000
const entry = (other: Partial<Entry> = {}): Entry => ({
  key: 'pay-0001',
  seq: 1,
  place: 1,
  channel: 'mt4',
  lane: 'account:1001',
  command: { type: 'balance:deposit', login: 1001, amount: 100, comment: 'Wire', currency: 'USD' },
  holds: true,
  state: 'sending',
  hold: false,
  unsure: false,
  doubted: false,
  attempts: 1,
  turn: 0,
  sentAt: NOW - 60_000,
  memory: 'http://bridge 1 epoch-1',
  nextAt: 0,
  notAfter: null,
  reason: 'no answer',
  answer: null,
  by: 'ann',
  at: NOW,
  doneAt: null,
  collection: 'payments',
  document: 'p1',
  retryOf: null,
  retriedBy: null,
  rev: 1,
  ...other,
})

type Answering = (command: Command) => Partial<CommandAnswer> | Error

const rig = (answering: Answering) => {
  const status = {
    phase: 'live',
    url: 'http://bridge',
    epoch: 'epoch-1',
    serverTimeOffset: 7200,
    clockOffset: 0,
  } as LinkStatus
  const heard = new Set<(status: LinkStatus) => void>()
  const asked: Command[] = []
  const sender = createMt4Sender({
    link: {
      status: () => status,
      onStatus: (fn) => {
        heard.add(fn)
        return () => heard.delete(fn)
      },
      command: async (command) => {
        asked.push(command)
        const answer = answering(command)
        if (answer instanceof Error) throw answer
        return { requestId: command.requestId, code: RetCode.OK, message: 'done', ...answer }
      },
    },
    isOffline: (error) => error instanceof RangeError,
    manager: '1',
    newId: () => 'question-1',
    clock: { now: () => NOW },
    timers: {
      setTimeout: (fn) => {
        fn()
        return null
      },
      clearTimeout: () => {},
    },
  })
  const say = (other: Partial<LinkStatus>): void => {
    Object.assign(status, other)
    for (const fn of heard) fn(status)
  }
  return { sender, asked, say }
}

describe('a command', () => {
  it('goes out under its key, with its mark in the comment and without what is for people', async () => {
    const { sender, asked } = rig(() => ({ data: { order: 7 } }))
    expect(await sender.send(entry())).toEqual({
      kind: 'answered',
      verdict: 'done',
      reason: 'done (RET_OK)',
      answer: { code: 0, data: { order: 7 } },
    })
    expect(asked).toEqual([
      {
        type: 'balance:deposit',
        requestId: 'pay-0001',
        login: 1001,
        amount: 100,
        comment: `Wire ${moneyTag('pay-0001')}`,
      },
    ])
    await sender.send(entry({ turn: 2 }))
    expect(asked.at(-1)).toMatchObject({
      requestId: 'pay-0001/2',
      comment: `Wire ${moneyTag('pay-0001')}`,
    })
  })

  it('never goes to a bridge other than the one it was written down for', async () => {
    const { sender, asked, say } = rig(() => ({}))
    say({ epoch: 'epoch-2' })
    expect(await sender.send(entry())).toMatchObject({ kind: 'offline' })
    say({ epoch: 'epoch-1', phase: 'synchronising' })
    expect(await sender.send(entry())).toMatchObject({ kind: 'offline' })
    expect(asked).toEqual([])
  })

  it('that is none is refused here', async () => {
    const { sender, asked } = rig(() => ({}))
    const answer = await sender.send(entry({ command: { type: 'unreadable' } }))
    expect(answer).toMatchObject({ kind: 'answered', verdict: 'refused' })
    expect(asked).toEqual([])
  })

  it.each([
    [new RangeError('no socket'), 'offline'],
    [new Error('no answer within 60 s'), 'lost'],
  ])('%s: %s', async (error, kind) => {
    expect(await rig(() => error).sender.send(entry())).toEqual({ kind, reason: error.message })
  })

  it.each([
    [RetCode.TRADE_NO_MONEY, 'refused'],
    [RetCode.TRADE_CONTEXT_BUSY, 'again'],
    [RetCode.TRADE_MARKET_CLOSED, 'again'],
    [RetCode.TRADE_TIMEOUT, 'unsure'],
    [RetCode.TRADE_ACCEPTED, 'accepted'],
    [9999, 'unsure'],
  ])('answered %i is %s', async (code, verdict) => {
    expect(await rig(() => ({ code })).sender.send(entry())).toMatchObject({ kind: 'answered', verdict })
  })

  it('whose id was used for another body may well have been executed', async () => {
    const { sender } = rig(() => ({ code: RetCode.INVALID_DATA }))
    expect(await sender.send(entry({ unsure: true }))).toMatchObject({ verdict: 'unsure' })
    expect(await sender.send(entry())).toMatchObject({ verdict: 'refused' })
  })
})

describe('what came of it', () => {
  const row = (other: object) => ({
    order: 7,
    login: 1001,
    cmd: 6,
    profit: 100,
    comment: `Wire ${moneyTag('pay-0001')}`,
    ...other,
  })
  const look = (rows: unknown, code: number = RetCode.OK) =>
    rig(() => ({ code, data: rows })).sender.look(entry({ state: 'sent', unsure: true }))

  it('is read from the account’s history', async () => {
    expect(await look([row({ order: 1, comment: 'Wire' }), row({})])).toEqual({
      kind: 'found',
      answer: { code: 0, data: { order: 7 } },
    })
  })

  it.each([
    ['nothing', []],
    ['another mark', [row({ comment: `Wire ${moneyTag('pay-0002')}` })]],
    ['the other way', [row({ profit: -100 })]],
    ['credit', [row({ cmd: 7 })]],
    ['another account', [row({ login: 1002 })]],
    ['a trade whose comment a client wrote', [row({ cmd: 0 })]],
  ])('is nothing where there is %s', async (_, rows) => {
    expect(await look(rows)).toEqual({ kind: 'absent' })
  })

  it('stays open where the history cannot be read', async () => {
    expect(await look('nonsense')).toMatchObject({ kind: 'unclear' })
    expect(await look([], RetCode.TRADE_CONTEXT_BUSY)).toMatchObject({ kind: 'unclear' })
    const gone = rig(() => new Error('cut')).sender
    expect(await gone.look(entry())).toEqual({ kind: 'unclear', reason: 'cut' })
  })

  it('is asked for in halves where there is too much of it', async () => {
    const { sender, asked } = rig((command) => {
      if (command.type !== 'trade:history') return {}
      const { from, to } = command
      if (to - from > 4000) return { code: RetCode.INVALID_DATA, message: 'the answer is too long' }
      const at = Math.floor(NOW / 1000) + 7200 - 60
      return { data: from <= at && at <= to ? [row({})] : [] }
    })
    expect(await sender.look(entry())).toMatchObject({ kind: 'found' })
    expect(asked.length).toBeGreaterThan(3)
  })

  it('of a trade only a person can say', async () => {
    const { sender, asked } = rig(() => ({}))
    const close = { type: 'trade:close', order: 5, volume: 100, price: 1.1 }
    expect(await sender.look(entry({ command: close }))).toMatchObject({ kind: 'impossible' })
    expect(asked).toEqual([])
  })
})

describe('the link', () => {
  it('tells when it comes back, or another bridge does, and not otherwise', () => {
    const { sender, say } = rig(() => ({}))
    let came = 0
    const stop = sender.onChange(() => came++)
    say({ lagMs: 3 })
    say({ phase: 'offline' })
    expect([came, sender.ready()]).toEqual([0, false])
    say({ phase: 'live' })
    say({ lagMs: 4 })
    expect(came).toBe(1)
    say({ epoch: 'epoch-2' })
    expect([came, sender.memory()]).toEqual([2, 'http://bridge 1 epoch-2'])
    stop()
    say({ phase: 'offline' })
    say({ phase: 'live' })
    expect(came).toBe(2)
  })
})
