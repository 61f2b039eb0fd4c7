import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { replaceFile } from './durable-file.ts'

let folder = ''
let path = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskline-durable-'))
  path = join(folder, 'a.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('replaceFile', () => {
  it('writes, proves twice and leaves nothing else behind', async () => {
    const proven: string[] = []
    const prove = async (at: string) => void proven.push(`${at} ${readFileSync(at, 'utf8')}`)
    await replaceFile(path, 'one', prove)
    await replaceFile(path, 'two', prove)
    expect(proven).toEqual([`${path}.new one`, `${path} one`, `${path}.new two`, `${path} two`])
    expect(readdirSync(folder)).toEqual(['a.json'])
  })

  it('keeps the old file when the new one does not prove right', async () => {
    await replaceFile(path, 'one', async () => {})
    const doubt = async () => {
      throw new Error('not as wanted')
    }
    await expect(replaceFile(path, 'two', doubt)).rejects.toThrow('not as wanted')
    expect(readFileSync(path, 'utf8')).toBe('one')
  })

  it('keeps the old one beside it when the new one proves wrong in its place', async () => {
    await replaceFile(path, 'one', async () => {})
    const doubt = async (at: string) => {
      if (at === path) throw new Error('not as wanted')
    }
    await expect(replaceFile(path, 'two', doubt)).rejects.toThrow('not as wanted')
    expect(readFileSync(`${path}.old`, 'utf8')).toBe('one')
  })
})
