import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { Clock } from '../../shared/runtime/ports.ts'
import { FORMAT } from './documents/collections.ts'
import { StoreInUse, StoreTooNew, StoreUnavailable } from './errors.ts'
import { looksSound } from './sqlite-storage/look-at-file.ts'
import { type Salvaged, salvage } from './sqlite-storage/salvage.ts'

const BUSY = 5
const LOCKED = 6
const CORRUPT = 11
const NOT_A_DATABASE = 26

/** SQLite's primary result code of an error, or 0. */
const sqliteCode = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'errcode' in error ? Number(error.errcode) & 0xff : 0

const isSound = (path: string): boolean => {
  let db: DatabaseSync | null = null
  try {
    db = new DatabaseSync(path, { timeout: 0 })
    if (!looksSound(db, path)) return false
    const { user_version: format } = db.prepare('PRAGMA user_version').get() as { user_version: number }
    if (format > FORMAT) throw new StoreTooNew(path, format, FORMAT)
    if (format < FORMAT) db.exec(`PRAGMA user_version = ${FORMAT}`)
    return true
  } catch (error) {
    const code = sqliteCode(error)
    if (code === BUSY || code === LOCKED) throw new StoreInUse(path)
    if (code === CORRUPT || code === NOT_A_DATABASE) return false
    throw error instanceof StoreTooNew ? error : new StoreUnavailable(path, error)
  } finally {
    db?.close()
  }
}

const moveAside = (path: string, clock: Clock): string => {
  const stamp = new Date(clock.now()).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  let target = `${path}.damaged-${stamp}`
  for (let n = 2; existsSync(target); n++) target = `${path}.damaged-${stamp}-${n}`
  for (const suffix of ['', '-wal', '-shm'])
    if (existsSync(path + suffix)) renameSync(path + suffix, target + suffix)
  return target
}

/** Of larger files nothing is read out: the start would wait for it. */
const MOST_SALVAGED = 268_435_456

/** Reads what can be read into a file beside, which bears its name only when it is whole. */
const salvageBeside = (path: string): Salvaged | null => {
  const made = `${path}.salvaging`
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(made + suffix, { force: true })
  if (statSync(path).size > MOST_SALVAGED) return null
  const salvaged = salvage(path, made)
  if (salvaged) renameSync(made, `${path}.salvaged`)
  else rmSync(made, { force: true })
  return salvaged
}

/** A damaged file that was moved aside. */
export type Moved = {
  readonly aside: string
  /** What of it is in use again; null: a fresh file is. */
  readonly salvaged: Salvaged | null
}

/**
 * Looks whether a database file is whole before anybody works with it, in a time that does not grow with it. A damaged
 * one is moved aside with its log, under a name with the time on it, so that nothing is lost, and what can be read of it
 * takes its place. Null: all is well. Killed on the way it does the rest at the next start.
 * @throws StoreInUse, StoreTooNew, StoreUnavailable
 */
export const ensureSoundFile = (path: string, clock: Clock): Moved | null => {
  const beside = `${path}.salvaged`
  if (!existsSync(path) && existsSync(beside)) renameSync(beside, path)
  if (isSound(path)) return null
  const salvaged = salvageBeside(path)
  const aside = moveAside(path, clock)
  if (salvaged) renameSync(beside, path)
  isSound(path)
  return { aside, salvaged }
}
