import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLog, systemTimers } from '../../../shared/runtime/ports.ts'
import { createDocumentSearch, type DocumentSearch } from './document-search.ts'
import { SearchClosed, SearchUnavailable } from './errors.ts'
import { createDocumentFile } from './search-fixture.ts'

const COLLECTIONS = ['people', 'notes'] as const
const WORKER = new URL('./mortal-worker-fixture.ts', import.meta.url)
let folder = ''
let path = ''
let file: ReturnType<typeof createDocumentFile>
const open: DocumentSearch<null>[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskline-search-'))
  path = join(folder, 'desk.sqlite')
  file = createDocumentFile(path, COLLECTIONS)
})
afterEach(async () => {
  for (const search of open.splice(0)) await search.close()
  file.close()
  rmSync(folder, { recursive: true })
})

const start = (filename = path, renewAfter = 100_000): DocumentSearch<null> => {
  const search = createDocumentSearch({
    filename,
    databaseName: 'desk',
    collections: COLLECTIONS.map((name) => ({ name, version: 0, sealed: false })),
    keys: null,
    renewAfter,
    worker: WORKER,
    timers: systemTimers,
    log: silentLog,
  })
  open.push(search)
  return search
}
const complete = (search: DocumentSearch<null>) =>
  expect.poll(async () => (await search.status()).complete, { timeout: 20_000 }).toBe(true)
const ids = async (search: DocumentSearch<null>, text: string): Promise<string[]> =>
  (await search.find(text, { limit: 50 })).hits.map(({ id }) => id)

describe('the search of documents', () => {
  it('finds what was there, and after changed() what was written since', async () => {
    file.put('people', 'p1', { name: 'Ann Example', phone: '+44 20 7946 0958' })
    file.put('notes', 'n1', { text: 'Ann prefers evenings' })
    const search = start()
    await complete(search)
    expect(await ids(search, 'ann')).toEqual(['p1', 'n1'])
    file.put('notes', 'n1', { text: 'prefers mornings' })
    file.remove('people', 'p1')
    file.put('people', 'p2', { name: 'Annabelle' })
    search.changed()
    expect(await ids(search, 'ann')).toEqual(['p2'])
    expect(await search.find('MORNINGS', { limit: 5, kinds: ['notes'] })).toEqual({
      hits: [
        {
          kind: 'notes',
          id: 'n1',
          rank: 6,
          matches: [{ field: 'text', text: 'prefers mornings', ranges: [[8, 16]] }],
        },
      ],
      complete: true,
      progress: { indexed: 2, total: 2 },
    })
  })

  it('answers while it is being built and while much is written, and has everything in the end', async () => {
    for (let i = 0; i < 20_000; i++) file.put('notes', `n${i}`, { text: `early note${i % 100}` })
    const search = start()
    const first = await search.find('early', { limit: 5 })
    expect(first.complete).toBe(false)
    expect(first.progress.total).toBe(20_000)
    for (let i = 0; i < 200; i++) {
      for (let n = 0; n < 20; n++) file.put('notes', `n${i * 20 + n}`, { text: `late message${i}` })
      search.changed()
      const [newest] = (await search.find('late', { limit: 1 })).hits
      expect(newest?.matches[0]?.text).toMatch(/^late message/)
    }
    await complete(search)
    expect(await search.status()).toMatchObject({ documents: 20_000, unreadable: 0, fault: null })
    for (let i = 0; i < 200; i++) {
      const expected = Array.from({ length: 20 }, (_, n) => `n${i * 20 + n}`)
      expect((await ids(search, `late message${i}`)).slice(0, 20).toSorted()).toEqual(expected.toSorted())
    }
  })

  it('gives the room of changed documents back, and answers meanwhile', async () => {
    for (let i = 0; i < 300; i++) file.put('notes', `n${i}`, { text: `first version${i}` })
    const search = start(path, 400)
    await complete(search)
    for (let round = 0; round < 12; round++) {
      for (let i = 0; i < 100; i++) file.put('notes', `n${i}`, { text: `later version round${round}` })
      file.remove('notes', `n${299 - round}`)
      search.changed()
      await expect
        .poll(async () => (await ids(search, `round ${round}`)).length, { timeout: 20_000 })
        .toBe(50)
    }
    await expect.poll(async () => (await search.status()).spent, { timeout: 20_000 }).toBeLessThan(400)
    expect(await search.status()).toMatchObject({ documents: 288, complete: true, fault: null })
    expect((await ids(search, 'round 11')).length).toBe(50)
    expect(await ids(search, 'first version287')).toEqual(['n287'])
    expect(await ids(search, 'first version288')).toEqual([])
  })

  it('is started again when its worker dies, and whoever waited is told', async () => {
    file.put('people', 'p1', { name: 'Ann Example' })
    const search = start()
    await complete(search)
    const asked = [search.find('die', { limit: 1 }), search.find('ann', { limit: 1 })]
    for (const answer of await Promise.allSettled(asked))
      expect(answer).toMatchObject({ status: 'rejected', reason: expect.any(SearchUnavailable) })
    await expect(search.find('ann', { limit: 1 })).rejects.toThrow(SearchUnavailable)
    await expect.poll(() => ids(search, 'ann').catch(() => null), { timeout: 10_000 }).toEqual(['p1'])
  })

  it('says why when there is no file, and reads it anew when told so', async () => {
    const other = join(folder, 'other.sqlite')
    const search = start(other)
    await expect(search.find('ann', { limit: 1 })).rejects.toThrow(/unable to open/)
    expect(await search.status()).toMatchObject({ complete: false, documents: 0 })
    const restored = createDocumentFile(other, COLLECTIONS)
    restored.put('people', 'p9', { name: 'Ann Restored' })
    search.rebuild()
    await complete(search)
    expect(await ids(search, 'ann')).toEqual(['p9'])
    restored.close()
  })

  it('skips a document that is not readable and counts it', async () => {
    file.put('people', 'p1', { name: 'Ann Example' })
    file.db.exec(`UPDATE "desk/people/0" SET data = '{'`)
    file.put('people', 'p2', { name: 'Ann Other' })
    const search = start()
    await complete(search)
    expect(await ids(search, 'ann')).toEqual(['p2'])
    expect(await search.status()).toMatchObject({ documents: 1, unreadable: 1 })
  })

  it('writes nothing beside the file, and never holds up the writer’s log', async () => {
    for (let i = 0; i < 5_000; i++) file.put('people', `p${i}`, { name: `Unmistakable Person ${i}` })
    const search = start()
    await complete(search)
    expect(readdirSync(folder).toSorted()).toEqual(['desk.sqlite', 'desk.sqlite-shm', 'desk.sqlite-wal'])
    expect(file.db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()).toEqual({
      busy: 0,
      log: 0,
      checkpointed: 0,
    })
  })

  it('answers nothing after it was closed', async () => {
    const search = start()
    const [answer] = await Promise.allSettled([search.find('ann', { limit: 1 }), search.close()])
    expect(answer).toMatchObject({ status: 'rejected', reason: expect.any(SearchClosed) })
    await expect(search.status()).rejects.toThrow(SearchClosed)
    await search.close()
  })
})
