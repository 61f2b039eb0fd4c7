import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isBuilt, markBuilt, stampOf } from './stamp.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'deskline-stamp-'))
  mkdirSync(join(root, 'main', 'book'), { recursive: true })
  mkdirSync(join(root, 'out'))
  writeFileSync(join(root, 'main', 'book', 'a.ts'), 'a')
})
afterEach(() => rmSync(root, { recursive: true }))

describe('stamp', () => {
  it('is missing before the first build and holds until a source changes', () => {
    expect(isBuilt(root)).toBe(false)
    markBuilt(root, stampOf(root))
    expect(isBuilt(root)).toBe(true)
  })

  it.each([
    ['is written', () => utimesSync(join(root, 'main', 'book', 'a.ts'), 1, 1)],
    ['grows', () => writeFileSync(join(root, 'main', 'book', 'a.ts'), 'ab')],
    ['appears', () => writeFileSync(join(root, 'main', 'b.ts'), '')],
    ['goes', () => rmSync(join(root, 'main', 'book', 'a.ts'))],
  ])('is stale when a source %s', (_, change) => {
    markBuilt(root, stampOf(root))
    change()
    expect(isBuilt(root)).toBe(false)
  })

  it('does not look at the build’s own output', () => {
    markBuilt(root, stampOf(root))
    writeFileSync(join(root, 'out', 'index.js'), '')
    expect(isBuilt(root)).toBe(true)
  })
})
