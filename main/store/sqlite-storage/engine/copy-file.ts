import { rmSync } from 'node:fs'
import { backup, DatabaseSync } from 'node:sqlite'
import type { EngineStart } from '../protocol.ts'

/** All pages in one step: one moment of the file, whatever is written meanwhile. */
const WHOLE = 2_147_483_647

const copyOwn = (db: DatabaseSync, toPath: string): number => {
  rmSync(toPath, { force: true })
  db.prepare('VACUUM INTO ?').run(toPath)
  const copy = new DatabaseSync(toPath, { readOnly: true })
  try {
    return Number(copy.prepare('PRAGMA page_count').get()?.['page_count'])
  } finally {
    copy.close()
  }
}

/**
 * Writes a consistent copy of the file; answers its size in pages. The copy is made through a connection of its own, in
 * another thread, while work goes on: over the one that writes, SQLite's backup fails whenever a write meets one of its
 * steps. Where nobody else can open the file, other work waits.
 */
export const copyFile = async (
  db: DatabaseSync,
  { filename, exclusive }: Pick<EngineStart, 'filename' | 'exclusive'>,
  toPath: string,
): Promise<number> => {
  if (filename === ':memory:' || exclusive) return copyOwn(db, toPath)
  const reader = new DatabaseSync(filename, { readOnly: true })
  try {
    return await backup(reader, toPath, { rate: WHOLE })
  } finally {
    reader.close()
  }
}
