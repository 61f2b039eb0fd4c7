import { dirname, join } from 'node:path'
import type { Clock, Log } from '../../../shared/runtime/ports.ts'
import { StoreInUse } from '../errors.ts'
import { ensureKeysFit, type ListedKey, readKeyList } from '../sqlite-storage/sealing/key-list.ts'
import { KeysDoNotFit } from './errors.ts'
import { openKeys } from './open-keys.ts'
import type { DeskKeys, KeyMeans } from './types.ts'

const BUSY = 5
const sqliteCode = (error: unknown): number =>
  error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0

/** A file that is damaged so far that its list cannot be read is moved aside by whoever opens it. */
const listIn = (path: string): ListedKey[] => {
  try {
    return readKeyList(path)
  } catch (error) {
    if (sqliteCode(error) === BUSY) throw new StoreInUse(path)
    return []
  }
}

/**
 * The desk's keys for its document file, which is only read: with the wrong ones it stays as it is, byte for byte.
 * @throws StoreInUse, KeysDoNotFit, and what `openKeys` throws
 */
export const openStoreKeys = async (on: {
  readonly path: string
  readonly means: KeyMeans
  readonly clock: Clock
  readonly log: Log
}): Promise<DeskKeys> => {
  const { path, means, clock, log } = on
  const folder = dirname(path)
  const listed = listIn(path)
  const keys = await openKeys({ folder, means, needed: listed.map(({ id }) => id), clock, log })
  try {
    ensureKeysFit(listed, keys.ring())
  } catch (error) {
    throw new KeysDoNotFit(join(folder, 'desk.keys'), path, error)
  }
  return keys
}
