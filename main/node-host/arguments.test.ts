import { describe, expect, it } from 'vitest'
import { ArgumentError } from '../host/argument-error.ts'
import { isLoopback, parseServeArguments } from './arguments.ts'

const env = { LONG: 'x'.repeat(24), SHORT: 'x'.repeat(23) }
const parse = (line: string) => parseServeArguments(line === '' ? [] : line.split(' '), env)
const tls = '--tls-cert c.pem --tls-key k.pem'

const complaint = (line: string): string => {
  try {
    parse(line)
  } catch (error) {
    if (error instanceof ArgumentError) return error.message
    throw error
  }
  return 'understood'
}

describe('parseServeArguments', () => {
  it('listens on loopback with a token of its own', () => {
    expect(parse('')).toEqual({
      kind: 'serve',
      desk: {
        bridge: { kind: 'embedded', argv: ['--demo'] },
        profile: null,
        base: 'USD',
        keys: { source: null, passphrase: null, keyFile: null, rotate: false },
      },
      listen: { host: '127.0.0.1', port: null, tls: null, origin: null, token: null },
      open: false,
    })
  })

  it('reads the whole line', () => {
    expect(
      parse(
        `--port 0 --host 0.0.0.0 --origin https://d.example ${tls} --access-token-env LONG --open --replay ticks=/t`,
      ),
    ).toMatchObject({
      desk: { bridge: { argv: ['--replay', 'ticks=/t'] } },
      listen: {
        host: '0.0.0.0',
        port: 0,
        tls: { cert: 'c.pem', key: 'k.pem' },
        origin: 'https://d.example',
        token: env.LONG,
      },
      open: true,
    })
    expect(parse('--help')).toEqual({ kind: 'help' })
  })

  it.each([
    ['--port 70000', '--port: 70000 is not a port (0 to 65535).'],
    ['--port 1e3', '--port: 1e3 is not a port (0 to 65535).'],
    ['--host a/b', '--host: a/b is not an address.'],
    [
      '--origin https://d.example/desk',
      '--origin: https://d.example/desk is not an address like https://desk.example.com.',
    ],
    ['--origin d.example', '--origin: d.example is not an address like https://desk.example.com.'],
    [
      `--host :: ${tls} --access-token-env LONG`,
      '--host :: needs --origin URL, the address under which browsers reach it.',
    ],
    ['--tls-cert c.pem', '--tls-cert and --tls-key go together.'],
    ['--access-token-env NONE', '--access-token-env: the environment variable NONE is not set.'],
    ['--access-token-env SHORT', '--access-token-env: the token is shorter than 24 characters.'],
  ])('answers "%s" with one sentence', (line, message) => {
    expect(complaint(line)).toBe(message)
  })

  it.each([
    '--host 0.0.0.0',
    '--host ::',
    '--host desk.example.com',
    `--host 10.0.0.5 ${tls}`,
    '--host 10.0.0.5 --access-token-env LONG',
  ])('does not open the desk to the network: %s', (line) => {
    expect(complaint(line)).toMatch(/would open the desk to the network: it needs --tls-cert/)
  })
})

describe('isLoopback', () => {
  it('knows loopback by address, not by look', () => {
    for (const host of ['127.0.0.1', '127.9.9.9', '::1', 'localhost']) expect(isLoopback(host)).toBe(true)
    for (const host of [
      '127.0.0.1.example.com',
      '127.1',
      '0.0.0.0',
      '::',
      'localhost.example.com',
      '10.0.0.1',
    ])
      expect(isLoopback(host)).toBe(false)
  })
})
