import type { RawData, WebSocket } from 'ws'
import type { Log, Timers } from '../../shared/runtime/ports.ts'
import type { FrameChannel } from '../api/view-hub.ts'
import type { SocketCounts } from './metrics.ts'

/** The transport of one window once it has shown its token. */
export type WindowSocket = {
  readonly frames: FrameChannel
  /** Resolves when the text is with the operating system: a slow window slows its own streams and nobody else's. */
  readonly sendText: (text: string) => Promise<void>
  readonly onText: (fn: (text: string) => void) => void
  readonly onClose: (fn: () => void) => void
}

/**
 * Views wait for acknowledgements, so even 64 of them stay far below this; a window that lets so much pile up has
 * stopped reading.
 */
const MAX_BUFFERED_BYTES = 32 * 1024 * 1024
/** A window that has not answered a ping by the next one is gone. */
const PING_MS = 15_000

const bytesOf = (data: RawData): Uint8Array =>
  Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? new Uint8Array(data) : data

/** Text is RPC, binary is frames; the two never mix. */
export const createWindowSocket = (
  socket: WebSocket,
  counts: SocketCounts,
  timers: Timers,
  log: Log,
): WindowSocket => {
  let takeFrame: (bytes: Uint8Array) => void = () => {}
  let takeText: (text: string) => void = () => {}
  const closed: (() => void)[] = []
  let answered = true
  let timer: unknown

  const beat = (): void => {
    if (!answered) return socket.terminate()
    answered = false
    socket.ping()
    timer = timers.setTimeout(beat, PING_MS)
  }
  timer = timers.setTimeout(beat, PING_MS)

  socket.on('pong', () => {
    answered = true
  })
  socket.on('message', (data, isBinary) => {
    if (isBinary) {
      counts.framesReceived += 1
      takeFrame(bytesOf(data))
    } else {
      counts.callsReceived += 1
      takeText(Buffer.from(bytesOf(data)).toString('utf8'))
    }
  })
  socket.on('close', () => {
    timers.clearTimeout(timer)
    for (const fn of closed) fn()
  })

  return {
    frames: {
      send: (frame) => {
        if (socket.readyState !== socket.OPEN) return
        if (socket.bufferedAmount > MAX_BUFFERED_BYTES) {
          log.warn({ buffered: socket.bufferedAmount }, 'a window has stopped reading and was disconnected')
          socket.terminate()
          return
        }
        counts.framesSent += 1
        counts.frameBytesSent += frame.byteLength
        socket.send(frame, { binary: true })
      },
      onFrame: (fn) => {
        takeFrame = fn
      },
    },
    sendText: (text) =>
      new Promise((resolve) => {
        // A send that fails is followed by `close`, which ends the calls behind it.
        if (socket.readyState === socket.OPEN) socket.send(text, () => resolve())
        else resolve()
      }),
    onText: (fn) => {
      takeText = fn
    },
    onClose: (fn) => {
      closed.push(fn)
    },
  }
}
