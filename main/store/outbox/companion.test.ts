import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { silentLog, systemClock } from '../../../shared/runtime/ports.ts'
import { createStore } from '../create-store.ts'
import { keyFileOnly } from '../keys/types.ts'
import { createOutboxClient } from './calls.ts'

const moment = 1_700_000_000_000
const payment = (key: string, comment: string) => ({
  id: `payment:${randomUUID()}`,
  kind: 'deposit' as const,
  client: '',
  login: 1001,
  amount: 100,
  currency: 'USD',
  method: '',
  state: 'approved' as const,
  order: 0,
  reference: '',
  comment: '',
  history: [],
  createdAt: moment,
  createdBy: 'ann',
  updatedAt: moment,
  updatedBy: 'ann',
  outgoing: [
    {
      key,
      channel: 'mt4' as const,
      lane: 'account:1001',
      command: { type: 'balance:deposit', login: 1001, amount: 100, comment },
      by: 'ann',
      at: moment,
    },
  ],
})

const onDisk = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'deskline-outbox-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}
const open = async (folder: string | null, keys?: typeof keyFileOnly) => {
  const path = folder && join(folder, 'desk.sqlite')
  const store = await createStore({ path, clock: systemClock, log: silentLog, ...(keys && { keys }) })
  return { store, client: createOutboxClient(store.outbox.call) }
}

describe('a document and its commands', () => {
  it('are written together, and told of once they are', async () => {
    const { store, client } = await open(null)
    const notices: unknown[] = []
    store.outbox.onNotice((notice) => notices.push(notice))
    const one = payment('key-0001', 'first')
    await store.documents.payments.put(one)
    await store.documents.payments.put({ ...one, state: 'sent' })
    expect((await client.ofDocument('payments', one.id)).map(({ key }) => key)).toEqual(['key-0001'])
    expect(notices).toEqual([{ lanes: ['account:1001'], keys: ['key-0001'] }])
    await store.close()
  })

  it('are both not written where the key belongs to another command', async () => {
    const { store, client } = await open(null)
    await store.documents.payments.put(payment('key-0001', 'first'))
    const other = payment('key-0001', 'second')
    await expect(store.documents.payments.put(other)).rejects.toThrow('belongs to another command')
    expect(await store.documents.payments.get(other.id)).toBeNull()
    expect(await client.counts()).toEqual({ waiting: 1, held: 0 })
    await store.close()
  })

  it('are there after the file was closed and opened', async () => {
    const folder = await onDisk()
    const first = await open(folder)
    await first.store.documents.payments.put(payment('key-0001', 'first'))
    await first.store.close()
    const second = await open(folder)
    expect(await second.client.heads(0, 10)).toMatchObject([{ key: 'key-0001', command: { amount: 100 } }])
    await second.store.close()
  })

  it('say nothing on the disk of what the command holds, where the desk has keys, old and new', async () => {
    const folder = await onDisk()
    const { store, client } = await open(folder, keyFileOnly)
    await store.documents.payments.put(payment('key-0001', 'for Anna Muster'))
    await store.keys?.rotate()
    await store.documents.payments.put(payment('key-0002', 'for Anna Muster'))
    const commands = (await client.get(['key-0001', 'key-0002'])).map(({ command }) => command['comment'])
    expect(commands).toEqual(['for Anna Muster', 'for Anna Muster'])
    for (const name of await readdir(folder))
      expect([name, (await readFile(join(folder, name))).includes('Anna Muster')]).toEqual([name, false])
    await store.close()
    const again = await open(folder, keyFileOnly)
    expect((await again.client.get(['key-0001']))[0]?.command['comment']).toBe('for Anna Muster')
    await again.store.close()
  })
})
