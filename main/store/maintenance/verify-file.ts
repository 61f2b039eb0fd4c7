import { DatabaseSync } from 'node:sqlite'
import { ensureKeysFit, readKeyList } from '../sqlite-storage/sealing/key-list.ts'
import type { KeyRing } from '../sqlite-storage/sealing/key-ring.ts'

export type VerifyOrder = { readonly path: string; readonly format: number; readonly keys: KeyRing | null }
export type Verified = {
  /** What is wrong, in words; nothing for a file that is whole. */
  readonly faults: string[]
  /** Living documents of each table. */
  readonly documents: Record<string, number>
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/**
 * Opens a store's file and looks whether it is whole: every page and index, a format this version knows, keys that
 * fit, and how many documents it holds. Only reads. Takes as long as reading the file does: run it in a thread.
 */
export const verifyFile = ({ path, format, keys }: VerifyOrder): Verified => {
  const faults: string[] = []
  const documents: Record<string, number> = {}
  let db: DatabaseSync | null = null
  try {
    ensureKeysFit(readKeyList(path), keys)
    db = new DatabaseSync(path, { readOnly: true })
    const { user_version: found } = db.prepare('PRAGMA user_version').get() as { user_version: number }
    if (found > format) faults.push(`It has format ${found}; this version knows ${format}.`)
    const said = db.prepare('PRAGMA integrity_check(10)').all() as { integrity_check: string }[]
    faults.push(...said.map((each) => each.integrity_check).filter((each) => each !== 'ok'))
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as {
      name: string
    }[]
    for (const { name } of tables.filter((table) => /^desk\/[a-z]+\/\d+$/.test(table.name))) {
      const { n } = db.prepare(`SELECT count(*) AS n FROM ${quoted(name)} WHERE deleted = 0`).get() as {
        n: number
      }
      documents[name] = n
    }
    if (Object.keys(documents).length === 0) faults.push('It holds no documents of a desk.')
  } catch (error) {
    faults.push(error instanceof Error ? error.message : String(error))
  } finally {
    db?.close()
  }
  return { faults, documents }
}
