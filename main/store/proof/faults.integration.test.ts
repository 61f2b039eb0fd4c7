import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setFlagsFromString } from 'node:v8'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { silentLog, systemClock } from '../../../shared/runtime/ports.ts'
import { createStore, type DeskStore } from '../create-store.ts'
import { keyFileOnly } from '../keys/types.ts'
import { mountSmallDisk, order, pagesOf, type SmallDisk, setImmutable } from './testing/faults.ts'
import { type Act, commandsOf, documentOf, perform } from './testing/slots.ts'

vi.setConfig({ testTimeout: 120_000 })

let folder = ''
let disk: SmallDisk | null = null
const opened: DeskStore[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskline-faults-'))
})
afterEach(async () => {
  vi.useRealTimers()
  await Promise.allSettled(opened.splice(0).map((store) => store.close()))
  disk?.remove()
  disk = null
  rmSync(folder, { recursive: true, force: true })
})
const file = (profile = folder): string => join(profile, 'desk.sqlite')
const open = async (profile = folder): Promise<DeskStore> => {
  const store = await createStore({
    path: file(profile),
    worker: new URL('testing/proof-worker.ts', import.meta.url),
    keys: keyFileOnly,
    clock: systemClock,
    log: silentLog,
  })
  opened.push(store)
  return store
}
const close = async (store: DeskStore): Promise<void> => {
  opened.splice(opened.indexOf(store), 1)
  await store.close()
}
/** Every write of a client whose number divides by three causes commands. */
const act = (n: number): Act => ({ n, collection: 'clients', id: `clients-${n}`, removes: false })
const write = (store: DeskStore, n: number): Promise<void> => perform(store.documents, act(n))
const ensureThere = async (store: DeskStore, ns: readonly number[]): Promise<void> => {
  for (const n of ns) {
    expect(await store.documents.clients.get(`clients-${n}`)).toEqual(documentOf(act(n)))
    const keys = commandsOf(act(n)).map(({ key }) => key)
    expect(((await store.outbox.call('get', { keys })) as { key: string }[]).map(({ key }) => key)).toEqual(
      keys,
    )
  }
}
const ensureNot = async (store: DeskStore, n: number): Promise<void> => {
  expect(await store.documents.clients.get(`clients-${n}`)).toBeNull()
  expect(await store.outbox.call('get', { keys: commandsOf(act(n)).map(({ key }) => key) })).toEqual([])
}
const line = (result: string, user = 'ann') => ({
  at: 1,
  user,
  role: 'dealer',
  procedure: 'proof',
  input: '{}',
  result,
})
const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i)

describe('a full disk', () => {
  it('(page limit) refuses the write whole, says so, and goes on when there is room', async () => {
    const store = await open()
    for (const n of numbers(1, 9)) await write(store, n)
    await order(file(), { sql: 'PRAGMA max_page_count = 1' })
    const refused = write(store, 12)
    await expect(refused).rejects.toMatchObject({
      name: 'StoreWriteFailed',
      cause: { name: 'StorageFull', code: 13 },
    })
    await ensureNot(store, 12)
    await ensureThere(store, numbers(1, 9))
    expect(store.health()).toMatchObject({
      ok: false,
      detail: expect.stringContaining('disk is full') as string,
    })
    await store.journal.append(line('elsewhere'))
    expect(await store.journal.recent(1)).toEqual([line('elsewhere')])

    await order(file(), { sql: 'PRAGMA max_page_count = 1000000' })
    await write(store, 12)
    expect(store.health().ok).toBe(true)
    await close(store)
    await ensureThere(await open(), [...numbers(1, 9), 12])
  })

  it('(a real one) refuses writes and journal lines by name, keeps what was acknowledged, and goes on when there is room', async ({
    skip,
  }) => {
    const small = join(folder, 'small')
    disk = mountSmallDisk(small, 16)
    if (!disk) return skip('nothing may be mounted here')
    const store = await open(small)
    const filler = join(small, 'filler')
    writeFileSync(filler, Buffer.alloc(12_000_000))
    const written: number[] = []
    /** Writes groups of eight, about 36 kB each, until one fails; answers why. */
    const writeUntilRefused = async (from: number): Promise<unknown> => {
      const group = numbers(from, from + 7)
      try {
        await Promise.all(group.map((each) => write(store, each)))
      } catch (error) {
        return error
      }
      written.push(...group)
      return from > 3_000 ? null : writeUntilRefused(from + 8)
    }
    const failure = await writeUntilRefused(1)
    expect(failure).toMatchObject({ name: 'StoreWriteFailed', cause: { name: 'StorageFull' } })
    expect(store.health()).toMatchObject({
      ok: false,
      detail: expect.stringContaining('disk is full') as string,
    })
    // What is left of the disk goes too, so that the journal has no room either.
    for (let size = 65_536; size >= 1; size = Math.floor(size / 2))
      try {
        while (true) writeFileSync(join(small, 'rest'), Buffer.alloc(size), { flag: 'a' })
      } catch {
        // Full.
      }
    const lines = numbers(1, 40).map((n) => line(`${n}`, 'u'.repeat(2_000)))
    for (const each of lines) await store.journal.append(each)
    expect(store.health().detail).toMatch(/\d+ journal lines wait for the disk/)
    await ensureThere(store, written.slice(-20))

    rmSync(filler)
    rmSync(join(small, 'rest'))
    await write(store, 9_999)
    await store.journal.append(line('after'))
    expect((await store.journal.recent(41)).toReversed()).toEqual([...lines, line('after')])
    expect(store.health()).toEqual({ ok: true, detail: file(small) })
    await close(store)
    const after = await open(small)
    await ensureThere(after, [...written, 9_999])
    expect(await after.data?.check()).toEqual([])
    await close(after)
  })
})

describe('a file that may not be written', () => {
  it('is refused by name when it is opened, and left as it is', async ({ skip }) => {
    const store = await open()
    await write(store, 3)
    await close(store)
    const bytes = readFileSync(file())
    if (!setImmutable(file(), true)) skip('files cannot be made immutable here')
    try {
      await expect(open()).rejects.toMatchObject({
        name: 'StoreUnavailable',
        message: expect.stringContaining(file()) as string,
      })
    } finally {
      setImmutable(file(), false)
    }
    expect(readFileSync(file()).equals(bytes)).toBe(true)
    await ensureThere(await open(), [3])
  })

  it('because its folder may not, is refused by name', async ({ skip }) => {
    const small = join(folder, 'small')
    const mounted = mountSmallDisk(small, 8)
    if (!mounted) return skip('nothing may be mounted here')
    disk = mounted
    const store = await open(small)
    await write(store, 3)
    await close(store)
    expect(mounted.readOnly(true)).toBe(true)
    await expect(open(small)).rejects.toMatchObject({
      name: 'StoreUnavailable',
      message: expect.stringContaining(small) as string,
    })
    expect(mounted.readOnly(false)).toBe(true)
    const after = await open(small)
    await ensureThere(after, [3])
    await close(after)
  })
})

describe('a damaged page', () => {
  const damage = (page: number): void => {
    const handle = openSync(file(), 'r+')
    writeSync(handle, Buffer.alloc(4096, 0x5a), 0, 4096, (page - 1) * 4096)
    closeSync(handle)
  }
  const filled = async (): Promise<void> => {
    const store = await open()
    for (let n = 1; n <= 120; n += 40) await Promise.all(numbers(n, n + 39).map((each) => write(store, each)))
    await close(store)
  }

  it('in a table: what cannot be read has a named error, the rest is read and written, health says so', async () => {
    await filled()
    const pages = pagesOf(file(), 'desk/clients/0')
    const store = await open()
    damage(pages[Math.floor(pages.length / 2)] as number)
    const read = await Promise.allSettled(
      numbers(1, 120).map((n) => store.documents.clients.get(`clients-${n}`)),
    )
    const lost = read.filter(({ status }) => status === 'rejected')
    expect(lost.length).toBeGreaterThan(0)
    expect(lost.length).toBeLessThan(60)
    for (const each of lost) expect(each).toMatchObject({ reason: { name: 'StorageCorrupt' } })
    await write(store, 500)
    await ensureThere(store, [500])
    expect(store.health()).toMatchObject({ ok: false, detail: expect.stringContaining('damaged') as string })
    await expect(store.data?.backup()).rejects.toMatchObject({ name: 'BackupFailed' })
    expect((await store.data?.check())?.length).toBeGreaterThan(0)
  })

  it('in an index: lists over it have a named error, documents are all there', async () => {
    await filled()
    const pages = pagesOf(file(), 'desk/clients/0 k0')
    const store = await open()
    damage(pages[0] as number)
    await expect(
      store.documents.clients.find({ selector: { pointer: false }, sort: [{ updatedAt: 'asc' }] }),
    ).rejects.toMatchObject({ name: 'StorageCorrupt' })
    await ensureThere(store, numbers(1, 120))
    expect(store.health()).toMatchObject({ ok: false, detail: expect.stringContaining('damaged') as string })
  })

  it('in the free list: nothing is lost, and the check finds it', async () => {
    await filled()
    const store = await open()
    for (const n of numbers(1, 60))
      await store.documents.clients.update(`clients-${n}`, (now) => now && { ...now, comment: '' })
    await close(store)
    const trunk = readFileSync(file()).readUInt32BE(32)
    expect(trunk).toBeGreaterThan(0)
    const after = await open()
    damage(trunk)
    await ensureThere(after, numbers(61, 120))
    expect((await after.data?.check())?.length).toBeGreaterThan(0)
  })

  it('at the head: the file is kept aside, the desk begins with a fresh one and says so', async () => {
    await filled()
    damage(1)
    const bytes = readFileSync(file())
    const store = await open()
    const { ok, detail } = store.health()
    expect(ok).toBe(false)
    const [, aside = ''] = /kept as (\S+)\.( |$)/u.exec(detail) ?? []
    expect(readFileSync(aside).equals(bytes)).toBe(true)
    await write(store, 3)
    await ensureThere(store, [3])
  })
})

describe('the log beside the file', () => {
  /** A profile as it lies there while a desk works on it. */
  const copyOfRunning = async (): Promise<string> => {
    const running = await open()
    for (const n of numbers(1, 90)) await write(running, n)
    const copy = mkdtempSync(join(folder, 'copy-'))
    for (const name of ['desk.sqlite', 'desk.sqlite-wal', 'desk.keys', 'desk.key'])
      copyFileSync(join(folder, name), join(copy, name))
    await close(running)
    return copy
  }
  /** How many writes are there; whole ones, and none behind a missing one. */
  const wholeUpTo = async (store: DeskStore): Promise<number> => {
    let last = 0
    while (last < 90 && (await store.documents.clients.get(`clients-${last + 1}`))) last++
    await ensureThere(store, numbers(1, last))
    for (const n of numbers(last + 1, 90)) await ensureNot(store, n)
    return last
  }

  it('without its shared memory: everything is there', async () => {
    const copy = await copyOfRunning()
    expect(existsSync(join(copy, 'desk.sqlite-shm'))).toBe(false)
    const store = await open(copy)
    expect(await wholeUpTo(store)).toBe(90)
    expect(store.health().ok).toBe(true)
  })

  it('cut off in the middle: what was written up to there is there, nothing half', async () => {
    const copy = await copyOfRunning()
    truncateSync(
      join(copy, 'desk.sqlite-wal'),
      Math.floor(readFileSync(join(copy, 'desk.sqlite-wal')).length * 0.7),
    )
    const store = await open(copy)
    const last = await wholeUpTo(store)
    expect(last).toBeGreaterThan(0)
    expect(last).toBeLessThan(90)
    await write(store, 300)
    expect(await store.data?.check()).toEqual([])
  })

  it('garbled in the middle: what was written up to there is there, nothing half', async () => {
    const copy = await copyOfRunning()
    const log = readFileSync(join(copy, 'desk.sqlite-wal'))
    log.fill(0x5a, Math.floor(log.length * 0.6), Math.floor(log.length * 0.6) + 64)
    writeFileSync(join(copy, 'desk.sqlite-wal'), log)
    const store = await open(copy)
    expect(await wholeUpTo(store)).toBeLessThan(90)
    await write(store, 300)
    expect(await store.data?.check()).toEqual([])
  })
})

describe('a clock that goes backwards', () => {
  it('between runs and within one: writes are taken, the newest stands, changes are numbered on', async () => {
    const seqs = (): number[] => {
      const db = new DatabaseSync(file(), { readOnly: true })
      try {
        return db
          .prepare('SELECT seq FROM "desk/clients/0" ORDER BY seq')
          .all()
          .map(({ seq }) => Number(seq))
      } finally {
        db.close()
      }
    }
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 22) })
    const first = await open()
    for (const n of [1, 2, 3]) await write(first, n)
    vi.setSystemTime(Date.UTC(2026, 10, 21))
    const rename = (store: DeskStore, name: string) =>
      store.documents.clients.update('clients-1', (now) => now && { ...now, name })
    await rename(first, 'a day earlier')
    await close(first)
    const before = seqs().at(-1) ?? 0
    vi.setSystemTime(Date.UTC(2020, 0, 1))
    const second = await open()
    expect((await second.documents.clients.get('clients-1'))?.name).toBe('a day earlier')
    await rename(second, 'years earlier')
    await write(second, 4)
    await second.documents.clients.remove('clients-2')
    await close(second)
    expect(seqs().at(-1)).toBeGreaterThan(before)
    vi.setSystemTime(Date.UTC(2026, 10, 22))
    const third = await open()
    expect((await third.documents.clients.get('clients-1'))?.name).toBe('years earlier')
    expect(await third.documents.clients.get('clients-2')).toBeNull()
    await ensureThere(third, [3, 4])
    const order: string[] = []
    for await (const slice of third.documents.clients.slices(1)) order.push(...slice.map(({ id }) => id))
    expect(order).toEqual(['clients-3', 'clients-1', 'clients-4'])
  })
})

describe('the thread that holds the file', () => {
  it.each(['exit', 'throw', 'memory'] as const)(
    'dies (%s): what it was doing has a named error, nothing is lost, work goes on',
    async (die) => {
      if (die === 'memory') setFlagsFromString('--max-old-space-size=120')
      const store = await open()
      for (const n of numbers(1, 9)) await write(store, n)
      const ended: { n: number; error: unknown }[] = []
      const attempt = (n: number): Promise<unknown> =>
        write(store, n).then(
          () => ended.push({ n, error: null }),
          (error: unknown) => ended.push({ n, error }),
        )
      const attempts = numbers(10, 60).map(attempt)
      await order(file(), { die })
      attempts.push(...numbers(61, 90).map(attempt))
      await Promise.all(attempts)
      for (const { error } of ended.filter((each) => each.error !== null))
        expect(error).toMatchObject({ name: 'StoreWriteFailed', cause: { name: 'StorageCrashed' } })
      const done = ended.filter(({ error }) => error === null).map(({ n }) => n)
      await write(store, 99)
      await store.journal.append(line('after'))
      expect(await store.journal.recent(1)).toEqual([line('after')])
      await ensureThere(store, [...numbers(1, 9), ...done, 99])
      expect(store.health().ok).toBe(true)
      await close(store)
      const after = await open()
      await ensureThere(after, [...numbers(1, 9), ...done, 99])
      expect(await after.data?.check()).toEqual([])
    },
  )
})

it('two windows that write the same document lose nothing of each other', async () => {
  const store = await open()
  await write(store, 1)
  const add = (tag: string) =>
    store.documents.clients.update('clients-1', (now) => now && { ...now, tags: [...now.tags, tag] })
  const window = async (name: string): Promise<void> => {
    for (const n of numbers(1, 40)) await add(`${name}${n}`)
  }
  await Promise.all([window('a'), window('b')])
  const tags = (await store.documents.clients.get('clients-1'))?.tags ?? []
  expect(tags.toSorted()).toEqual(
    [...numbers(1, 40).map((n) => `a${n}`), ...numbers(1, 40).map((n) => `b${n}`)].toSorted(),
  )
})
