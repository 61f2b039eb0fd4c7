import { RPCHandler } from '@orpc/server/websocket'
import { ipcMain, MessageChannelMain, type WebContents } from 'electron'
import { PORTS_CHANNEL } from '../../shared/api/ports.ts'
import type { Log } from '../../shared/runtime/ports.ts'
import type { ApiContext } from '../api/context.ts'
import type { Desk } from '../desk.ts'
import { APP_ORIGIN } from './app-origin.ts'
import { framePort, serveCalls } from './port-channels.ts'
import { isOwnMainFrame } from './sender.ts'

export type HandshakeOptions = {
  readonly desk: Promise<Desk>
  /** Who sits at the windows, for the journal. */
  readonly user: string
  readonly log: Log
}

/**
 * Answers a page's request for its ports: one pair for RPC, one for frames, one session a page. Asking again (a
 * reload, a reconnect) ends the session before. This is the only IPC channel there is.
 */
export const answerPortRequests = ({ desk, user, log }: HandshakeOptions): void => {
  const sessions = new Map<WebContents, () => void>()
  const ready = desk.then((started) => ({ desk: started, rpc: new RPCHandler<ApiContext>(started.router) }))

  const connect = async (contents: WebContents): Promise<void> => {
    const on = await ready
    if (contents.isDestroyed()) return
    sessions.get(contents)?.()
    const rpc = new MessageChannelMain()
    const frames = new MessageChannelMain()
    const session = on.desk.openWindow(framePort(frames.port1), user, APP_ORIGIN)
    const end = (): void => {
      if (sessions.get(contents) !== end) return
      sessions.delete(contents)
      session.close()
      rpc.port1.close()
      frames.port1.close()
    }
    sessions.set(contents, end)
    rpc.port1.on('close', end)
    contents.once('destroyed', end)
    serveCalls(on.rpc, rpc.port1, session.context, log)
    rpc.port1.start()
    frames.port1.start()
    contents.postMessage(PORTS_CHANNEL, null, [rpc.port2, frames.port2])
  }

  ipcMain.on(PORTS_CHANNEL, (event) => {
    if (!isOwnMainFrame(event.senderFrame)) {
      log.warn({ url: event.senderFrame?.url ?? null }, 'a request for ports was refused')
      return
    }
    // Whoever started the desk reports why it failed.
    connect(event.sender).catch((error: unknown) =>
      log.error({ error: String(error) }, 'no ports were given'),
    )
  })
}
