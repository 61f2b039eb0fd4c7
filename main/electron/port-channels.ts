import type { MessagePortMain } from 'electron'
import type { Log } from '../../shared/runtime/ports.ts'
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

type Listener = (event?: { data: unknown }) => unknown

/** The port as oRPC takes it, with whatever a malformed message makes it throw caught and noted. */
export const rpcPort = (port: MessagePortMain, log: Log) => ({
  postMessage: (data: unknown) => port.postMessage(data),
  on: (event: string, fn: Listener) => {
    if (event === 'close') port.on('close', () => void fn())
    if (event !== 'message') return
    port.on('message', ({ data }: { data: unknown }) => {
      Promise.resolve()
        .then(() => fn({ data }))
        .catch((error: unknown) => log.warn({ error: String(error) }, 'a call from a window was refused'))
    })
  },
})
