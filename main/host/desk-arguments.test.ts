import { describe, expect, it } from 'vitest'
import { ArgumentError } from './argument-error.ts'
import { parseDeskArguments } from './desk-arguments.ts'

const env = { TOKEN: 'secret-token', PASSWORD: 'secret' }
const parse = (line: string) => parseDeskArguments(line === '' ? [] : line.split(' '), env)

const complaint = (line: string): string => {
  try {
    parse(line)
  } catch (error) {
    if (error instanceof ArgumentError) return error.message
    throw error
  }
  return 'understood'
}

describe('parseDeskArguments', () => {
  it('takes the demo broker by default', () => {
    const keys = { source: null, passphrase: null, keyFile: null, rotate: false }
    expect(parse('')).toEqual({
      bridge: { kind: 'embedded', argv: ['--demo'] },
      profile: null,
      base: 'USD',
      keys,
    })
    expect(parse('--demo seed=7 accounts=5000 --base EUR --profile /p')).toEqual({
      bridge: { kind: 'embedded', argv: ['--demo', 'seed=7', 'accounts=5000'] },
      profile: '/p',
      base: 'EUR',
      keys,
    })
  })

  it('passes a replay on as the bridge takes it', () => {
    expect(parse('--replay ticks=/t statements=/s').bridge).toEqual({
      kind: 'embedded',
      argv: ['--replay', 'ticks=/t', 'statements=/s'],
    })
  })

  it('takes a bridge elsewhere with a token or a login, secrets from the environment', () => {
    expect(parse('--bridge wss://b.example:7740 --token-env TOKEN').bridge).toEqual({
      kind: 'url',
      url: 'wss://b.example:7740/',
      credentials: { token: 'secret-token' },
    })
    expect(parse('--bridge http://127.0.0.1:7740 --login 7 --password-env PASSWORD').bridge).toEqual({
      kind: 'url',
      url: 'http://127.0.0.1:7740/',
      credentials: { login: 7, password: 'secret' },
    })
  })

  it('takes what locks the keys; the passphrase comes from the environment', () => {
    const given = { source: null, passphrase: null, keyFile: null, rotate: false }
    expect(parse('--keys keychain --rotate-keys').keys).toEqual({
      ...given,
      source: 'keychain',
      rotate: true,
    })
    expect(parse('--key-file /k').keys).toEqual({ ...given, keyFile: '/k' })
    expect(parseDeskArguments(['--keys', 'passphrase'], { DESKLINE_PASSPHRASE: 'secret' }).keys).toEqual({
      ...given,
      source: 'passphrase',
      passphrase: 'secret',
    })
    expect(parseDeskArguments([], { DESKLINE_PASSPHRASE: '' }).keys).toEqual(given)
  })

  it.each([
    ['--keys memory', '--keys: memory is none of keychain, passphrase, key-file.'],
    ['--keys keychain --key-file /k', '--key-file does not go with --keys keychain.'],
    ['--nonsense', "Unknown option '--nonsense'."],
    ['--profile', "Option '--profile <value>' argument missing."],
    ['stray', '"stray" was not understood; expected key=value.'],
    ['ticks=/t', '"ticks=/t" belongs behind --demo or --replay.'],
    ['--demo --replay ticks=/t', '--demo and --replay exclude each other.'],
    ['--demo --bridge ws://x', '--demo and --bridge exclude each other.'],
    ['--bridge ws://x ticks=/t --token-env TOKEN', '"ticks=/t" belongs behind --demo or --replay.'],
    ['--bridge ftp://x --token-env TOKEN', '--bridge: ftp://x is not an http, https, ws or wss address.'],
    [
      '--bridge ws://me:pw@x --token-env TOKEN',
      '--bridge: give the password with --password-env, not in the address.',
    ],
    ['--bridge ws://x', '--bridge needs either --token-env NAME or --login N --password-env NAME.'],
    [
      '--bridge ws://x --token-env TOKEN --login 7',
      '--bridge needs either --token-env NAME or --login N --password-env NAME.',
    ],
    ['--bridge ws://x --token-env NONE', '--token-env: the environment variable NONE is not set.'],
    ['--bridge ws://x --login seven --password-env PASSWORD', '--login must be a manager login.'],
    ['--token-env TOKEN', '--token-env goes with --bridge URL.'],
    ['--base Dollar', '--base: Dollar is not a currency code like USD.'],
  ])('answers "%s" with one sentence', (line, message) => {
    expect(complaint(line)).toBe(message)
  })
})
