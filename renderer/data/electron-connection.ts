import { RPCLink } from '@orpc/client/message-port'
import type { Transport } from './desk-client.ts'
import { type DesklineBridge, PORTS_MESSAGE } from './ports.ts'

/** Two message ports handed over by the preload; see `ports.ts`. */
export const electronTransport =
  (bridge: DesklineBridge, page: Window): Transport =>
  (events) => {
    let ended = false
    let ports: readonly MessagePort[] = []

    const end = (): void => {
      page.removeEventListener('message', take)
      for (const port of ports) port.close()
    }

    const take = (event: MessageEvent): void => {
      if (event.source !== page || event.data !== PORTS_MESSAGE) return
      const [rpc, frames] = event.ports
      if (!rpc || !frames) return
      page.removeEventListener('message', take)
      ports = [rpc, frames]
      frames.addEventListener('message', (message: MessageEvent<unknown>) => {
        if (message.data instanceof ArrayBuffer) events.onFrame(new Uint8Array(message.data))
        else if (message.data instanceof Uint8Array) events.onFrame(message.data as Uint8Array<ArrayBuffer>)
      })
      rpc.addEventListener('close', () => {
        if (ended) return
        ended = true
        end()
        events.onClosed('The desk closed this window’s channel.', false)
      })
      const link = new RPCLink({ port: rpc })
      rpc.start()
      frames.start()
      events.onOpen({
        link,
        sendFrame: (frame) => frames.postMessage(frame.buffer),
      })
    }

    page.addEventListener('message', take)
    bridge.requestPorts()
    return {
      close: () => {
        ended = true
        end()
      },
    }
  }
