import { StorageClosed } from '../errors.ts'
import {
  type CollectionSpec,
  type Documents,
  type EngineStart,
  type OperationName,
  type Operations,
  type RangeAsked,
  SEALING,
} from '../protocol.ts'
import { beginAgain } from '../sealing/key-list.ts'
import type { Companion, SqliteStorageStats } from '../types.ts'
import { checkFile } from './check-file.ts'
import { createCheckpoints } from './checkpoints.ts'
import { createCollections } from './collections.ts'
import { openCompanions } from './companions.ts'
import { copyFile } from './copy-file.ts'
import { createFileSealing } from './file-sealing.ts'
import { isOldTable } from './old-table.ts'
import { openFile } from './open-file.ts'
import { partsOf } from './parts.ts'
import { createPieces } from './pieces.ts'
import { quoted } from './quoted.ts'
import { createResealLoop } from './reseal-loop.ts'
import { createTransactions } from './transactions.ts'

/** When whoever opened the file has had his first answers. */
const QUIET_MS = 2_000

export type Engine = { readonly run: (op: OperationName, input: unknown) => unknown }

type Handlers = {
  readonly [K in OperationName]: (
    input: Operations[K]['input'],
  ) => Operations[K]['output'] | Promise<Operations[K]['output']>
}

const pieced = (documents: Iterable<string | undefined>): Documents => {
  const pieces = createPieces()
  for (const document of documents) if (document !== undefined) pieces.add(document)
  return pieces.done()
}

/** One open file and everything that can be asked of it. */
export const createEngine = (
  start: EngineStart,
  given: readonly Companion[],
  notify: (companion: string, message: unknown) => void,
): Engine => {
  const db = openFile(start)
  const transactions = createTransactions(db)
  const sealing = createFileSealing({
    db,
    transactions,
    keys: start.keys,
    readOnly: start.readOnly,
  })
  const { sealer } = sealing
  const resealing = sealer && createResealLoop({ db, transactions, sealer, tell: (n) => notify(SEALING, n) })
  const resealWhereNeeded = (): void => {
    if (sealing.needsResealing()) resealing?.start()
  }
  resealWhereNeeded()
  const companions = openCompanions(given, db, transactions, sealing, start, notify)
  const collections = createCollections(db, transactions, companions, sealing)
  /** RxDB itself is only needed where a query wants more than an index answers; loading it takes a while. */
  let queries: Promise<typeof import('./run-query.ts')> | null = null
  const loadQueries = (): Promise<typeof import('./run-query.ts')> => (queries ??= import('./run-query.ts'))
  const loadSoon = setTimeout(() => void loadQueries().catch(() => undefined), QUIET_MS)
  let closed = false
  const checkpoints = start.readOnly || start.filename === ':memory:' ? null : createCheckpoints(db)
  if (checkpoints) transactions.onCommit(checkpoints.committed)

  const pragma = (name: string): number =>
    Object.values(db.prepare(`PRAGMA ${name}`).get() as Record<string, number>)[0] ?? 0

  const stats = (): SqliteStorageStats => {
    const tables = db
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%seq INTEGER PRIMARY KEY, id TEXT%'",
      )
      .all() as { name: string }[]
    return {
      bytes: pragma('page_count') * pragma('page_size'),
      freeBytes: pragma('freelist_count') * pragma('page_size'),
      collections: tables.map(({ name }) => {
        const { n } = db.prepare(`SELECT count(*) AS n FROM ${quoted(name)}`).get() as { n: number }
        return { table: name, documents: n }
      }),
    }
  }

  /** RxDB sorts downward by the texts themselves: where these do not sort as their keys, it has to be done its way. */
  const inOrder = ({ handle, range }: Operations['query']['input']) =>
    range.instead && collections.of(handle).documents.hasOddTexts()
      ? { handle, range: range.instead }
      : { handle, range }
  const needsMore = ({ match, sort, order }: RangeAsked): boolean => match || sort || order === 'groups'

  const found = async ({ handle, range }: Operations['query']['input']): Promise<string[]> => {
    const { runQuery } = await loadQueries()
    const { documents, spec } = collections.of(handle)
    return runQuery(documents, spec.schema, range)
  }

  const upgraded = async (spec: CollectionSpec): Promise<void> => {
    const { upgradeTable } = await import('./upgrade-table.ts')
    const codecs = sealing.codecsOf(spec)
    transactions.write(() => {
      if (!isOldTable(db, spec.table)) return
      sealing.enter(spec)
      upgradeTable(db, spec, codecs.documents)
    })
  }

  const handlers: Handlers = {
    open: (spec) =>
      isOldTable(db, spec.table) ? upgraded(spec).then(() => collections.open(spec)) : collections.open(spec),
    write: ({ handle, rows, more }) => collections.of(handle).write(more ? partsOf(rows, more) : [rows]),
    byIds: ({ handle, ids, withDeleted }) => {
      const { get, getLive } = collections.of(handle).documents
      return pieced(ids.map(withDeleted ? get : getLive))
    },
    query: (given) => {
      const asked = inOrder(given)
      return needsMore(asked.range)
        ? found(asked).then(pieced)
        : pieced(collections.of(asked.handle).documents.scan(asked.range))
    },
    count: (asked) =>
      needsMore(asked.range)
        ? found(asked).then(({ length }) => length)
        : collections.of(asked.handle).documents.countRange(asked.range),
    changedSince: ({ handle, after, limit }) => {
      const pieces = createPieces()
      let last = after
      for (const [seq, document] of collections.of(handle).documents.changedAfter(after, limit)) {
        last = seq
        pieces.add(document)
      }
      return { last, documents: pieces.done() }
    },
    attachment: ({ handle, id, attachment, digest }) =>
      collections.of(handle).attachments?.get(id, attachment, digest) ?? null,
    purge: ({ handle, until, limit }) => collections.of(handle).purge(until, limit),
    drop: ({ handle }) => {
      collections.drop(handle)
      return null
    },
    forget: ({ handle }) => {
      collections.forget(handle)
      return null
    },
    call: ({ companion, method, input }) => companions.call(companion, method, input),
    useKeys: (ring) => {
      sealing.use(ring)
      resealWhereNeeded()
      return null
    },
    backup: ({ toPath }) => copyFile(db, start, toPath),
    compact: () => {
      beginAgain(db)
      db.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)')
      return null
    },
    check: () => checkFile(db),
    stats,
    close: () => {
      closed = true
      checkpoints?.close()
      clearTimeout(loadSoon)
      resealing?.close()
      try {
        companions.close()
      } finally {
        db.close()
      }
      return null
    },
  }
  return {
    run: (op, input) => {
      if (closed) throw new StorageClosed('The file is closed.')
      return handlers[op](input as never)
    },
  }
}
