import type { WebSocket } from 'ws'
import type { Timers } from '../../shared/runtime/ports.ts'
import { isToken, readGreeting } from './token.ts'

const GREETING_MS = 10_000

/** Close code after which a window does not try again by itself (renderer/data/ports.ts). */
const WRONG_TOKEN = 4401

export type GreetingOutcome = 'welcome' | 'wrong token' | 'silent'

/** Waits for the first message of a window, which must be `{"token":"…"}`; anything else ends the connection. */
export const greet = (
  socket: Pick<WebSocket, 'once' | 'off' | 'close'>,
  token: string,
  timers: Timers,
  done: (outcome: GreetingOutcome) => void,
): void => {
  const settle = (outcome: GreetingOutcome): void => {
    timers.clearTimeout(timer)
    socket.off('message', read)
    socket.off('close', gone)
    if (outcome === 'wrong token')
      socket.close(WRONG_TOKEN, 'The token was wrong. Open the address the desk printed at its start.')
    if (outcome === 'silent') socket.close(WRONG_TOKEN, 'No token came.')
    done(outcome)
  }
  const read = (data: Buffer, isBinary: boolean): void => {
    const given = isBinary ? null : readGreeting(data.toString('utf8'))
    settle(given !== null && isToken(token, given) ? 'welcome' : 'wrong token')
  }
  const gone = (): void => settle('silent')
  const timer = timers.setTimeout(gone, GREETING_MS)
  socket.once('message', read)
  socket.once('close', gone)
}
