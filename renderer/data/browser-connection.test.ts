import { describe, expect, it } from 'vitest'
import { takeToken } from './browser-connection.ts'

const place = (hash: string, kept: string | null) => {
  const stored = new Map<string, string>(kept === null ? [] : [['deskline.token', kept]])
  const addresses: string[] = []
  return {
    addresses,
    stored,
    location: { hash, pathname: '/', search: '?window=2' },
    history: {
      replaceState: (_: unknown, __: string, url?: string | URL | null) => {
        addresses.push(String(url))
      },
    },
    storage: {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => {
        stored.set(key, value)
      },
    },
  }
}

describe('the token', () => {
  it('is taken from the address, out of it, and kept for this tab', () => {
    const at = place('#token=a%2Bb_1', null)
    expect(takeToken(at)).toBe('a+b_1')
    expect(at.addresses).toEqual(['/?window=2'])
    expect(at.stored.get('deskline.token')).toBe('a+b_1')
  })

  it('is the kept one after a reload, and empty without any', () => {
    expect(takeToken(place('', 'kept'))).toBe('kept')
    expect(takeToken(place('#other=1', null))).toBe('')
  })

  it('of the address wins over the kept one', () => {
    expect(takeToken(place('#token=new', 'old'))).toBe('new')
  })
})
