import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { type SignIn, signInSchema } from '../../shared/bridge/protocol.ts'
import type { BridgeChoice, KeyMeans, KeySource } from '../desk-options.ts'
import { ArgumentError } from './argument-error.ts'

/** What both hosts take from their command line. */
export type DeskArguments = {
  readonly bridge: BridgeChoice
  /** Folder named with `--profile`; null = the default one. */
  readonly profile: string | null
  /** Reporting currency. */
  readonly base: string
  readonly keys: KeyArguments
}

/** How the desk's keys are kept, as far as a command line and the environment say. */
export type KeyArguments = Pick<KeyMeans, 'source' | 'passphrase' | 'keyFile' | 'rotate'>

export type Environment = Readonly<Record<string, string | undefined>>

export const deskOptions = {
  demo: { type: 'boolean' },
  replay: { type: 'boolean' },
  bridge: { type: 'string' },
  login: { type: 'string' },
  'password-env': { type: 'string' },
  'token-env': { type: 'string' },
  profile: { type: 'string' },
  base: { type: 'string' },
  keys: { type: 'string' },
  'key-file': { type: 'string' },
  'rotate-keys': { type: 'boolean' },
} as const satisfies ParseArgsOptionsConfig

export const deskUsage = `  --demo [key=value …]      the demo broker (default); keys as in npm run bridge -- --help
  --replay key=value …      real ticks and statements: ticks=DIR statements=DIR
  --bridge URL              a bridge elsewhere, with --token-env NAME or --login N --password-env NAME
  --profile DIR             folder of the desk's own data
  --base CUR                reporting currency (USD)
  --keys SOURCE             what locks the keys that personal data is sealed with, from now on: keychain (the system's, the
                            desktop program only), passphrase (DESKLINE_PASSPHRASE, or asked for), key-file
  --key-file PATH           the key file (desk.key in the profile)
  --rotate-keys             makes a new key; what is stored is sealed anew in the background`

/** Secrets come from the environment: the command line is visible to every user of the machine. */
export const secretFrom = (env: Environment, option: string, name: string): string => {
  const secret = env[name]
  if (!secret) throw new ArgumentError(`--${option}: the environment variable ${name} is not set.`)
  return secret
}

type Values = {
  [K in keyof typeof deskOptions]?:
    | ((typeof deskOptions)[K]['type'] extends 'boolean' ? boolean : string)
    | undefined
}

const signIn = (values: Values, env: Environment): SignIn => {
  const byToken = values['token-env'] !== undefined
  const byPassword = values.login !== undefined || values['password-env'] !== undefined
  if (byToken === byPassword)
    throw new ArgumentError('--bridge needs either --token-env NAME or --login N --password-env NAME.')
  const given = byToken
    ? { token: secretFrom(env, 'token-env', values['token-env'] ?? '') }
    : {
        login: Number(values.login),
        password: secretFrom(env, 'password-env', values['password-env'] ?? ''),
      }
  const checked = signInSchema.safeParse(given)
  if (!checked.success)
    throw new ArgumentError(
      byToken ? '--token-env: the token is too long.' : '--login must be a manager login.',
    )
  return checked.data
}

const bridgeUrl = (text: string): string => {
  const url = URL.parse(text)
  if (url === null || !['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol))
    throw new ArgumentError(`--bridge: ${text} is not an http, https, ws or wss address.`)
  if (url.username !== '' || url.password !== '')
    throw new ArgumentError('--bridge: give the password with --password-env, not in the address.')
  return url.href
}

/**
 * The bridge a command line asks for.
 * @param pairs the `key=value` words behind `--demo` or `--replay`
 * @throws ArgumentError
 */
export const bridgeChoice = (values: Values, pairs: readonly string[], env: Environment): BridgeChoice => {
  const kinds = (['demo', 'replay', 'bridge'] as const).filter((kind) => values[kind] !== undefined)
  if (kinds.length > 1) throw new ArgumentError(`--${kinds.join(' and --')} exclude each other.`)
  const odd = pairs.find((pair) => !/^[a-z][a-z-]*=./.test(pair))
  if (odd !== undefined) throw new ArgumentError(`"${odd}" was not understood; expected key=value.`)
  const kind = kinds[0] ?? 'demo'
  if (kind !== 'bridge') {
    for (const option of ['login', 'password-env', 'token-env'] as const)
      if (values[option] !== undefined) throw new ArgumentError(`--${option} goes with --bridge URL.`)
    if (pairs.length > 0 && kinds.length === 0)
      throw new ArgumentError(`"${pairs[0]}" belongs behind --demo or --replay.`)
    return { kind: 'embedded', argv: [`--${kind}`, ...pairs] }
  }
  if (pairs.length > 0) throw new ArgumentError(`"${pairs[0]}" belongs behind --demo or --replay.`)
  return { kind: 'url', url: bridgeUrl(values.bridge ?? ''), credentials: signIn(values, env) }
}

/** @throws ArgumentError */
export const baseCurrency = (text: string | undefined): string => {
  if (text === undefined) return 'USD'
  if (!/^[A-Z]{3}$/.test(text)) throw new ArgumentError(`--base: ${text} is not a currency code like USD.`)
  return text
}

const keySources: readonly string[] = ['keychain', 'passphrase', 'key-file'] satisfies KeySource[]

/** The passphrase comes from the environment: the command line is visible to every user of the machine. */
const PASSPHRASE = 'DESKLINE_PASSPHRASE'

/** @throws ArgumentError */
export const keyArguments = (values: Values, env: Environment): KeyArguments => {
  const { keys: source, 'key-file': keyFile } = values
  if (source !== undefined && !keySources.includes(source))
    throw new ArgumentError(`--keys: ${source} is none of ${keySources.join(', ')}.`)
  if (keyFile !== undefined && source !== undefined && source !== 'key-file')
    throw new ArgumentError(`--key-file does not go with --keys ${source}.`)
  return {
    source: (source as KeySource | undefined) ?? null,
    passphrase: env[PASSPHRASE] || null,
    keyFile: keyFile ?? null,
    rotate: values['rotate-keys'] ?? false,
  }
}

/**
 * `parseArgs` with its errors as ours.
 * @throws ArgumentError
 */
export const readOptions = <O extends ParseArgsOptionsConfig>(argv: readonly string[], options: O) => {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true })
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    throw new ArgumentError(`${text.split('. ')[0]?.replace(/\.$/, '')}.`)
  }
}

/** @throws ArgumentError */
export const parseDeskArguments = (argv: readonly string[], env: Environment): DeskArguments => {
  const { values, positionals } = readOptions(argv, deskOptions)
  return {
    bridge: bridgeChoice(values, positionals, env),
    profile: values.profile ?? null,
    base: baseCurrency(values.base),
    keys: keyArguments(values, env),
  }
}
