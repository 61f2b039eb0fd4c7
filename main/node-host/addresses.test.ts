import { describe, expect, it } from 'vitest'
import { addressesOf } from './addresses.ts'

describe('addressesOf', () => {
  it('answers on loopback under its loopback names only', () => {
    const { origin, origins, sockets, hosts } = addressesOf('127.0.0.1', 4780, false, null)
    expect(origin).toBe('http://127.0.0.1:4780')
    expect(origins).toEqual(['http://127.0.0.1:4780', 'http://localhost:4780'])
    expect(sockets).toEqual(['ws://127.0.0.1:4780', 'ws://localhost:4780'])
    expect(hosts).toEqual(new Set(['127.0.0.1:4780', 'localhost:4780']))
  })

  it('writes addresses as browsers do', () => {
    expect(addressesOf('::1', 4780, false, null).origin).toBe('http://[::1]:4780')
    expect(addressesOf('desk.example.com', 443, true, null)).toEqual({
      origin: 'https://desk.example.com',
      origins: ['https://desk.example.com'],
      sockets: ['wss://desk.example.com'],
      hosts: null,
    })
  })

  it('adds the address of a proxy or a wildcard', () => {
    expect(addressesOf('0.0.0.0', 4780, true, 'https://desk.example.com')).toEqual({
      origin: 'https://desk.example.com',
      origins: ['https://desk.example.com', 'https://0.0.0.0:4780'],
      sockets: ['wss://desk.example.com', 'wss://0.0.0.0:4780'],
      hosts: null,
    })
    expect(addressesOf('127.0.0.1', 4780, false, 'https://desk.example.com').hosts).toEqual(
      new Set(['127.0.0.1:4780', 'localhost:4780', 'desk.example.com']),
    )
  })
})
