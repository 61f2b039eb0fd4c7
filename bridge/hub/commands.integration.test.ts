import { describe, expect, it } from 'vitest'
import { type Command, Event } from '../../shared/bridge/protocol.ts'
import { RetCode } from '../../shared/mt4/ret-code.ts'
import { until } from './test-desk.ts'
import { createHarness, dealer } from './test-harness.ts'

const { world, desk, same } = createHarness()

const deposit = (requestId: string, amount = 100): Command => ({
  type: 'balance:deposit',
  requestId,
  login: 1000,
  amount,
  comment: 'Deposit',
})

const started = async () => {
  const { source, bridge } = await world()
  const d = desk(bridge)
  await d.start(dealer)
  await until('live', d.live)
  return { source, bridge, d }
}

describe('commands', () => {
  it('reach the source, and their effects the desk', async () => {
    const { source, bridge, d } = await started()
    const before = source.users().find((u) => u.login === 1000)?.balance as number
    const answer = await d.command(deposit('request-1'))
    expect(answer).toEqual({ requestId: 'request-1', code: RetCode.OK, message: 'done' })
    await same(d, bridge)
    expect(d.rows('users').get(1000)).toMatchObject({ balance: before + 100 })
  })

  it('run once however often they are sent, from whatever connection', async () => {
    const { source, bridge, d } = await started()
    let open: () => void = () => {}
    source.holdUntil(
      new Promise((resolve) => {
        open = resolve
      }),
    )
    const asked = Promise.all([d.command(deposit('request-1')), d.command(deposit('request-1'))])
    await until('both to arrive', () => bridge.stats().counters.commands === 2)
    open()
    const [first, second] = await asked
    const again = desk(bridge)
    await again.start(dealer)
    const third = await again.command(deposit('request-1'))
    expect([second, third]).toEqual([first, first])
    expect(source.executed).toHaveLength(1)
    expect(bridge.stats().counters).toMatchObject({ commands: 3, repeatedCommands: 2 })
  })

  it('do not read the order of the fields, but do read the fields', async () => {
    const { source, d } = await started()
    const command = deposit('request-1')
    await d.command(command)
    const turned = Object.fromEntries(Object.entries(command).toReversed()) as Command
    expect((await d.command(turned)).code).toBe(RetCode.OK)
    expect((await d.command(deposit('request-1', 101))).code).toBe(RetCode.INVALID_DATA)
    expect(source.executed).toHaveLength(1)
  })

  it('are in the history that is asked for behind them, though they still run and the bridge starts anew', async () => {
    const { source, bridge, d } = await started()
    let open: () => void = () => {}
    source.holdUntil(
      new Promise((resolve) => {
        open = resolve
      }),
    )
    const first = d.command(deposit('request-1', 77)).then(
      () => 'answered',
      () => 'lost',
    )
    await until('it to arrive', () => bridge.stats().counters.commands === 1)
    bridge.faults.restart()
    expect(await first).toBe('lost')
    source.holdUntil(undefined)
    const other = desk(bridge)
    await other.start(dealer)
    const asked = other.command({
      type: 'trade:history',
      requestId: 'history-1',
      login: 1000,
      from: 0,
      to: 2 ** 31,
    })
    await until('the question to arrive', () => bridge.stats().counters.commands === 2)
    open()
    const rows = (await asked).data as { profit: number; comment: string }[]
    expect(rows.filter(({ profit, comment }) => profit === 77 && comment === 'Deposit')).toHaveLength(1)
  })

  it('keep the ids of one manager apart from those of another', async () => {
    const { source, bridge, d } = await started()
    await d.command(deposit('request-1'))
    const other = desk(bridge)
    await other.start({ token: 'a-token-of-the-test' })
    expect((await other.command(deposit('request-1', 5))).code).toBe(RetCode.OK)
    expect(source.executed).toHaveLength(2)
  })

  it('answer RET_TECH_PROBLEM when the source fails, and go on', async () => {
    const { source, bridge, d } = await started()
    source.failWith(new Error('the pump is on fire'))
    const answer = await d.command(deposit('request-1'))
    expect(answer.code).toBe(RetCode.TECH_PROBLEM)
    expect(answer.message).not.toContain('fire')
    source.failWith(undefined)
    expect((await d.command(deposit('request-2'))).code).toBe(RetCode.OK)
    await same(d, bridge)
  })

  it('are refused when they do not fit, and counted', async () => {
    const { source, bridge, d } = await started()
    const refused = await d.ask(Event.COMMAND, { ...deposit('request-1'), amount: -5 })
    expect(refused).toMatchObject({ requestId: 'request-1', code: RetCode.INVALID_DATA })
    expect(source.executed).toHaveLength(0)
    expect(bridge.stats().counters.refusedMessages).toBe(1)
  })
})

describe('messages that do not fit', () => {
  it('are answered, counted, and in the end not heard any more', async () => {
    const { bridge } = await world()
    const d = desk(bridge)
    expect(await d.ask(Event.BEAT, { sent: 1 })).toMatchObject({ code: RetCode.INVALID_DATA })
    await d.hello()
    expect(await d.ask(Event.FOLLOW, {})).toMatchObject({ ok: false, code: RetCode.NOT_ENOUGH_RIGHTS })
    expect(await d.ask(Event.HELLO, {})).toMatchObject({ ok: false, code: RetCode.INVALID_DATA })
    expect(await d.ask('desk:what', {})).toMatchObject({ code: RetCode.NOT_ENOUGH_RIGHTS })
    await d.signIn(dealer)
    expect(await d.ask('desk:what', {})).toMatchObject({ code: RetCode.INVALID_DATA })
    expect(await d.ask(Event.SIGN_IN, dealer)).toMatchObject({ ok: false, code: RetCode.INVALID_DATA })
    d.socket.emit(Event.BEAT, { sent: 1 }, 2, 3)
    d.socket.emit(Event.COMMAND, Buffer.from([1, 2, 3]))
    d.socket.emit(Event.ACK, { followId: 1, n: 1 })
    await until('nine refusals', () => bridge.stats().counters.refusedMessages === 9)
    expect(d.connected()).toBe(true)
    for (let i = 0; i < 92; i++) d.socket.emit('desk:nonsense', i)
    await until('the farewell', () => d.byes.length === 1 && !d.connected())
    expect(d.byes[0]?.code).toBe(RetCode.TOO_FREQUENT)
  })

  it('end the connection when they are too large, and nothing else', async () => {
    const { bridge, d } = await started()
    const other = desk(bridge)
    await other.start(dealer)
    d.socket.emit(Event.BEAT, { sent: 1, more: 'x'.repeat(300_000) })
    await until('the large one to be cut off', () => !d.connected())
    expect(await other.beat(5)).toMatchObject({ sent: 5 })
    await same(other, bridge)
  })
})

describe('status', () => {
  it('is told at hello and, to who is signed in, whenever it changes', async () => {
    const { source, bridge } = await world()
    const [d, stranger] = [desk(bridge), desk(bridge)]
    expect(await d.hello()).toMatchObject({ status: { direct: true, pumping: true, dealing: true } })
    await d.signIn(dealer)
    await stranger.hello()
    const lost = { direct: true, pumping: false, dealing: false, detail: 'pumping lost' }
    source.report(lost)
    await until('the news', () => d.statuses.length === 1)
    expect(d.statuses).toEqual([lost])
    await stranger.signIn(dealer)
    expect(stranger.statuses).toEqual([])
    expect(await desk(bridge).hello()).toMatchObject({ status: lost })
  })
})
