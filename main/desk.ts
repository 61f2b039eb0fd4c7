import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import type { DeskStatus } from '../shared/api/models.ts'
import { type Api, createApi } from './api/api.ts'
import { createBook } from './book/book-client.ts'
import { readBookSettings } from './book-settings.ts'
import { createCrm } from './crm/create-crm.ts'
import { lastBookFor, startWith } from './desk-last-book.ts'
import type { DeskOptions } from './desk-options.ts'
import { createStatusBoard } from './desk-status.ts'
import { startEmbeddedBridge } from './embedded-bridge.ts'
import { createLink } from './link/create-link.ts'
import { LinkOffline } from './link/errors.ts'
import type { LinkCredentials } from './link/types.ts'
import { createPayments } from './office/create-payments.ts'
import { createPatience } from './patience.ts'
import { createRisk } from './risk/create-risk.ts'
import { createStatements } from './statements/create-statements.ts'
import { createStore } from './store/create-store.ts'
import { createOutbox } from './store/outbox/create-outbox.ts'
import { createMt4Sender } from './store/outbox/mt4-sender.ts'
import { superviseBook } from './supervised-book.ts'

export type Desk = {
  readonly router: Api['router']
  readonly openWindow: Api['openWindow']
  readonly status: () => DeskStatus
  /** The machine woke from sleep. */
  readonly wake: () => void
  readonly close: () => Promise<void>
}

/**
 * The wiring, read top to bottom: book, store, bridge, link, risk, outbox, payments, status, API. Closed in the opposite order; what was
 * already started is closed too when a later part does not start.
 * @throws what its parts throw: those of the keys, StoreInUse, StoreTooNew, StoreUnavailable, BookSettingsError, EmbeddedBridgeFailed
 */
export const createDesk = async (options: DeskOptions): Promise<Desk> => {
  const started = new AsyncDisposableStack()
  try {
    return await wire(options, started)
  } catch (error) {
    await started.disposeAsync()
    throw error
  }
}

const wire = async (options: DeskOptions, started: AsyncDisposableStack): Promise<Desk> => {
  const { clock, timers, log, base } = options
  // From the start: what is loaded first leaves each heap with the room that the snapshot will want.
  const patience = createPatience(setFlagsFromString)
  patience.take()
  started.defer(patience.lose)
  await mkdir(options.profile, { recursive: true })
  // First, for it warms up while the rest starts.
  const settings = await readBookSettings(join(options.profile, 'book.json'))
  const startBook = () => createBook({ workerUrl: options.bookWorker, base, settings, log })
  const book = superviseBook(startBook, clock, log)
  started.defer(book.close)
  const store = await createStore({
    path: join(options.profile, 'desk.sqlite'),
    worker: options.storeWorker,
    searchWorker: options.searchWorker,
    keys: options.keys,
    clock,
    timers,
    log,
  })
  started.defer(store.close)

  const lastBook = lastBookFor(options, store.keys?.sealer ?? null, book)
  // Behind the link and before the book: then it is the whole of what came.
  started.defer(() => lastBook?.close())

  const bridge = await reachBridge(options, started)
  const link = createLink({
    ...bridge,
    sink: book,
    clock,
    timers,
    random: options.random,
    newId: options.newId,
    log,
    client: { name: 'Deskline', version: options.version },
  })
  started.defer(link.close)
  book.onRestart(() => {
    link.resync()
    lastBook?.bookRestarted()
    void lastBook?.restore()
  })
  // A book that stays down shows nothing new: a link that went on would call old figures live.
  book.onCrash(() => void link.close())

  const risk = await createRisk({ store, account: book.account, base, clock, log })
  started.defer(risk.close)
  book.onMarks(risk.marks)

  const outbox = await createOutbox({
    door: store.outbox,
    senders: {
      mt4: createMt4Sender({
        link,
        isOffline: (error) => error instanceof LinkOffline,
        manager: 'login' in bridge.credentials ? String(bridge.credentials.login) : 'token',
        newId: options.newId,
        clock,
        timers,
      }),
    },
    clock,
    timers,
    random: options.random,
    log,
  })
  started.defer(async () => outbox.close())
  const payments = await createPayments({
    documents: store.documents.payments,
    outbox,
    account: book.account,
    clock,
    log,
  })
  started.defer(payments.close)

  const statements = createStatements({ workerUrl: options.statementWorker, timers, log })
  started.defer(statements.close)

  const board = createStatusBoard({ book, lastBook, link, store, clock, timers })
  started.defer(board.close)
  started.defer(
    link.onStatus(({ phase }) => {
      patience.follow(phase)
      book.setLive(phase === 'live')
      lastBook?.setLive(phase === 'live')
    }),
  )

  const api = createApi(
    {
      facts: { version: options.version, host: options.host, demo: options.bridge.kind === 'embedded', base },
      book,
      link,
      risk,
      statements,
      crm: createCrm({ documents: store.documents, account: book.account, clock, newId: options.newId }),
      store,
      outbox,
      payments,
      status: board.status,
      onStatus: board.onStatus,
      clock,
      newId: options.newId,
    },
    options.trustedOrigins,
    log,
  )
  startWith(lastBook, link.start, options)

  return {
    router: api.router,
    openWindow: api.openWindow,
    status: board.status,
    wake: link.wake,
    close: () => started.disposeAsync(),
  }
}

/** Address and credentials of the bridge; starts the embedded one where it is wanted. */
const reachBridge = async (
  { bridge, bridgeWorker, log }: DeskOptions,
  started: AsyncDisposableStack,
): Promise<{ url: string; credentials: LinkCredentials }> => {
  if (bridge.kind === 'url') return { url: bridge.url, credentials: bridge.credentials }
  const embedded = await startEmbeddedBridge(bridgeWorker, bridge.argv, log)
  started.defer(embedded.close)
  return { url: embedded.url, credentials: { token: embedded.token } }
}
