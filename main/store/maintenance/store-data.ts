import { randomUUID } from 'node:crypto'
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Backup, ExportManifest, ImportReport, StoreStatus } from '../../../shared/api/data.ts'
import type { Clock, Log } from '../../../shared/runtime/ports.ts'
import { ImportRefused } from '../errors.ts'
import type { JournalLine, JournalSlice } from '../journal/companion.ts'
import { journalTable } from '../journal/export-table.ts'
import { outboxTable } from '../outbox/export-table.ts'
import type { Documents } from '../repository/documents.ts'
import type { KeyRing } from '../sqlite-storage/sealing/key-ring.ts'
import type { SqliteStorage } from '../sqlite-storage/types.ts'
import { exportAll } from '../transfer/export-all.ts'
import { importAll } from '../transfer/import-all.ts'
import type { UndoFile } from '../transfer/undo-log.ts'
import { createBackups } from './backups.ts'
import { sha256Of } from './files.ts'
import { plannedRestore, planRestore } from './restore.ts'

export type StoreData = {
  readonly status: () => Promise<StoreStatus>
  /** @throws BackupFailed */
  readonly backup: () => Promise<Backup>
  /** Looks through a backup and plans it for the next start. @throws BackupFailed */
  readonly planRestore: (name: string) => Promise<void>
  readonly compact: () => Promise<{ bytesBefore: number; bytesAfter: number }>
  readonly check: () => Promise<readonly string[]>
  readonly export: (personal: boolean, by: string) => Promise<{ folder: string; manifest: ExportManifest }>
  /** A folder under `imports` or `exports` of the profile. @throws ImportRefused */
  readonly import: (name: string, dryRun: boolean) => Promise<ImportReport>
}

export type StoreDataOptions = {
  readonly profile: string
  readonly databaseName: string
  readonly storage: SqliteStorage
  readonly documents: Documents
  readonly copyJournal: (to: string) => Promise<unknown>
  /** Lines of the journal behind one, oldest first. */
  readonly journalAfter: (slice: JournalSlice) => Promise<JournalLine[]>
  /** Commands of the outbox behind a key. */
  readonly outboxHistory: Parameters<typeof outboxTable>[0]
  readonly keys: () => KeyRing | null
  readonly worker: URL
  readonly health: () => { ok: boolean; detail: string }
  readonly clock: Clock
  readonly log: Log
}

/** What an import overwrites, until it has ended. */
export const undoFileOf = (profile: string, keys: KeyRing | null): UndoFile => ({
  path: join(profile, 'import.undo'),
  keys,
})

/** `desk/clients/0` is the collection of clients; RxDB's own tables are none of ours. */
const collectionIn = (table: string): string | null => /^desk\/([a-z]+)\/\d+$/.exec(table)?.[1] ?? null

export const createStoreData = (options: StoreDataOptions): StoreData => {
  const {
    profile,
    databaseName,
    storage,
    documents,
    journalAfter,
    outboxHistory,
    keys,
    worker,
    health,
    clock,
    log,
  } = options
  const backups = createBackups({
    profile,
    copyDocuments: (to) => storage.backup(databaseName, to),
    copyJournal: options.copyJournal,
    keys,
    worker,
    clock,
    log,
  })
  const bytesNow = async (): Promise<number> => (await storage.stats(databaseName)).bytes

  const noteExport = async (
    { folder, name, manifest }: Awaited<ReturnType<typeof exportAll>>,
    by: string,
  ): Promise<void> => {
    const at = manifest.createdAt
    const jsonl = manifest.files.filter(({ kind }) => kind === 'jsonl')
    await documents.exports.put({
      id: `${name}:${randomUUID()}`,
      kind: 'everything',
      name,
      definition: '',
      personal: manifest.personal,
      state: 'done',
      at,
      file: folder.slice(-500),
      rows: jsonl.reduce((sum, { rows }) => sum + rows, 0),
      bytes: manifest.files.reduce((sum, { bytes }) => sum + bytes, 0),
      sha256: await sha256Of(join(folder, 'manifest.json')),
      why: '',
      createdAt: at,
      createdBy: by,
      updatedAt: at,
      updatedBy: by,
    })
  }

  return {
    status: async () => {
      const { bytes, freeBytes, collections } = await storage.stats(databaseName)
      return {
        ...health(),
        file: join(profile, 'desk.sqlite'),
        bytes,
        freeBytes,
        sealed: keys() !== null,
        collections: collections.flatMap(({ table, documents: count }) => {
          const name = collectionIn(table)
          return name === null ? [] : [{ name, documents: count }]
        }),
        backups: await backups.list(),
        restoresAtStart: await plannedRestore(profile),
      }
    },
    backup: backups.make,
    planRestore: async (name) => {
      await backups.verify(name)
      await planRestore(profile, name)
    },
    compact: async () => {
      const bytesBefore = await bytesNow()
      await storage.compact(databaseName)
      return { bytesBefore, bytesAfter: await bytesNow() }
    },
    check: () => storage.check(databaseName),
    export: async (personal, by) => {
      const into = join(profile, 'exports')
      await mkdir(into, { recursive: true, mode: 0o700 })
      const made = await exportAll({
        documents,
        tables: [journalTable(journalAfter), outboxTable(outboxHistory)],
        into,
        personal,
        clock,
      })
      await noteExport(made, by)
      return { folder: made.folder, manifest: made.manifest }
    },
    import: async (name, dryRun) => {
      for (const place of ['imports', 'exports']) {
        const folder = join(profile, place, name)
        if (!(await stat(folder).catch(() => null))?.isDirectory()) continue
        return importAll({ folder, documents, undoFile: undoFileOf(profile, keys()), dryRun })
      }
      throw new ImportRefused(`There is no folder ${name} under imports or exports of ${profile}.`)
    },
  }
}
