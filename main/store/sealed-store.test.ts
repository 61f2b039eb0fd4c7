import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { silentLog } from '../../shared/runtime/ports.ts'
import { createStore } from './create-store.ts'
import { KeyRingMissing, KeysDoNotFit } from './keys/errors.ts'
import { type KeyMeans, keyFileOnly } from './keys/types.ts'

vi.setConfig({ testTimeout: 60_000 })

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskline-sealed-'))
  const packed = readFileSync(new URL('testing/desk-format-1.sqlite.gz', import.meta.url))
  writeFileSync(join(folder, 'desk.sqlite'), gunzipSync(packed))
})
afterEach(() => rmSync(folder, { recursive: true }))

const start = (means: Partial<KeyMeans> = {}) =>
  createStore({
    path: join(folder, 'desk.sqlite'),
    keys: { ...keyFileOnly, ...means },
    clock: { now: () => Date.UTC(2026, 10, 22) },
    log: silentLog,
  })
const documentFiles = (): Record<string, Buffer> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.startsWith('desk.sqlite') && !name.endsWith('-shm'))
      .map((name) => [name, readFileSync(join(folder, name))]),
  )
/** Of the old file: the name of a client and the note of a call. */
const personal = ['Иван Петров', 'twice written']
const readable = (): string[] =>
  personal.filter((text) =>
    Object.values(documentFiles()).some(
      (bytes) => bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le')),
    ),
  )

describe('a store with keys', () => {
  it('takes over a file from before there was sealing, and leaves nothing of it readable', async () => {
    expect(readable()).toEqual(personal)
    const store = await start()
    expect(await store.alerts.current(0)).toHaveLength(40)
    expect(readable()).toEqual([])
    await store.close()
    expect(readable()).toEqual([])
    const again = await start()
    expect(await again.alerts.get('open-result:1001:loss:1000')).toMatchObject({ name: personal[0] })
    expect(await again.layouts.get('dealer:main')).toBe('{"panel":1}')
    await again.close()
  })

  it('refuses other keys, or none, and leaves the file as it is', async () => {
    await (await start()).close()
    const before = documentFiles()
    const own = ['desk.keys', 'desk.key'].map((name) => join(folder, name))
    for (const path of own) copyFileSync(path, `${path}.kept`)
    const other = mkdtempSync(join(tmpdir(), 'deskline-other-'))
    const stranger = await createStore({
      path: join(other, 'desk.sqlite'),
      keys: keyFileOnly,
      clock: { now: () => 1 },
      log: silentLog,
    })
    await stranger.close()
    for (const name of ['desk.keys', 'desk.key']) copyFileSync(join(other, name), join(folder, name))
    rmSync(other, { recursive: true })
    await expect(start()).rejects.toThrow(KeysDoNotFit)
    expect(documentFiles()).toEqual(before)

    rmSync(join(folder, 'desk.keys'))
    await expect(start()).rejects.toThrow(KeyRingMissing)
    expect(documentFiles()).toEqual(before)
    for (const path of own) copyFileSync(`${path}.kept`, path)
    const store = await start()
    expect(await store.alerts.current(0)).toHaveLength(40)
    await store.close()
  })

  it('seals with a new key, at once or from the next start on, and locks the keys with another source', async () => {
    const store = await start()
    const [first = ''] = Object.keys(store.keys?.ring().keys ?? {})
    await store.keys?.rotate()
    expect(store.keys?.ring().current).not.toBe(first)
    await store.close()
    const passphrase = 'correct horse battery'
    const again = await start({ rotate: true, source: 'passphrase', passphrase })
    expect(again.keys?.list()).toHaveLength(3)
    expect(await again.alerts.current(0)).toHaveLength(40)
    await again.close()
    const last = await start({ passphrase })
    expect(last.keys?.source()).toBe('passphrase')
    expect(await last.alerts.current(0)).toHaveLength(40)
    await last.close()
  })
})
