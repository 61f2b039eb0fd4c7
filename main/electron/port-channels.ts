import type { RPCHandler } from '@orpc/server/websocket'
import type { MessagePortMain } from 'electron'
import type { Log } from '../../shared/runtime/ports.ts'
import type { ApiContext } from '../api/context.ts'
import type { FrameChannel } from '../api/view-hub.ts'

/** View frames over a message port. Electron's main process can only copy, not transfer, so frames are copied. */
export const framePort = (port: MessagePortMain): FrameChannel => ({
  send: (frame) => port.postMessage(frame),
  onFrame: (fn) => {
    port.on('message', ({ data }: { data: unknown }) => {
      if (data instanceof Uint8Array) fn(data)
      else if (data instanceof ArrayBuffer) fn(new Uint8Array(data))
    })
  },
})

/**
 * Serves calls that come through a message port. Messages are handed to oRPC one by one, as the other host does:
 * its own adapter for ports drops the promise of each message, so that a malformed one would end as an unhandled
 * rejection of the whole program.
 */
export const serveCalls = (
  rpc: RPCHandler<ApiContext>,
  port: MessagePortMain,
  context: ApiContext,
  log: Log,
): void => {
  const peer = { send: (data: unknown) => port.postMessage(data), addEventListener: () => {} }
  port.on('message', ({ data }: { data: unknown }) => {
    // Calls of the contract are text; anything else oRPC would first copy into a buffer of the size it claims.
    if (typeof data !== 'string') return log.warn({ type: typeof data }, 'a call from a window was refused')
    rpc.message(peer, data, { context }).catch((error: unknown) => {
      log.warn({ error: String(error) }, 'a call from a window was refused')
    })
  })
  port.on('close', () => rpc.close(peer))
}
