import type { DatabaseSync } from 'node:sqlite'
import { toWire } from '../errors.ts'

/** Reads a whole file and says what is wrong with it: nothing, for a sound one. */
export const checkFile = (db: DatabaseSync): string[] => {
  try {
    const said = db.prepare('PRAGMA quick_check').all() as { quick_check: string }[]
    return said.map(({ quick_check }) => quick_check).filter((line) => line !== 'ok')
  } catch (error) {
    const { name, message } = toWire(error)
    if (name !== 'StorageCorrupt') throw error
    return [message]
  }
}
