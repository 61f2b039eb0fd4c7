import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { emptyPerson } from '../../shared/documents/person.ts'
import { silentLog } from '../../shared/runtime/ports.ts'
import { createStore } from './create-store.ts'
import type { Store } from './types.ts'

let folder = ''
let opened: Store | null = null
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskline-searched-'))
})
afterEach(async () => {
  await opened?.close()
  rmSync(folder, { recursive: true })
})
const start = async (): Promise<Store> => {
  await opened?.close()
  opened = await createStore({
    path: join(folder, 'desk.sqlite'),
    searchWorker: new URL('./search/worker.ts', import.meta.url),
    clock: { now: () => Date.UTC(2026, 10, 2, 9, 30) },
    log: silentLog,
  })
  return opened
}
const lead = (id: string, name: string) => ({
  ...emptyPerson(),
  id,
  client: '',
  login: 0,
  stage: 'new' as const,
  score: 0,
  name,
  createdAt: 0,
  createdBy: '',
  updatedAt: 0,
  updatedBy: '',
  edits: {},
  conflicts: [],
  conflictAt: 0,
  outgoing: [],
})
const ids = async ({ search }: Store, text: string) =>
  (await search?.find(text, { limit: 5 }))?.hits.map(({ id }) => id)

describe('a store that is searched', () => {
  it('finds what is written, and after a restart what was there', async () => {
    const before = await start()
    await before.documents.leads.put(lead('l1', 'Zacharias Quendelmoser'))
    await expect.poll(() => ids(before, 'quendel'), { timeout: 20_000 }).toEqual(['l1'])
    const after = await start()
    await expect.poll(async () => (await after.search?.status())?.complete, { timeout: 20_000 }).toBe(true)
    expect(await ids(after, 'quendelmosre')).toEqual(['l1'])
    await after.documents.leads.remove('l1')
    await expect.poll(() => ids(after, 'quendel'), { timeout: 20_000 }).toEqual([])
  })
})
