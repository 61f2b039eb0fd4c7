import { pointOf } from '../../../shared/money/rounding.ts'
import { ExecutionMode } from '../../../shared/mt4/enums.ts'
import { RetCode } from '../../../shared/mt4/ret-code.ts'

/** `RequestInfo.status`. */
export const RequestStatus = {
  EMPTY: 0,
  REQUEST: 1,
  LOCKED: 2,
  ANSWERED: 3,
  RESETED: 4,
  CANCELED: 5,
} as const
export type RequestStatus = (typeof RequestStatus)[keyof typeof RequestStatus]

/** A client's request as the dealers' queue holds it (reference §1.6, §2.6). Times in seconds of one clock. */
export type DealingRequest = {
  readonly id: number
  readonly status: RequestStatus
  /** Dealer who holds it; 0 = nobody. */
  readonly manager: number
  readonly exemode: number
  readonly sell: boolean
  /** Price the operation would execute at; set by the dealer in market execution. */
  readonly price: number
  /** What the client allows, points (`ieDeviation`); 0 = none. */
  readonly deviation: number
  /** The security's `ieQuickMode`. */
  readonly quickMode: boolean
  /** The group's `timeout`: how long the client may think over a requote. */
  readonly timeout: number
  readonly digits: number
  /** What became of it; `open` until it is decided. */
  readonly outcome: 'open' | 'executed' | 'requoted' | 'rejected' | 'canceled'
  /** When it was answered. */
  readonly answeredAt: number
}

export type RequestEvent =
  | { readonly kind: 'take'; readonly manager: number }
  | { readonly kind: 'confirm'; readonly manager: number; readonly bid: number; readonly ask: number }
  | { readonly kind: 'requote'; readonly manager: number; readonly bid: number; readonly ask: number }
  | { readonly kind: 'reject'; readonly manager: number }
  | { readonly kind: 'reset'; readonly manager: number }
  /** The client withdrew it. */
  | { readonly kind: 'cancel' }
  /** The client takes a requote. */
  | { readonly kind: 'accept' }

/** The request after the event, and the code its sender (dealer or client) gets. A refused event changes nothing. */
export type RequestStep = { readonly request: DealingRequest; readonly code: RetCode }

const refused = (request: DealingRequest, code: RetCode = RetCode.INVALID_DATA): RequestStep => ({
  request,
  code,
})

const take = (request: DealingRequest, manager: number): RequestStep => {
  const { status } = request
  if (status === RequestStatus.LOCKED && request.manager !== manager)
    return refused(request, RetCode.TRADE_ORDER_LOCKED)
  if (status !== RequestStatus.REQUEST && status !== RequestStatus.RESETED) return refused(request)
  return { request: { ...request, status: RequestStatus.LOCKED, manager }, code: RetCode.TRADE_PROCESS }
}

const executed = (request: DealingRequest, price: number, at: number): DealingRequest => ({
  ...request,
  status: RequestStatus.ANSWERED,
  outcome: 'executed',
  price,
  answeredAt: at,
})

/** New prices of the dealer: executed, back in the queue with his price, or a requote, by the client's deviation. */
const requote = (request: DealingRequest, bid: number, ask: number, at: number): RequestStep => {
  if (request.exemode === ExecutionMode.MARKET) return refused(request)
  const price = request.sell ? bid : ask
  if (!(price > 0)) return refused(request, RetCode.TRADE_BAD_PRICES)
  const away = Math.abs(price - request.price) / pointOf(request.digits)
  if (request.deviation > 0 && away <= request.deviation + 1e-6) {
    if (request.quickMode) return { request: executed(request, price, at), code: RetCode.OK }
    const queued = { ...request, status: RequestStatus.REQUEST, manager: 0, price }
    return { request: queued, code: RetCode.TRADE_ACCEPTED }
  }
  return {
    request: { ...request, status: RequestStatus.ANSWERED, outcome: 'requoted', price, answeredAt: at },
    code: RetCode.TRADE_REQUOTE,
  }
}

const accept = (request: DealingRequest, at: number): RequestStep => {
  if (request.outcome !== 'requoted') return refused(request)
  if (at > request.answeredAt + request.timeout) return refused(request, RetCode.TRADE_TIMEOUT)
  const again = { ...request, status: RequestStatus.REQUEST, manager: 0, outcome: 'open' as const }
  return { request: again, code: RetCode.TRADE_ACCEPTED }
}

const cancel = (request: DealingRequest, at: number): RequestStep =>
  request.outcome !== 'open'
    ? refused(request)
    : {
        request: { ...request, status: RequestStatus.CANCELED, outcome: 'canceled', answeredAt: at },
        code: RetCode.TRADE_USER_CANCEL,
      }

/**
 * One step of a request's life. Only the dealer who holds it may answer; a reset gives it back to the queue for any
 * dealer; a reject is final; in market execution the dealer's confirmation sets the price and there is no requote.
 *
 * @param at seconds, the caller's clock
 */
export const stepRequest = (request: DealingRequest, event: RequestEvent, at: number): RequestStep => {
  if (event.kind === 'take') return take(request, event.manager)
  if (event.kind === 'cancel') return cancel(request, at)
  if (event.kind === 'accept') return accept(request, at)
  if (request.status !== RequestStatus.LOCKED) return refused(request)
  if (request.manager !== event.manager) return refused(request, RetCode.TRADE_ORDER_LOCKED)
  switch (event.kind) {
    case 'confirm': {
      const market = request.sell ? event.bid : event.ask
      const price = request.exemode === ExecutionMode.MARKET ? market : request.price
      if (!(price > 0)) return refused(request, RetCode.TRADE_BAD_PRICES)
      return { request: executed(request, price, at), code: RetCode.OK }
    }
    case 'requote':
      return requote(request, event.bid, event.ask, at)
    case 'reject':
      return {
        request: { ...request, status: RequestStatus.ANSWERED, outcome: 'rejected', answeredAt: at },
        code: RetCode.OK,
      }
    case 'reset':
      return { request: { ...request, status: RequestStatus.RESETED, manager: 0 }, code: RetCode.OK }
    default:
      return event satisfies never
  }
}
