import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openKeys } from '../../main/store/keys/open-keys.ts'
import { type KeyMeans, keyFileOnly } from '../../main/store/keys/types.ts'
import { lockProfile } from '../../main/store/profile-lock.ts'
import { silentLog, systemClock } from '../../shared/runtime/ports.ts'
import { run } from '../tasks/keys.ts'

let folder = ''
let said: string[] = []
let complained: string[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskline-keys-'))
  said = []
  complained = []
  vi.spyOn(console, 'log').mockImplementation((text: string) => void said.push(text))
  vi.spyOn(console, 'error').mockImplementation((text: string) => void complained.push(text))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

const open = (means: Partial<KeyMeans> = {}) =>
  openKeys({
    folder,
    means: { ...keyFileOnly, ...means },
    needed: [],
    clock: { now: () => Date.UTC(2026, 0, 2, 3, 4) },
    log: silentLog,
  })
const keys = (line: string, env: Record<string, string> = {}) =>
  run(['--profile', folder, ...line.split(' ')], env)

describe('npm run keys', () => {
  it('tells what locks the keys and which there are', async () => {
    const { current } = (await open()).ring()
    expect(await keys('status')).toBe(0)
    expect(said).toEqual([`Locked with: key-file\n  ${current}  made 2026-01-02 03:04 UTC, in use`])
  })

  it('makes a new key and keeps the old one', async () => {
    const before = (await open()).ring()
    expect(await keys('rotate')).toBe(0)
    const after = (await open()).ring()
    expect(after.current).not.toBe(before.current)
    expect(after.keys).toMatchObject(before.keys)
    expect(said[0]).toMatch(new RegExp(`${before.current}.*followed by another[^]*${after.current}.*in use$`))
  })

  it('locks the same keys with a passphrase, with another one, and with a key file again', async () => {
    const { current } = (await open()).ring()
    const first = 'correct horse battery'
    const second = 'another one entirely'
    expect(await keys('passphrase', { DESKLINE_NEW_PASSPHRASE: first })).toBe(0)
    expect(await keys('status', { DESKLINE_PASSPHRASE: second })).toBe(1)
    const both = { DESKLINE_PASSPHRASE: first, DESKLINE_NEW_PASSPHRASE: second }
    expect(await keys('passphrase', both)).toBe(0)
    expect((await open({ passphrase: second })).ring().current).toBe(current)
    expect(await keys(`key-file ${join(folder, 'x.key')}`, { DESKLINE_PASSPHRASE: second })).toBe(0)
    expect((await open()).ring().current).toBe(current)
    expect(complained).toEqual([expect.stringContaining('This is not the passphrase')])
  })

  it('changes nothing while a desk has the profile', async () => {
    await open()
    const before = readFileSync(join(folder, 'desk.keys'))
    const unlock = lockProfile(join(folder, 'desk.sqlite'), systemClock)
    expect(await keys('rotate')).toBe(1)
    expect(complained[0]).toContain('is in use by another Deskline')
    expect(readFileSync(join(folder, 'desk.keys')).equals(before)).toBe(true)
    unlock()
    expect(await keys('rotate')).toBe(0)
  })

  it('changes nothing when it does not understand, or there are no keys', async () => {
    expect(await keys('status')).toBe(1)
    expect(complained[0]).toContain('There are no keys in')
    expect(readdirSync(folder)).toEqual([])
    await open()
    const before = readFileSync(join(folder, 'desk.keys'))
    for (const line of ['', 'forget', 'rotate twice', '--yes rotate', 'key-file a b'])
      expect(await keys(line)).toBe(2)
    expect(await keys('passphrase')).toBe(1)
    expect(await keys('passphrase', { DESKLINE_NEW_PASSPHRASE: 'short' })).toBe(1)
    expect(readFileSync(join(folder, 'desk.keys')).equals(before)).toBe(true)
  })
})
