import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { type Clock, systemClock } from '../../shared/runtime/ports.ts'
import { StoreInUse, StoreUnavailable } from './errors.ts'

const BUSY = 5

const holderSchema = z.object({
  pid: z.int(),
  host: z.string().max(255),
  user: z.string().max(255),
  /** UTC ms. */
  since: z.number(),
})
/** Who has the profile. Only a word to the next who asks: what holds it is the lock. */
export type Holder = z.infer<typeof holderSchema>

const holderOf = (folder: string): string => join(folder, 'desk.holder.json')

/** Null where nobody said who it is. */
const readHolder = (folder: string): Holder | null => {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(holderOf(folder), 'utf8')))
  } catch {
    return null
  }
}

const userHere = (): string => {
  try {
    return userInfo().username
  } catch {
    // A user without an entry, as in some containers.
    return ''
  }
}

const nameHolder = (folder: string, clock: Clock): void => {
  const holder: Holder = { pid: process.pid, host: hostname(), user: userHere(), since: clock.now() }
  const path = holderOf(folder)
  try {
    writeFileSync(`${path}.new`, JSON.stringify(holder))
    renameSync(`${path}.new`, path)
  } catch {
    // The next who asks hears less; the lock holds all the same.
  }
}

/**
 * Takes the profile for this process: an SQLite file of nothing, locked as long as it is open. The system frees it when
 * the process ends, however it ends; who is named in the file beside it does not matter then. The document file itself
 * stays open to this process's other threads. Answers what gives it back.
 * @throws StoreInUse naming who holds it, StoreUnavailable
 */
export const lockProfile = (path: string, clock: Clock = systemClock): (() => void) => {
  const folder = dirname(path)
  let db: DatabaseSync | null = null
  try {
    db = new DatabaseSync(join(folder, 'desk.lock'), { timeout: 0 })
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db?.close()
    const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0
    throw code === BUSY ? new StoreInUse(path, readHolder(folder)) : new StoreUnavailable(path, error)
  }
  const held = db
  nameHolder(folder, clock)
  let free = false
  return () => {
    if (free) return
    free = true
    rmSync(holderOf(folder), { force: true })
    held.close()
  }
}
