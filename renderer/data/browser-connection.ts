import { RPCLink } from '@orpc/client/websocket'
import type { Transport } from './desk-client.ts'
import { REFUSED_CLOSE_CODES, WEBSOCKET_PATH } from './ports.ts'

const TOKEN_KEY = 'deskline.token'

type TokenPlace = {
  readonly location: Pick<Location, 'hash' | 'pathname' | 'search'>
  readonly history: Pick<History, 'replaceState'>
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>
}

/** The token from the address (and out of it, so that it is not seen or bookmarked), else the one kept for this tab. */
export const takeToken = ({ location, history, storage }: TokenPlace): string => {
  const fromHash = new URLSearchParams(location.hash.replace(/^#/, '')).get('token')
  if (!fromHash) return storage.getItem(TOKEN_KEY) ?? ''
  storage.setItem(TOKEN_KEY, fromHash)
  history.replaceState(null, '', location.pathname + location.search)
  return fromHash
}

type RpcSocket = Pick<WebSocket, 'addEventListener' | 'removeEventListener' | 'send' | 'readyState'>

/** The socket as oRPC may see it: text messages only, binary ones are frames. */
const textOnly = (socket: WebSocket): RpcSocket => ({
  get readyState() {
    return socket.readyState
  },
  send: (data) => socket.send(data),
  removeEventListener: socket.removeEventListener.bind(socket),
  addEventListener: ((type: string, fn: (event: Event) => void, options?: AddEventListenerOptions) => {
    const filtered = (event: Event): void => {
      if (typeof (event as MessageEvent).data === 'string') fn(event)
    }
    socket.addEventListener(type, type === 'message' ? filtered : fn, options)
  }) as WebSocket['addEventListener'],
})

const closeReason = (event: CloseEvent): string =>
  event.reason || (event.code === 1006 ? 'The desk does not answer.' : `The desk closed (${event.code}).`)

/** WebSocket to the desk that served this page. */
export const browserTransport =
  (token: string, origin: string): Transport =>
  (events) => {
    const socket = new WebSocket(origin.replace(/^http/, 'ws') + WEBSOCKET_PATH)
    socket.binaryType = 'arraybuffer'
    let ended = false
    socket.addEventListener('open', () => {
      socket.send(JSON.stringify({ token }))
      const link = new RPCLink({ websocket: textOnly(socket) })
      events.onOpen({
        link,
        sendFrame: (frame) => {
          if (socket.readyState === WebSocket.OPEN) socket.send(frame)
        },
      })
    })
    socket.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (event.data instanceof ArrayBuffer) events.onFrame(new Uint8Array(event.data))
    })
    socket.addEventListener('close', (event) => {
      if (ended) return
      ended = true
      events.onClosed(closeReason(event), REFUSED_CLOSE_CODES.includes(event.code))
    })
    return {
      close: () => {
        ended = true
        socket.close()
      },
    }
  }
