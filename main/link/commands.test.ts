import { describe, expect, it } from 'vitest'
import { type Command, Event } from '../../shared/bridge/protocol.ts'
import { RetCode } from '../../shared/mt4/ret-code.ts'
import { LinkOffline, OutcomeUnknown } from './errors.ts'
import { linkFixture } from './link-fixture.ts'

const deposit = (requestId: string, amount = 10): Command => ({
  type: 'balance:deposit',
  requestId,
  login: 1,
  amount,
  comment: '',
})

const sent = (heard: { event: string; body: unknown }[]) =>
  heard.filter(({ event }) => event === Event.COMMAND).map(({ body }) => (body as Command).requestId)

/** The outcome of a promise as a value, so that a rejection is never unhandled. */
const outcome = (promise: Promise<unknown>) => {
  const box: { value?: unknown; error?: unknown; done: boolean } = { done: false }
  void promise.then(
    (value) => Object.assign(box, { value, done: true }),
    (error: unknown) => Object.assign(box, { error, done: true }),
  )
  return box
}

describe('commands', () => {
  it('are answered', async () => {
    const { link, time, live } = linkFixture()
    await live()
    const box = outcome(link.command(deposit('request-1')))
    await time.advance(10)
    expect(box.value).toEqual({ requestId: 'request-1', code: RetCode.OK, message: 'done' })
  })

  it('are refused while not signed in, with the reason', async () => {
    const { link, time, bridge } = linkFixture()
    const idle = outcome(link.command(deposit('request-1')))
    bridge.reachable = false
    link.start()
    await time.advance(100)
    const offline = outcome(link.command(deposit('request-2')))
    await time.advance(0)
    expect(idle.error).toBeInstanceOf(LinkOffline)
    expect(offline.error).toBeInstanceOf(LinkOffline)
    expect((offline.error as Error).message).toMatch(/not sent: The bridge cannot be reached/)
    expect(sent(bridge.heard)).toEqual([])
  })

  it('lost with the connection are asked for again under the same id', async () => {
    const { link, time, live, bridge } = linkFixture()
    await live()
    bridge.on(Event.COMMAND, () => {})
    const box = outcome(link.command(deposit('request-1')))
    await time.advance(10)
    bridge.wire().cut()
    bridge.on(Event.COMMAND, undefined)
    await time.advance(3000)
    expect(box.value).toMatchObject({ code: RetCode.OK })
    expect(sent(bridge.heard)).toEqual(['request-1', 'request-1'])
  })

  it('lost with the epoch have an unknown outcome', async () => {
    const { link, time, live, bridge } = linkFixture()
    await live()
    bridge.on(Event.COMMAND, () => {})
    const box = outcome(link.command(deposit('request-1')))
    await time.advance(10)
    bridge.restart(0)
    bridge.on(Event.COMMAND, undefined)
    await time.advance(3000)
    expect(box.error).toBeInstanceOf(OutcomeUnknown)
    expect((box.error as OutcomeUnknown).requestId).toBe('request-1')
    expect(sent(bridge.heard)).toEqual(['request-1'])
    const next = outcome(link.command(deposit('request-2')))
    await time.advance(10)
    expect(next.value).toMatchObject({ code: RetCode.OK })
  })

  it('without an answer are asked for again every 15 s and given up after 60 s', async () => {
    const { link, time, live, bridge } = linkFixture()
    await live()
    bridge.on(Event.COMMAND, () => {})
    const box = outcome(link.command(deposit('request-1')))
    await time.advance(59_000)
    expect(box.done).toBe(false)
    expect(sent(bridge.heard).length).toBe(4)
    await time.advance(2000)
    expect(box.error).toBeInstanceOf(OutcomeUnknown)
    expect((box.error as Error).message).toMatch(/no answer within 60 s/)
  })

  it('do not wait longer than 60 s for a bridge that stays away', async () => {
    const { link, time, live, bridge } = linkFixture()
    await live()
    bridge.on(Event.COMMAND, () => {})
    const box = outcome(link.command(deposit('request-1')))
    await time.advance(10)
    bridge.reachable = false
    bridge.wire().cut()
    await time.advance(61_000)
    expect(box.error).toBeInstanceOf(OutcomeUnknown)
  })

  it('with an answer that makes no sense, or about another request, wait for a proper one', async () => {
    const { link, time, live, bridge } = linkFixture()
    await live()
    for (const nonsense of [null, { ok: true }, { requestId: 'request-9', code: 0, message: '' }]) {
      bridge.on(Event.COMMAND, (_, answer) => answer(nonsense))
      const box = outcome(link.command(deposit('request-1')))
      await time.advance(1000)
      expect(box.done).toBe(false)
      bridge.on(Event.COMMAND, undefined)
      await time.advance(15_000)
      expect(box.value).toMatchObject({ requestId: 'request-1' })
    }
    expect(link.status().counters.refused).toBe(3)
  })

  it('of the same id are one while under way; another body under it is refused', async () => {
    const { link, time, live, bridge } = linkFixture()
    await live()
    const first = outcome(link.command(deposit('request-1')))
    const again = outcome(link.command(deposit('request-1')))
    const other = outcome(link.command(deposit('request-1', 99)))
    await time.advance(10)
    expect(first.value).toEqual(again.value)
    expect(other.value).toMatchObject({ requestId: 'request-1', code: RetCode.INVALID_DATA })
    expect(sent(bridge.heard)).toEqual(['request-1'])
  })

  it('under way when the desk closes have an unknown outcome', async () => {
    const { link, time, live, bridge } = linkFixture()
    await live()
    bridge.on(Event.COMMAND, () => {})
    const box = outcome(link.command(deposit('request-1')))
    await link.close()
    await time.advance(10)
    expect(box.error).toBeInstanceOf(OutcomeUnknown)
    expect(time.waiting()).toBe(0)
  })
})
