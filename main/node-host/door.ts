import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { RPCHandler } from '@orpc/server/websocket'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Log, Timers } from '../../shared/runtime/ports.ts'
import type { ApiContext } from '../api/context.ts'
import type { Desk } from '../desk.ts'
import type { Addresses } from './addresses.ts'
import { greet } from './greeting.ts'
import type { SocketCounts } from './metrics.ts'
import { createWindowSocket } from './window-socket.ts'

/** Layouts are the largest thing a window sends (200,000 characters). */
const MAX_MESSAGE_BYTES = 1024 * 1024
const MAX_WINDOWS = 64

export type Door = {
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  readonly windows: () => number
  readonly counts: Readonly<SocketCounts>
  readonly close: () => void
}

export type DoorOptions = {
  readonly desk: Promise<Desk>
  readonly addresses: Addresses
  readonly token: string
  /** Who sits at the windows, for the journal. */
  readonly user: string
  readonly timers: Timers
  readonly log: Log
}

/** Why a request for `/ws` is refused before it becomes a socket, as an HTTP status; null = it is let in. */
export const upgradeRefusal = (
  request: Pick<IncomingMessage, 'url' | 'headers'>,
  origins: readonly string[],
  windows: number,
): string | null => {
  if (request.url?.split('?')[0] !== '/ws') return '404 Not Found'
  if (!origins.includes(request.headers.origin ?? '')) return '403 Forbidden'
  return windows >= MAX_WINDOWS ? '503 Service Unavailable' : null
}

/**
 * Where windows come in: `/ws`, from one of our own origins, with the token as first message; then oRPC on text and
 * view frames on binary messages.
 */
export const createDoor = ({ desk, addresses, token, user, timers, log }: DoorOptions): Door => {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  })
  const open = new Set<WebSocket>()
  const counts: SocketCounts = {
    framesSent: 0,
    frameBytesSent: 0,
    framesReceived: 0,
    callsReceived: 0,
    refused: 0,
  }
  const refused = (facts: object, message: string): void => {
    counts.refused += 1
    log.warn(facts, message)
  }
  const ready = desk.then((started) => ({ desk: started, rpc: new RPCHandler<ApiContext>(started.router) }))
  // Whoever started the desk reports why it failed.
  ready.catch(() => {})
  type Ready = Awaited<typeof ready>

  const admit = ({ desk, rpc }: Ready, socket: WebSocket, origin: string): void => {
    const window = createWindowSocket(socket, counts, timers, log)
    const session = desk.openWindow(window.frames, user, origin)
    const peer = { send: (text: unknown) => window.sendText(String(text)), addEventListener: () => {} }
    window.onText((text) => {
      rpc.message(peer, text, { context: session.context }).catch((error: unknown) => {
        refused({ error: String(error) }, 'a call from a window was refused')
      })
    })
    window.onClose(() => {
      rpc.close(peer)
      session.close()
    })
  }

  const welcome = (on: Ready, socket: WebSocket, origin: string): void => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', (error) => refused({ error: error.message }, 'a window’s socket failed'))
    greet(socket, token, timers, (outcome) => {
      if (outcome === 'welcome') admit(on, socket, origin)
      else refused({ outcome }, 'a window was refused')
    })
  }

  return {
    upgrade: (request, raw, head) => {
      const refusal = upgradeRefusal(request, addresses.origins, open.size)
      if (refusal !== null) {
        refused({ origin: request.headers.origin, refusal }, 'a window was refused')
        raw.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
        return
      }
      raw.on('error', () => raw.destroy())
      // The page is there before the desk is; its window waits here, before the handshake.
      ready.then(
        (on) =>
          server.handleUpgrade(request, raw, head, (socket) =>
            welcome(on, socket, request.headers.origin ?? ''),
          ),
        () => raw.destroy(),
      )
    },
    windows: () => open.size,
    counts,
    close: () => {
      for (const socket of open) socket.close(1001, 'The desk was stopped.')
      server.close()
    },
  }
}
