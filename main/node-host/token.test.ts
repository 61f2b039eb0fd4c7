import { describe, expect, it } from 'vitest'
import { isToken, newToken, readBearer, readGreeting } from './token.ts'

describe('tokens', () => {
  it('are long and never the same', () => {
    expect(newToken()).toMatch(/^[\w-]{32}$/)
    expect(newToken()).not.toBe(newToken())
  })

  it('compare whole', () => {
    expect(isToken('abc', 'abc')).toBe(true)
    for (const given of ['', 'ab', 'abcd', 'abC']) expect(isToken('abc', given)).toBe(false)
  })

  it('are read from a greeting and from a header', () => {
    expect(readGreeting('{"token":"t"}')).toBe('t')
    for (const text of [
      '',
      't',
      '{}',
      '{"token":1}',
      '{"token":"t","more":1}',
      `{"token":"${'x'.repeat(513)}"}`,
    ])
      expect(readGreeting(text)).toBeNull()
    expect(readBearer('Bearer a.b-c')).toBe('a.b-c')
    for (const header of [undefined, '', 'Bearer', 'Basic abc', 'Bearer a b'])
      expect(readBearer(header)).toBeNull()
  })
})
