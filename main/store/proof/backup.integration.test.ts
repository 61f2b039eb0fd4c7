import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { getRxStorageNodeSqlite } from '../sqlite-storage/sqlite-storage.ts'
import { document, open } from '../sqlite-storage/storage-fixture.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskline-backup-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it.each([true, false])('every backup taken while writes go on is whole; exclusive: %s', async (exclusive) => {
  const storage = getRxStorageNodeSqlite({ filename: join(folder, 'a.sqlite'), exclusive })
  const instance = await open(storage)
  let written = 0
  const stop = new AbortController()
  const writing = (async () => {
    while (!stop.signal.aborted) {
      const { error } = await instance.bulkWrite(
        Array.from({ length: 5 }, (_, i) => ({ document: document(`d${written + i}`) })),
        'test',
      )
      expect(error).toEqual([])
      written += 5
    }
  })()
  for (let i = 0; i < 40; i++) {
    const path = join(folder, `copy-${i}.sqlite`)
    const before = written
    await storage.backup('test', path)
    const copy = new DatabaseSync(path, { readOnly: true })
    expect(copy.prepare('PRAGMA quick_check').get()).toEqual({ quick_check: 'ok' })
    const { n } = copy.prepare('SELECT count(*) AS n FROM "test/docs/0"').get() as { n: number }
    copy.close()
    expect(n % 5).toBe(0)
    expect(n).toBeGreaterThanOrEqual(before)
  }
  stop.abort()
  await writing
  await instance.close()
})
