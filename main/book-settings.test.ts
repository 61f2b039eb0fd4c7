import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BookSettingsError, readBookSettings } from './book-settings.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskline-settings-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const read = (text: string) => {
  writeFileSync(join(folder, 'book.json'), text)
  return readBookSettings(join(folder, 'book.json'))
}

describe('settings of the book', () => {
  it('have defaults where there is no file', async () => {
    expect(await readBookSettings(join(folder, 'none.json'))).toEqual({
      aBookGroups: [],
      managers: [],
      synonyms: {},
      decided: {},
    })
  })

  it('are read from the file', async () => {
    expect(await read('{"aBookGroups":["*-A"],"synonyms":{"GOLD":"XAUUSD"}}')).toMatchObject({
      aBookGroups: ['*-A'],
      synonyms: { GOLD: 'XAUUSD' },
    })
    const managers = [{ name: 'Ann', groups: 'real*,!real-vip' }]
    expect(await read(JSON.stringify({ managers }))).toMatchObject({ managers })
    expect(
      await read('{"decisions":{"stopOutAt":"at-or-below","dayEnd":{"hour":23,"minute":59}}}'),
    ).toMatchObject({ decided: { stopOutAt: 'at-or-below', dayEnd: { hour: 23, minute: 59 } } })
    expect(await read('{"mergeSymbols":false}')).toMatchObject({ aBookGroups: [], synonyms: null })
  })

  it.each([
    ['{', /book\.json is not JSON/],
    ['{"abook":[]}', /does not fit: .*abook/s],
    ['{"aBookGroups":"*"}', /does not fit: .*aBookGroups/s],
    ['{"managers":[{"name":""}]}', /does not fit: .*managers/s],
    ['[]', /does not fit/],
    ['{"decisions":{"stopOutAt":"never"}}', /does not fit: .*stopOutAt/s],
  ])('%s is refused by name', async (text, words) => {
    await expect(read(text)).rejects.toThrow(BookSettingsError)
    await expect(read(text)).rejects.toThrow(words)
  })

  it('a folder in its place is refused by name', async () => {
    await expect(readBookSettings(folder)).rejects.toThrow(/cannot be read/)
  })
})
