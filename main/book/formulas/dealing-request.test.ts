import { describe, expect, it } from 'vitest'
import { ExecutionMode } from '../../../shared/mt4/enums.ts'
import { RetCode } from '../../../shared/mt4/ret-code.ts'
import { type DealingRequest, type RequestEvent, RequestStatus, stepRequest } from './dealing-request.ts'

const waiting: DealingRequest = {
  id: 7,
  status: RequestStatus.REQUEST,
  manager: 0,
  exemode: ExecutionMode.INSTANT,
  sell: false,
  price: 1.1001,
  deviation: 0,
  quickMode: true,
  timeout: 7,
  digits: 5,
  outcome: 'open',
  answeredAt: 0,
}
const take = (manager = 101): RequestEvent => ({ kind: 'take', manager })
const prices = { manager: 101, bid: 1.1, ask: 1.10012 }

/** Plays events one second apart; answers the last step. */
const play = (request: DealingRequest, ...events: RequestEvent[]) => {
  let step = { request, code: RetCode.OK as RetCode }
  for (const [i, event] of events.entries()) step = stepRequest(step.request, event, 100 + i)
  return step
}

describe('a dealing request', () => {
  it('is held by one dealer', () => {
    const { request, code } = play(waiting, take())
    expect(request).toMatchObject({ status: RequestStatus.LOCKED, manager: 101 })
    expect(code).toBe(RetCode.TRADE_PROCESS)
    expect(play(request, take(102)).code).toBe(RetCode.TRADE_ORDER_LOCKED)
    expect(play(request, { kind: 'reject', manager: 102 })).toEqual({
      request,
      code: RetCode.TRADE_ORDER_LOCKED,
    })
  })

  it('executes at the client’s price, in market execution at the dealer’s', () => {
    expect(play(waiting, take(), { kind: 'confirm', ...prices }).request).toMatchObject({
      outcome: 'executed',
      price: 1.1001,
    })
    const market = { ...waiting, exemode: ExecutionMode.MARKET, price: 0 }
    expect(play(market, take(), { kind: 'confirm', ...prices }).request.price).toBe(1.10012)
    expect(play({ ...market, sell: true }, take(), { kind: 'confirm', ...prices }).request.price).toBe(1.1)
    expect(play(market, take(), { kind: 'confirm', ...prices, ask: 0 }).code).toBe(RetCode.TRADE_BAD_PRICES)
    expect(play(market, take(), { kind: 'requote', ...prices }).code).toBe(RetCode.INVALID_DATA)
  })

  it('goes back to the queue with the dealer’s price where quick mode is off', () => {
    const slow = { ...waiting, deviation: 5, quickMode: false }
    const { request, code } = play(slow, take(), { kind: 'requote', ...prices })
    expect(request).toMatchObject({
      status: RequestStatus.REQUEST,
      manager: 0,
      price: 1.10012,
      outcome: 'open',
    })
    expect(code).toBe(RetCode.TRADE_ACCEPTED)
  })

  it('may be accepted after a requote while the group’s time runs', () => {
    const quoted = play(waiting, take(), { kind: 'requote', ...prices }).request
    expect(quoted).toMatchObject({ outcome: 'requoted', price: 1.10012, answeredAt: 101 })
    expect(stepRequest(quoted, { kind: 'accept' }, 108).request).toMatchObject({
      status: RequestStatus.REQUEST,
      price: 1.10012,
    })
    expect(stepRequest(quoted, { kind: 'accept' }, 109)).toEqual({
      request: quoted,
      code: RetCode.TRADE_TIMEOUT,
    })
  })

  it('may be canceled until it is answered', () => {
    expect(play(waiting, take(), { kind: 'cancel' }).request.status).toBe(RequestStatus.CANCELED)
    expect(play(waiting, take(), { kind: 'confirm', ...prices }, { kind: 'cancel' }).code).toBe(
      RetCode.INVALID_DATA,
    )
  })

  it('is answered by nobody who does not hold it', () => {
    for (const kind of ['confirm', 'requote', 'reject', 'reset'] as const)
      expect(play(waiting, { kind, ...prices })).toEqual({ request: waiting, code: RetCode.INVALID_DATA })
  })
})
