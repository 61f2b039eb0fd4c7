import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { DeskStatus } from '../shared/api/models.ts'
import { type Api, createApi } from './api/api.ts'
import { createBook } from './book/book-client.ts'
import type { DeskOptions } from './desk-options.ts'
import { createStatusBoard } from './desk-status.ts'
import { startEmbeddedBridge } from './embedded-bridge.ts'
import { createLink } from './link/create-link.ts'
import { createRisk } from './risk/create-risk.ts'
import { createStore } from './store/create-store.ts'
import { superviseBook } from './supervised-book.ts'

export type Desk = {
  readonly router: Api['router']
  readonly openWindow: Api['openWindow']
  readonly status: () => DeskStatus
  /** The machine woke from sleep. */
  readonly wake: () => void
  readonly close: () => Promise<void>
}

/** The wiring, read top to bottom: store, book, link, risk, API. Closed in the opposite order. */
export const createDesk = async (options: DeskOptions): Promise<Desk> => {
  const { clock, timers, log, base } = options
  await mkdir(options.profile, { recursive: true })
  const store = await createStore({ path: join(options.profile, 'desk.sqlite'), clock, log })

  const book = superviseBook(() => createBook({ workerUrl: options.bookWorker, base, log }), clock, log)

  const embedded =
    options.bridge.kind === 'embedded'
      ? await startEmbeddedBridge(options.bridgeWorker, options.bridge.argv, log)
      : null
  const bridge =
    options.bridge.kind === 'url'
      ? options.bridge
      : { url: embedded?.url ?? '', credentials: { token: embedded?.token ?? '' } }
  const link = createLink({
    url: bridge.url,
    credentials: bridge.credentials,
    sink: book,
    clock,
    timers,
    random: options.random,
    newId: options.newId,
    log,
    client: { name: 'Deskline', version: options.version },
  })

  book.onRestart(link.resync)

  const risk = await createRisk({ store, account: book.account, base, clock, log })
  book.onMarks(risk.marks)

  const board = createStatusBoard({ book, link, store, clock, timers })
  const unfollow = link.onStatus((status) => book.setLive(status.phase === 'live'))

  const api = createApi(
    {
      facts: { version: options.version, host: options.host, demo: embedded !== null, base },
      book,
      link,
      risk,
      store,
      status: board.status,
      onStatus: board.onStatus,
      clock,
      newId: options.newId,
    },
    options.trustedOrigins,
    log,
  )
  link.start()

  return {
    router: api.router,
    openWindow: api.openWindow,
    status: board.status,
    wake: link.wake,
    close: async () => {
      unfollow()
      board.close()
      await link.close()
      await embedded?.close()
      await risk.close()
      await book.close()
      await store.close()
    },
  }
}
