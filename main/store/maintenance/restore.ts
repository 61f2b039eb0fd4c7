import { copyFile, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { Clock, Log } from '../../../shared/runtime/ports.ts'
import { createOutboxTable } from '../outbox/table.ts'
import type { KeyRing } from '../sqlite-storage/sealing/key-ring.ts'
import { backupFile, verifyBackup } from './backups.ts'
import { flush, renameDurably, stampOf } from './files.ts'

const planSchema = z.object({ name: z.string().min(1).max(120) })

const planOf = (profile: string): string => join(profile, 'restore.json')
/** A backup was put in place, and what it would send out is not held back yet. */
const doneOf = (profile: string): string => join(profile, 'restored.json')
const there = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/** The backup that the next start puts in place, or null. */
export const plannedRestore = async (profile: string): Promise<string | null> => {
  try {
    return planSchema.parse(JSON.parse(await readFile(planOf(profile), 'utf8'))).name
  } catch {
    return null
  }
}

export const planRestore = async (profile: string, name: string): Promise<void> => {
  const path = planOf(profile)
  await writeFile(`${path}.new`, JSON.stringify({ name }))
  await flush(`${path}.new`)
  await renameDurably(`${path}.new`, path)
}

/** Folds the log into the file, so that one file is all there is of it. A damaged one stays in its parts. */
const fold = (file: string): void => {
  try {
    const db = new DatabaseSync(file)
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    db.close()
  } catch {
    // It is moved aside with its log.
  }
}

/**
 * What the copy says is still to be sent may have been sent since it was made: that is looked for first. Before the copy
 * takes its place, so that nothing in between can lose it.
 */
const distrustOutbox = (file: string): void => {
  const db = new DatabaseSync(file)
  try {
    createOutboxTable(db).distrust()
  } finally {
    db.close()
  }
}

export type Restored = { readonly name: string; readonly aside: string | null }

/**
 * Puts the planned backup in place of the present documents, which are moved aside under a name with the time. The journal
 * stays: it only grows. Must be called under the desk's lock, before the file is opened. The present file leaves its
 * place only when the copy lies whole beside it; killed in between, the next start begins again.
 * @throws BackupFailed; then nothing was changed, and the plan is given up
 */
export const applyRestore = async (on: {
  readonly profile: string
  readonly keys: KeyRing | null
  readonly worker: URL
  readonly clock: Clock
  readonly log: Log
}): Promise<Restored | null> => {
  const { profile, keys, worker, clock, log } = on
  const name = await plannedRestore(profile)
  if (name === null) return null
  const file = join(profile, 'desk.sqlite')
  const copy = `${file}.restoring`
  try {
    await verifyBackup(profile, name, keys, worker)
    for (const suffix of ['-wal', '-shm', '']) await rm(copy + suffix, { force: true })
    await copyFile(backupFile(profile, name), copy)
    distrustOutbox(copy)
    await flush(copy)
  } catch (error) {
    await rm(copy, { force: true })
    await rm(planOf(profile), { force: true })
    throw error
  }
  let aside: string | null = null
  if (await there(file)) {
    fold(file)
    const stem = `${file}.before-restore-${stampOf(clock.now())}`
    aside = stem
    for (let n = 2; await there(aside); n++) aside = `${stem}-${n}`
    for (const suffix of ['-wal', '-shm', ''])
      if (await there(file + suffix)) await renameDurably(file + suffix, aside + suffix)
  }
  await renameDurably(copy, file)
  await renameDurably(planOf(profile), doneOf(profile))
  log.warn({ name, aside }, 'a backup was put in place of the documents')
  return { name, aside }
}

/**
 * A restored outbox holds commands of then, and what was sent since is not known to it: nothing may go out before
 * somebody has looked. Runs `hold` once for each restore, also where a start was killed behind the restore.
 * Answers whether it did.
 */
export const holdRestored = async (profile: string, hold: () => Promise<unknown>): Promise<boolean> => {
  if (!(await there(doneOf(profile)))) return false
  await hold()
  await rm(doneOf(profile), { force: true })
  return true
}
