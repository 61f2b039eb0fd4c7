import { copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Backup } from '../../../shared/api/data.ts'
import type { Clock, Log } from '../../../shared/runtime/ports.ts'
import { FORMAT } from '../documents/collections.ts'
import { BackupFailed } from '../errors.ts'
import type { KeyRing } from '../sqlite-storage/sealing/key-ring.ts'
import { flush, renameDurably, sha256Of, stampOf } from './files.ts'
import { toPrune } from './prune.ts'
import { verifyInThread } from './verify-in-thread.ts'

const noteSchema = z.object({
  at: z.number(),
  format: z.int(),
  bytes: z.number(),
  documents: z.int(),
  sha256: z.string(),
})

export type BackupsOptions = {
  /** The desk's folder; backups lie in its `backups`. */
  readonly profile: string
  /** Writes a consistent copy of the documents, and of the journal, to a path. */
  readonly copyDocuments: (to: string) => Promise<unknown>
  readonly copyJournal: (to: string) => Promise<unknown>
  readonly keys: () => KeyRing | null
  readonly worker: URL
  readonly clock: Clock
  readonly log: Log
}

const NOTE = 'backup.json'
const MAKING = '.making-'

/** The documents' file in a backup. */
export const backupFile = (profile: string, name: string): string =>
  join(profile, 'backups', name, 'desk.sqlite')

const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((a, b) => a + b, 0)

/** Copies of the desk's data, each in a folder with the time as its name. One is made at a time. */
export const createBackups = (options: BackupsOptions) => {
  const { profile, copyDocuments, copyJournal, keys, worker, clock, log } = options
  const folder = join(profile, 'backups')
  let running: Promise<Backup> | null = null

  const read = async (name: string): Promise<Backup | null> => {
    try {
      const { at, bytes, documents } = noteSchema.parse(
        JSON.parse(await readFile(join(folder, name, NOTE), 'utf8')),
      )
      return { name, at, bytes, documents, verified: true }
    } catch {
      return null
    }
  }
  /** Newest first. What is not a finished backup is not listed. */
  const list = async (): Promise<Backup[]> => {
    const names = await readdir(folder).catch(() => [])
    const found = await Promise.all(names.filter((name) => !name.startsWith('.')).map(read))
    return found.filter((each) => each !== null).toSorted((a, b) => b.at - a.at)
  }

  const prune = async (): Promise<void> => {
    for (const name of toPrune(await list())) {
      await rm(join(folder, name), { recursive: true, force: true })
      log.info({ name }, 'an old backup was removed')
    }
  }

  const freeName = async (at: number): Promise<string> => {
    const taken = new Set(await readdir(folder))
    const stamp = stampOf(at)
    let name = stamp
    for (let n = 2; taken.has(name); n++) name = `${stamp}-${n}`
    return name
  }

  const make = async (): Promise<Backup> => {
    await mkdir(folder, { recursive: true })
    for (const left of await readdir(folder))
      if (left.startsWith(MAKING)) await rm(join(folder, left), { recursive: true, force: true })
    const at = clock.now()
    const name = await freeName(at)
    const making = join(folder, MAKING + name)
    await mkdir(making)
    try {
      const file = join(making, 'desk.sqlite')
      await copyDocuments(file)
      await copyJournal(join(making, 'journal.sqlite'))
      // Locked as it lies in the profile: what opens it is not in the backup.
      await copyFile(join(profile, 'desk.keys'), join(making, 'desk.keys')).catch(() => {})
      const { faults, documents } = await verifyInThread(worker, { path: file, format: FORMAT, keys: keys() })
      if (faults.length > 0) throw new BackupFailed(faults.join(' '))
      const { size } = await stat(file)
      const note = {
        at,
        format: FORMAT,
        bytes: size,
        documents: sum(documents),
        sha256: await sha256Of(file),
      }
      await writeFile(join(making, NOTE), `${JSON.stringify(note, null, 2)}\n`)
      for (const each of await readdir(making)) await flush(join(making, each))
      await flush(making)
      await renameDurably(making, join(folder, name))
      await prune()
      return { name, at, bytes: size, documents: note.documents, verified: true }
    } catch (error) {
      await rm(making, { recursive: true, force: true })
      log.error({ error }, 'a backup could not be made')
      throw error instanceof BackupFailed
        ? error
        : new BackupFailed(error instanceof Error ? error.message : String(error), error)
    }
  }

  return {
    list,
    /** @throws BackupFailed; what was there before stays */
    make: (): Promise<Backup> => {
      running ??= make().finally(() => {
        running = null
      })
      return running
    },
    /** Looks whether a backup is what it was when it was made. @throws BackupUnfit */
    verify: (name: string): Promise<void> => verifyBackup(profile, name, keys(), worker),
  }
}

/** @throws BackupFailed naming what is wrong with it */
export const verifyBackup = async (
  profile: string,
  name: string,
  keys: KeyRing | null,
  worker: URL,
): Promise<void> => {
  const path = backupFile(profile, name)
  try {
    const note = noteSchema.parse(JSON.parse(await readFile(join(profile, 'backups', name, NOTE), 'utf8')))
    if ((await sha256Of(path)) !== note.sha256)
      throw new BackupFailed(`${name} is not what was written: its hash is another.`)
    const { faults, documents } = await verifyInThread(worker, { path, format: FORMAT, keys })
    if (faults.length > 0) throw new BackupFailed(faults.join(' '))
    if (sum(documents) !== note.documents) throw new BackupFailed(`${name} does not hold what it held.`)
  } catch (error) {
    throw error instanceof BackupFailed
      ? error
      : new BackupFailed(`${name}: ${error instanceof Error ? error.message : String(error)}`, error)
  }
}
