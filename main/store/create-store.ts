import { randomUUID } from 'node:crypto'
import { dirname, join } from 'node:path'
import { addRxPlugin, createRxDatabase } from 'rxdb'
import { RxDBMigrationSchemaPlugin } from 'rxdb/plugins/migration-schema'
import { outboxChannels } from '../../shared/outbox/outgoing.ts'
import { type Clock, type Log, systemTimers, type Timers } from '../../shared/runtime/ports.ts'
import { type RxCollections, rxCollections } from './documents/collections.ts'
import { moveRules } from './documents/move-rules.ts'
import { StoreUnavailable } from './errors.ts'
import { alertsOf } from './facades/alerts.ts'
import { layoutsOf } from './facades/layouts.ts'
import { rulesOf } from './facades/rules.ts'
import { createHealth, damaged, type Health, inWords } from './health.ts'
import { JOURNAL, type JournalLine, type JournalPlace } from './journal/companion.ts'
import { createJournal } from './journal/journal.ts'
import { openStoreKeys } from './keys/open-store-keys.ts'
import type { DeskKeys, KeyMeans } from './keys/types.ts'
import { applyRestore, holdRestored } from './maintenance/restore.ts'
import { createStoreData, undoFileOf } from './maintenance/store-data.ts'
import { OUTBOX } from './outbox/companion.ts'
import type { OutboxHistory } from './outbox/table.ts'
import { lockProfile } from './profile-lock.ts'
import { createDocuments } from './repository/documents.ts'
import { searchStore } from './search/store-search.ts'
import { ensureSoundFile, type Moved } from './sound-file.ts'
import { StorageFull, StorageReadOnly } from './sqlite-storage/errors.ts'
import { wasClosedCleanly } from './sqlite-storage/look-at-file.ts'
import { createSealer, type Sealer } from './sqlite-storage/sealing/sealer.ts'
import { getRxStorageNodeSqlite } from './sqlite-storage/sqlite-storage.ts'
import type { SqliteStorage } from './sqlite-storage/types.ts'
import { undoImport } from './transfer/undo-log.ts'
import type { Store } from './types.ts'

const DATABASE = 'desk'

export type StoreOptions = {
  /** The document file; the journal lies beside it as `journal.sqlite`. Null keeps both in memory. */
  path: string | null
  /** The worker thread's entry: the bundled file, or by default `worker.ts` from source. */
  worker?: URL
  /** Entry of the thread that searches documents on disk; without it nothing is searched. */
  searchWorker?: URL
  /** What unlocks the desk's keys. Without it personal data is not sealed: for stores in memory and tests. */
  keys?: KeyMeans
  clock: Clock
  timers?: Timers
  log: Log
}

/** A store with what only one on disk has. */
export type DeskStore = Store & {
  /**
   * Null where nothing is sealed. `rotate` also begins to seal anew what is stored; `sealer` is for whoever seals
   * something of his own, and takes new keys by itself.
   */
  readonly keys: (DeskKeys & { readonly sealer: Sealer }) | null
}

const keysOf = (keys: DeskKeys, storage: SqliteStorage, search: Store['search']): DeskStore['keys'] => {
  const sealer = createSealer(keys.ring())
  return {
    ...keys,
    sealer,
    rotate: async () => {
      // The new key is on the disk before anything is sealed with it.
      const ring = await keys.rotate()
      sealer.use(ring)
      search?.useKeys(ring)
      await storage.useKeys(DATABASE, ring)
      return ring
    },
  }
}

/**
 * What the quick look at the start cannot see in a large file is looked for behind it, where the last process did not
 * come to its end. Nothing waits for it.
 */
const checkBehind = (storage: SqliteStorage, health: Health, log: Log): void => {
  const look = async (): Promise<void> => {
    try {
      const faults = await storage.check(DATABASE)
      if (faults.length === 0) return
      log.error({ faults }, 'the file is damaged')
      health.complain(damaged)
    } catch (error) {
      log.warn({ error }, 'the file could not be checked')
    }
  }
  void look()
}

const damagedInWords = (file: string, { aside, salvaged }: Moved): string => {
  const kept = `The damaged file was kept as ${aside}.`
  if (!salvaged) return `${file} was damaged, and a fresh one is in use. ${kept}`
  const { rows, lost } = salvaged
  const read = lost.length === 0 ? 'Everything' : `What could be read (${rows} rows)`
  const missing = lost.length === 0 ? '' : ` Some of ${lost.join(', ')} could not be read.`
  return `${file} was damaged. ${read} was taken over into a new one.${missing} ${kept}`
}

/**
 * The desk's documents and its journal. One process at a time. A damaged file is moved aside and what can be read of it
 * goes into a new one; `health()` says so until the next start.
 * @throws StoreInUse, StoreTooNew, StoreUnavailable, and what `openStoreKeys` throws
 */
export const createStore = async (options: StoreOptions): Promise<DeskStore> => {
  const started = new AsyncDisposableStack()
  try {
    if (options.path !== null) started.defer(lockProfile(options.path, options.clock))
    return await open(options, started)
  } catch (error) {
    await started.disposeAsync()
    const isOurs = error instanceof StorageReadOnly || error instanceof StorageFull
    throw isOurs ? new StoreUnavailable(options.path ?? 'memory', error) : error
  }
}

const open = async (
  {
    path,
    worker = new URL('./worker.ts', import.meta.url),
    searchWorker,
    keys: means,
    clock,
    timers = systemTimers,
    log,
  }: StoreOptions,
  started: AsyncDisposableStack,
): Promise<DeskStore> => {
  addRxPlugin(RxDBMigrationSchemaPlugin)
  const journalPath = path && join(dirname(path), 'journal.sqlite')
  const keys = path && means ? await openStoreKeys({ path, means, clock, log }) : null
  const health = createHealth()
  if (path !== null) {
    const on = { profile: dirname(path), keys: keys?.ring() ?? null, worker, clock, log }
    await applyRestore(on).catch((error: unknown) => {
      log.error({ error }, 'a planned restore was given up')
      health.complain(`The planned restore was given up and nothing was changed. ${inWords(error)}`)
    })
  }
  const wasClean = path === null || wasClosedCleanly(path)
  /** Something of the documents could not be read: what was sent to the server may not be known any more. */
  let incomplete = false
  for (const file of [path, journalPath]) {
    const moved = file && ensureSoundFile(file, clock)
    if (!moved) continue
    health.complain(damagedInWords(file, moved))
    log.error({ file, ...moved }, 'a database file was damaged and has been moved aside')
    if (file === path && moved.salvaged && moved.salvaged.lost.length > 0) incomplete = true
  }

  const storage = getRxStorageNodeSqlite({
    filename: path ?? ':memory:',
    worker,
    workerData: { journalPath } satisfies JournalPlace,
    ...(keys ? { keys: keys.ring() } : {}),
  })
  storage.onSealing(DATABASE, (notice) => {
    if ('failed' in notice) log.error(notice, 'sealing with the new key stopped; it is tried again')
    else if (notice.done) log.info(notice, 'everything is sealed with the new key')
  })
  const database = await createRxDatabase<RxCollections>({
    name: DATABASE,
    storage,
    multiInstance: false,
    eventReduce: false,
  })
  started.defer(async () => {
    await database.close()
  })
  await database.addCollections(rxCollections(keys !== null))
  if (!wasClean) checkBehind(storage, health, log)
  const documents = createDocuments(database.collections, timers, log, health.note)
  await moveRules(documents.settings, documents.definitions, clock.now(), log)
  const undone =
    path === null ? 0 : await undoImport(undoFileOf(dirname(path), keys?.ring() ?? null), documents)
  if (undone > 0) log.warn({ documents: undone }, 'an import that did not come to its end was undone')
  const holdOutbox = async (by: string): Promise<void> => {
    const at = clock.now()
    for (const channel of outboxChannels)
      await storage.call(DATABASE, OUTBOX, 'pause', { channel, paused: true, by, at })
  }
  if (incomplete) await holdOutbox('damaged file')
  if (path !== null && (await holdRestored(dirname(path), () => holdOutbox('restore'))))
    log.warn({}, 'the outbox is held: what it sent since the backup is not known to it')
  const askJournal = (method: string, input: unknown) => storage.call(DATABASE, JOURNAL, method, input)
  await askJournal('open', null).catch((error: unknown) => {
    log.error({ error }, 'the journal cannot be opened')
    health.complain(`The journal cannot be opened: ${inWords(error)}`)
  })
  const journal = createJournal({ call: askJournal, session: randomUUID(), timers, log })
  started.defer(journal.close)
  const search =
    path !== null && searchWorker
      ? searchStore({
          filename: path,
          databaseName: DATABASE,
          opened: database.collections,
          keys: keys?.ring() ?? null,
          worker: searchWorker,
          timers,
          log,
        })
      : null
  if (search) started.defer(search.close)

  const healthNow = () => {
    const { lines, why } = journal.waiting()
    const said = health.said()
    if (lines > 0) said.push(`${lines} journal lines wait for the disk. ${inWords(why)}`)
    return { ok: said.length === 0, detail: said.join(' ') || (path ?? 'in memory') }
  }
  return {
    keys: keys && keysOf(keys, storage, search),
    search,
    documents,
    outbox: {
      call: (method, input) => storage.call(DATABASE, OUTBOX, method, input),
      onNotice: (fn) => storage.onNotice(DATABASE, OUTBOX, fn),
    },
    alerts: alertsOf(documents.alerts),
    rules: rulesOf(documents.definitions, clock, log),
    layouts: layoutsOf(documents.settings),
    journal,
    data:
      path === null
        ? null
        : createStoreData({
            profile: dirname(path),
            databaseName: DATABASE,
            storage,
            documents,
            copyJournal: (to) => askJournal('backup', to),
            journalAfter: (slice) => askJournal('after', slice) as Promise<JournalLine[]>,
            outboxHistory: (slice) =>
              storage.call(DATABASE, OUTBOX, 'history', slice) as Promise<OutboxHistory[]>,
            keys: () => keys?.ring() ?? null,
            worker,
            health: healthNow,
            clock,
            log,
          }),
    health: healthNow,
    close: () => started.disposeAsync(),
  }
}
