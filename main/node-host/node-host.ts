import type { Log, Timers } from '../../shared/runtime/ports.ts'
import type { Desk } from '../desk.ts'
import { createAssets } from '../host/assets.ts'
import { addressesOf } from './addresses.ts'
import { isLoopback, type Listen } from './arguments.ts'
import { createDoor } from './door.ts'
import { health } from './health.ts'
import { createHttpHandler } from './http-handler.ts'
import { openServer } from './listen.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { newToken } from './token.ts'

export type NodeHostOptions = {
  readonly listen: Listen
  /** Folder of the built windows. */
  readonly assetRoot: string
  readonly version: string
  readonly user: string
  /** Called once it is known under which origins windows will come. */
  readonly startDesk: (trustedOrigins: readonly string[]) => Promise<Desk>
  readonly clock: { readonly now: () => number }
  readonly timers: Timers
  readonly log: Log
}

export type NodeHost = {
  /** Address to open, with the token in its fragment (browsers send a fragment to nobody). */
  readonly url: string
  /** The same for the terminal: a token that was handed in stays out of its history and of service logs. */
  readonly shownUrl: string
  /** Settles when the desk behind the windows runs, or with the reason why it does not. */
  readonly ready: Promise<void>
  readonly close: () => Promise<void>
}

/**
 * The desk for browsers: listens first, so that the page loads while the desk starts.
 * @throws ListenError
 */
export const createNodeHost = async (options: NodeHostOptions): Promise<NodeHost> => {
  const { listen, clock, timers, log } = options
  const startedAt = clock.now()
  const { server, port } = await openServer(listen)
  const addresses = addressesOf(listen.host, port, listen.tls !== null, listen.origin)
  const token = listen.token ?? newToken()
  const starting = options.startDesk(addresses.origins)
  const door = createDoor({ desk: starting, addresses, token, user: options.user, timers, log })

  let desk: Desk | null = null
  let metrics: Metrics | null = null
  const start = async (): Promise<void> => {
    const started = await starting
    desk = started
    metrics = createMetrics({ status: started.status, windows: door.windows, sockets: () => door.counts })
  }
  const ready = start()

  server.on(
    'request',
    createHttpHandler({
      assets: createAssets(options.assetRoot, addresses.sockets),
      addresses,
      bearer: isLoopback(listen.host) ? null : token,
      health: () =>
        desk &&
        health(desk.status(), {
          version: options.version,
          node: process.version,
          startedAt,
          now: clock.now(),
          windows: door.windows(),
        }),
      metrics: () => metrics,
    }),
  )
  server.on('upgrade', door.upgrade)

  return {
    url: `${addresses.origin}/#token=${token}`,
    shownUrl: `${addresses.origin}/#token=${listen.token === null ? token : '<access-token>'}`,
    ready,
    close: async () => {
      door.close()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      await ready.catch(() => {})
      await desk?.close()
      metrics?.close()
      server.closeAllConnections()
      await closed
    },
  }
}
