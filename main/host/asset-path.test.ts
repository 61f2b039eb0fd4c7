import { join, resolve, sep } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assetPath } from './asset-path.ts'

const root = resolve('/srv/desk')

describe('assetPath', () => {
  it('finds the page and its assets', () => {
    expect(assetPath(root, '/')).toBe(join(root, 'index.html'))
    expect(assetPath(root, '/assets/index-C3_x-1.js')).toBe(join(root, 'assets', 'index-C3_x-1.js'))
    expect(assetPath(root, '/assets/inter%2Blatin.woff2')).toBe(join(root, 'assets', 'inter+latin.woff2'))
  })

  it.each([
    '',
    'index.html',
    '/../secret',
    '/assets/../../secret',
    '/assets/..',
    '/%2e%2e/secret',
    '/assets/%2e%2e%2f%2e%2e%2fsecret',
    '/..%5csecret',
    '/assets\\..\\secret',
    '/C:/secret',
    '/.env',
    '/assets//index.js',
    '//host/share',
    '/a%00.js',
    '/%',
    '/%c0%ae%c0%ae/secret',
  ])('refuses %j', (path) => {
    expect(assetPath(root, path)).toBeNull()
  })

  it('never answers a file outside the folder', () => {
    const piece = fc.constantFrom('..', '.', '/', '\\', '%2e', '%2f', '%5c', 'a', 'assets', '%00', 'C:', '~')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const file = assetPath(root, `/${pieces.join('')}`)
        expect(file === null || resolve(file).startsWith(root + sep)).toBe(true)
      }),
    )
  })
})
