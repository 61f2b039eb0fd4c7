import type { DatabaseSync } from 'node:sqlite'
import { quoted } from './quoted.ts'

/** Whether a table is there in layout 1. */
export const isOldTable = (db: DatabaseSync, table: string): boolean => {
  const columns = db.prepare(`PRAGMA table_info(${quoted(table)})`).all() as { name: string }[]
  return columns.length > 0 && !columns.some(({ name }) => name === 'rev')
}
