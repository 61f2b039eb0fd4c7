import {
  beatAnswerSchema,
  byeSchema,
  Event,
  type Follow,
  followAnswerSchema,
  type Hello,
  helloAnswerSchema,
  PROTOCOL_VERSION,
  type SignIn,
  signInAnswerSchema,
  statusSchema,
} from '../../shared/bridge/protocol.ts'
import { RetCode } from '../../shared/mt4/ret-code.ts'
import { ask, BAD_MESSAGE, check, type Refuse } from './ask.ts'
import type { LinkEvent } from './events.ts'
import type { SocketLike } from './socket.ts'

type Tell = (event: LinkEvent) => void

export type Greeting = { bridge: string; epoch: string; utc: number; serverTimeOffset: number }

const nonsense = (what: string): LinkEvent => ({ type: 'nonsense', what })

export const sayHello = (
  socket: SocketLike,
  client: { name: string; version: string },
  refuse: Refuse,
  greeted: (greeting: Greeting) => void,
  tell: Tell,
): void => {
  const hello: Hello = {
    protocolMin: PROTOCOL_VERSION,
    protocolMax: PROTOCOL_VERSION,
    client: client.name.slice(0, 64),
    clientVersion: client.version.slice(0, 32),
  }
  ask(socket, Event.HELLO, hello, helloAnswerSchema, refuse, (answer) => {
    if (!answer) tell(nonsense('greeting'))
    else if (!answer.ok) tell({ type: 'hello-refused', code: answer.code, message: answer.message })
    else if (answer.protocol !== PROTOCOL_VERSION) {
      refuse(BAD_MESSAGE, `protocol ${answer.protocol} was not offered`)
      tell({ type: 'hello-refused', code: RetCode.OLD_VERSION, message: `protocol ${answer.protocol}` })
    } else {
      const { bridge, bridgeVersion, epoch, utc, serverTimeOffset, status } = answer
      greeted({ bridge: `${bridge} ${bridgeVersion}`.trim(), epoch, utc, serverTimeOffset })
      tell({ type: 'hello', epoch, pumping: status.pumping, detail: status.detail })
    }
  })
}

export const signIn = (socket: SocketLike, credentials: SignIn, refuse: Refuse, tell: Tell): void =>
  ask(socket, Event.SIGN_IN, credentials, signInAnswerSchema, refuse, (answer) => {
    if (!answer) return tell(nonsense('answer to the sign-in'))
    if (answer.ok) return tell({ type: 'signed-in' })
    const { code, message, retryAfterMs } = answer
    return tell({ type: 'sign-in-refused', code, message, retryAfterMs })
  })

export const askToFollow = (
  socket: SocketLike,
  request: Follow,
  refuse: Refuse,
  opened: (followId: number, resumed: boolean, epoch: string) => void,
  tell: Tell,
): void =>
  ask(socket, Event.FOLLOW, request, followAnswerSchema, refuse, (answer) => {
    if (!answer) return tell(nonsense('answer to the request for the book'))
    if (!answer.ok) return tell({ type: 'follow-refused', message: answer.message })
    const resumed = answer.mode === 'resume'
    if (resumed && answer.epoch !== request.resume?.epoch) {
      refuse(BAD_MESSAGE, `resumed epoch ${answer.epoch}, asked for was ${request.resume?.epoch ?? 'none'}`)
      return tell(nonsense('answer to the request for the book'))
    }
    opened(answer.followId, resumed, answer.epoch)
    return tell({ type: 'followed', resumed })
  })

export type BeatFacts = {
  sent: number
  utc: number
  serverTimeOffset: number
  followId: number
  lastFrame: number
}

export const sendBeat = (
  socket: SocketLike,
  sent: number,
  refuse: Refuse,
  answered: (facts: BeatFacts) => void,
): void =>
  ask(socket, Event.BEAT, { sent }, beatAnswerSchema, refuse, (answer) => {
    if (!answer) return
    if (answer.sent === sent) answered(answer)
    else refuse(BAD_MESSAGE, `beat ${sent} was answered as ${answer.sent}`)
  })

/** Listens to what the bridge says unasked, apart from frames. */
export const listen = (socket: SocketLike, refuse: Refuse, tell: Tell): void => {
  socket.on('connect', () => tell({ type: 'connected' }))
  socket.on('connect_error', () => tell({ type: 'lost', reason: 'The bridge cannot be reached' }))
  socket.on('disconnect', () => tell({ type: 'lost', reason: 'The connection to the bridge was lost' }))
  socket.on(Event.STATUS, (payload) => {
    const status = check(statusSchema, payload, Event.STATUS, refuse)
    if (status) tell({ type: 'bridge-status', pumping: status.pumping, detail: status.detail })
  })
  socket.on(Event.BYE, (payload) => {
    const bye = check(byeSchema, payload, Event.BYE, refuse)
    if (bye) tell({ type: 'bye', code: bye.code, message: bye.message })
  })
}
