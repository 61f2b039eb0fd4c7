import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../../shared/runtime/ports.ts'
import { createStore, type DeskStore } from './create-store.ts'
import { keyFileOnly } from './keys/types.ts'
import type { StoreData } from './maintenance/store-data.ts'
import { sampleClient, sampleNote } from './testing/sample-documents.ts'
import { createUndoLog } from './transfer/undo-log.ts'

let folder = ''
let now = Date.UTC(2026, 10, 22, 10)
let opened: DeskStore[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskline-data-'))
  now = Date.UTC(2026, 10, 22, 10)
})
afterEach(async () => {
  await Promise.all(opened.map((store) => store.close()))
  opened = []
  rmSync(folder, { recursive: true })
})
const start = async (): Promise<DeskStore & { data: StoreData }> => {
  const store = await createStore({
    path: join(folder, 'desk.sqlite'),
    keys: keyFileOnly,
    clock: { now: () => (now += 1_000) },
    log: silentLog,
  })
  opened.push(store)
  if (!store.data) throw new Error('no data')
  return { ...store, data: store.data }
}
const stop = async (store: DeskStore): Promise<void> => {
  opened = opened.filter((each) => each.close !== store.close)
  await store.close()
}
const comments = async (store: DeskStore): Promise<string[]> =>
  (await store.documents.clients.find({ selector: { pointer: false } }))
    .map(({ id, comment }) => `${id} ${comment}`)
    .sort()
const fill = async (store: DeskStore, count: number): Promise<void> => {
  await Promise.all(Array.from({ length: count }, (_, i) => store.documents.clients.put(sampleClient(i + 1))))
  await store.documents.interactions.put(sampleNote('n1', 'text, with "quotes"\nand lines'))
}

describe('a backup', () => {
  it('is made while work goes on, is whole, and comes back with a restart', async () => {
    const store = await start()
    await fill(store, 300)
    const writing = (async () => {
      for (let i = 0; i < 200; i++) await store.documents.clients.put(sampleClient(1, { comment: `${i}` }))
    })()
    const backup = await store.data.backup()
    await writing
    expect(backup).toMatchObject({ verified: true })
    expect(backup.documents).toBeGreaterThanOrEqual(301)
    const before = await comments(store)

    await store.documents.clients.remove('login-2')
    await store.journal.append({
      at: 1,
      user: 'u',
      role: 'admin',
      procedure: 'p',
      input: 'secret input',
      result: 'ok',
    })
    await store.data.planRestore(backup.name)
    expect((await store.data.status()).restoresAtStart).toBe(backup.name)
    await stop(store)

    const after = await start()
    expect((await comments(after)).length).toBe(before.length)
    expect(await after.documents.clients.get('login-2')).not.toBeNull()
    expect((await after.journal.recent(1))[0]?.input).toBe('secret input')
    expect(after.health().ok).toBe(true)
    expect(await after.data.status()).toMatchObject({ restoresAtStart: null, sealed: true })
    expect(await after.outbox.call('paused', null)).toEqual(
      expect.arrayContaining([expect.objectContaining({ channel: 'mt4', by: 'restore' })]),
    )
    // What was there before the restore lies aside, whole.
    const aside = readdirSync(folder).find((name) => name.startsWith('desk.sqlite.before-restore-')) ?? ''
    const old = new DatabaseSync(join(folder, aside), { readOnly: true })
    expect(old.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' })
    old.close()
  })

  it('that was tampered with changes nothing', async () => {
    const store = await start()
    await fill(store, 20)
    const { name } = await store.data.backup()
    const path = join(folder, 'backups', name, 'desk.sqlite')
    const bytes = readFileSync(path)
    bytes[bytes.length - 100] = 255 - (bytes[bytes.length - 100] ?? 0)
    writeFileSync(path, bytes)
    await expect(store.data.planRestore(name)).rejects.toMatchObject({ name: 'BackupFailed' })
    await expect(store.data.planRestore('20200101T000000Z')).rejects.toMatchObject({ name: 'BackupFailed' })
    expect((await store.data.status()).restoresAtStart).toBeNull()
    // Planned behind our back all the same: the start gives it up and says so.
    await stop(store)
    writeFileSync(join(folder, 'restore.json'), JSON.stringify({ name }))
    const after = await start()
    expect(after.health().detail).toContain('nothing was changed')
    expect(await after.documents.clients.count({})).toBe(20)
  })

  it('that a killed start left half restored is restored by the next', async () => {
    const store = await start()
    await fill(store, 20)
    const { name } = await store.data.backup()
    await store.documents.clients.remove('login-1')
    await stop(store)
    writeFileSync(join(folder, 'restore.json'), JSON.stringify({ name }))
    renameSync(join(folder, 'desk.sqlite'), join(folder, 'desk.sqlite.before-restore-1'))
    writeFileSync(join(folder, 'desk.sqlite.restoring'), 'half')
    const after = await start()
    expect(await after.documents.clients.count({})).toBe(20)
  })

  it('of which there are many: the oldest go', async () => {
    const store = await start()
    for (let i = 0; i < 7; i++) {
      now += 60_000
      await store.data.backup()
    }
    expect((await store.data.status()).backups).toHaveLength(5)
  })
})

describe('everything', () => {
  const exported = async (store: DeskStore & { data: StoreData }) => {
    const { folder: path, manifest } = await store.data.export(true, 'ann')
    return { path, name: path.split(/[\\/]/).at(-1) ?? '', manifest }
  }

  it.each(['jsonl', 'csv'])('leaves and comes back the same, by %s', async (kind) => {
    const store = await start()
    await fill(store, 25)
    const { path, name, manifest } = await exported(store)
    expect(manifest.files.find((file) => file.path === 'clients.jsonl')).toMatchObject({ rows: 25 })
    const before = await store.documents.clients.find({ selector: { pointer: false } })
    expect(await store.data.import(name, true)).toMatchObject({ written: false, badRows: [] })
    for (const file of readdirSync(path))
      if (file.endsWith(kind === 'csv' ? '.jsonl' : '.csv')) rmSync(join(path, file))

    await store.documents.clients.remove('login-1')
    await store.documents.clients.put(sampleClient(2, { comment: 'changed since' }))
    await store.documents.interactions.remove('n1')
    const dry = await store.data.import(name, true)
    const counts = (report: typeof dry, of: string) => report.collections.find((each) => each.name === of)
    expect(counts(dry, 'clients')).toEqual({
      name: 'clients',
      rows: 25,
      added: 1,
      replaced: 1,
      same: 23,
      bad: 0,
    })
    expect(await store.documents.clients.get('login-1')).toBeNull()
    expect(await store.data.import(name, false)).toMatchObject({ written: true })
    expect(await store.documents.clients.find({ selector: { pointer: false } })).toEqual(before)
    expect(await store.documents.interactions.get('n1')).toEqual(
      sampleNote('n1', 'text, with "quotes"\nand lines'),
    )
  })

  it('leaves without personal fields for those who may not have them', async () => {
    const store = await start()
    await fill(store, 3)
    const { folder: path } = await store.data.export(false, 'ann')
    const text =
      readFileSync(join(path, 'clients.jsonl'), 'utf8') + readFileSync(join(path, 'interactions.csv'), 'utf8')
    for (const personal of ['Zoë', '+49 30', 'HYPERLINK', 'quotes']) expect(text).not.toContain(personal)
    expect(text).toContain('login-3')
    await expect(store.data.import(path.split('/').at(-1) ?? '', false)).rejects.toMatchObject({
      name: 'ImportRefused',
    })
    expect(await store.documents.exports.count({})).toBe(1)
  })

  it('takes the journal along, line by line', async () => {
    const store = await start()
    const lines = Array.from({ length: 1_203 }, (_, at) => ({
      at,
      user: 'ann',
      role: 'dealer',
      procedure: 'interactions.note',
      input: `{"text":"about ${at}"}`,
      result: 'ok',
    }))
    await Promise.all(lines.map((line) => store.journal.append(line)))
    const read = (folderOf: string) =>
      readFileSync(join(folderOf, 'journal.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object)
    const whole = await store.data.export(true, 'ann')
    expect(read(whole.folder)).toEqual(lines.map((line, i) => Object.assign({ id: i + 1 }, line)))
    const without = await store.data.export(false, 'ann')
    expect(read(without.folder)[7]).toEqual({
      id: 8,
      at: 7,
      user: 'ann',
      role: 'dealer',
      procedure: 'interactions.note',
      result: 'ok',
    })
    expect(whole.manifest.files.find(({ path }) => path === 'journal.csv')?.rows).toBe(1_203)
  })

  it('takes along what every command came to, without its contents', async () => {
    const store = await start()
    const outgoing = ['b', 'a', 'c'].map((letter) => ({
      key: `key-${letter}`.padEnd(12, letter),
      channel: 'mt4' as const,
      lane: 'account:1',
      command: { type: 'balance:deposit', login: 1, amount: 5, comment: 'not to be seen', currency: 'USD' },
      by: 'ann',
      at: 5,
    }))
    await store.documents.clients.put(sampleClient(1, { outgoing }))
    const { folder: made } = await store.data.export(false, 'ann')
    const text = readFileSync(join(made, 'outbox.jsonl'), 'utf8')
    const rows = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(rows.map(({ key }) => key)).toEqual(outgoing.map(({ key }) => key).toSorted())
    expect(rows[0]).toMatchObject({ state: 'pending', lane: 'account:1', by: 'ann', document: 'login-1' })
    expect(text).not.toContain('not to be seen')
  })

  it('does not come in with a bad row, which is named by its line; nothing is half done', async () => {
    const store = await start()
    await fill(store, 5)
    const { path, name, manifest } = await exported(store)
    const file = join(path, 'clients.jsonl')
    const lines = readFileSync(file, 'utf8').split('\n')
    lines[1] = (lines[1] ?? '').replace('"stage":"active"', '"stage":"asleep"')
    lines[3] = '{"id":'
    writeFileSync(file, lines.join('\n'))
    await expect(store.data.import(name, false)).rejects.toThrow('is not the file that was exported')

    const { sha256Of } = await import('./maintenance/files.ts')
    const sha256 = await sha256Of(file)
    const files = manifest.files.map((each) => (each.path === 'clients.jsonl' ? { ...each, sha256 } : each))
    writeFileSync(join(path, 'manifest.json'), JSON.stringify({ ...manifest, files }))
    await store.documents.clients.remove('login-1')
    const report = await store.data.import(name, false)
    expect(report.written).toBe(false)
    expect(report.badRows.map(({ file: at, line }) => `${at}:${line}`)).toEqual([
      'clients.jsonl:2',
      'clients.jsonl:4',
    ])
    expect(report.badRows[0]?.why).toContain('stage')
    expect(await store.documents.clients.count({})).toBe(4)
  })

  it('is as it was when an import was killed on its way', async () => {
    const store = await start()
    await fill(store, 5)
    const before = await comments(store)
    const path = join(folder, 'import.undo')
    const was = { ...sampleClient(1) }
    await createUndoLog({ path, keys: store.keys?.ring() ?? null }).note([
      { collection: 'clients', id: 'login-1', before: was },
      { collection: 'clients', id: 'login-77', before: null },
    ])
    expect(readFileSync(path, 'latin1')).not.toContain('+49 30 123456')
    appendFileSync(path, '{"coll')
    await stop(store)
    const during = await start()
    expect(await comments(during)).toEqual(before)
    await stop(during)
    expect(readdirSync(folder)).not.toContain('import.undo')
  })
})

it('keeps inputs of the journal sealed on the disk', async () => {
  const store = await start()
  const line = {
    at: 1,
    user: 'ann',
    role: 'dealer',
    procedure: 'alerts.call',
    input: '{"number":"+49301234"}',
    result: 'ok',
  }
  await Promise.all([line, { ...line, at: 2 }].map(store.journal.append))
  expect(await store.journal.recent(5)).toEqual([{ ...line, at: 2 }, line])
  await store.keys?.rotate()
  await store.journal.append({ ...line, at: 3 })
  expect(await store.journal.recent(5)).toHaveLength(3)
  await stop(store)
  expect(readFileSync(join(folder, 'journal.sqlite')).includes('49301234')).toBe(false)
  expect((await (await start()).journal.recent(5)).map(({ input }) => input)).toEqual(
    Array(3).fill(line.input),
  )
})
