import { parseArgs } from 'node:util'
import { BridgeError } from './hub/errors.ts'
import type { BridgeCredential } from './hub/types.ts'

export type DemoChoice = {
  kind: 'demo'
  seed?: string
  clients?: number
  accounts?: number
  positions?: number
  groups?: number
  symbols?: number
  ticksPerSecond?: number
  speed?: number
}

export type ReplayChoice = {
  kind: 'replay'
  ticks: string
  statements?: string
  specs?: string
  speed?: number
}

export type BridgeArguments = {
  port: number
  host: string
  tls: { cert: string; key: string } | undefined
  credentials: BridgeCredential[]
  tokens: string[]
  source: DemoChoice | ReplayChoice
}

export const bridgeUsage = `npm run bridge -- [options] [--demo [key=value …] | --replay key=value …]
  --port N          port (7740; 0 = any free one)
  --host ADDRESS    address (127.0.0.1); any other than loopback needs TLS and a token
  --demo            the demo broker (default): seed= clients= accounts= positions= groups= symbols=
                    ticks-per-second= speed=, each also as an option (--accounts 5000)
  --replay          real ticks and statements: ticks=DIR [statements=DIR] [specs=DIR] [speed=N]
  --login N --password TEXT   who may sign in (demo: login 1, password demo, where nothing else is given)
  --token TEXT      a token instead, also from the environment variable DESKLINE_BRIDGE_TOKEN
  --tls-cert FILE --tls-key FILE
  --help`

const DEFAULT_PORT = 7740

const numberKeys = [
  'clients',
  'accounts',
  'positions',
  'groups',
  'symbols',
  'ticks-per-second',
  'speed',
] as const
const demoKeys: readonly string[] = ['seed', ...numberKeys]
const replayKeys: readonly string[] = ['ticks', 'statements', 'specs', 'speed']

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const
const options = {
  port: text,
  host: text,
  demo: flag,
  replay: flag,
  login: text,
  password: text,
  token: text,
  'tls-cert': text,
  'tls-key': text,
  help: flag,
  seed: text,
  clients: text,
  accounts: text,
  positions: text,
  groups: text,
  symbols: text,
  'ticks-per-second': text,
  speed: text,
} as const

const refuse = (detail: string): never => {
  throw new BridgeError('BAD_OPTION', detail)
}

const numberOf = (name: string, given: string, low: number, high: number): number => {
  const value = Number(given)
  if (given.trim() === '' || !(value >= low && value <= high))
    refuse(`${name}: ${given} is not a number from ${low} to ${high}`)
  return value
}

const wholeOf = (name: string, given: string, low: number, high: number): number => {
  const value = numberOf(name, given, low, high)
  if (!Number.isInteger(value)) refuse(`${name}: ${given} is not a whole number`)
  return value
}

/** `key=value` words behind --demo or --replay. */
const pairsOf = (words: readonly string[], known: readonly string[]): Map<string, string> => {
  const pairs = new Map<string, string>()
  for (const word of words) {
    const at = word.indexOf('=')
    const key = word.slice(0, Math.max(at, 0))
    if (at < 1 || at === word.length - 1 || !known.includes(key))
      refuse(`"${word}" was not understood; expected one of ${known.map((k) => `${k}=`).join(' ')}`)
    pairs.set(key, word.slice(at + 1))
  }
  return pairs
}

const demoChoice = (pairs: Map<string, string>): DemoChoice => {
  const figure = (key: (typeof numberKeys)[number]): number | undefined => {
    const given = pairs.get(key)
    if (given === undefined) return undefined
    return key === 'speed' ? numberOf(key, given, 0, 1000) : wholeOf(key, given, 0, 5_000_000)
  }
  const all: Record<keyof Omit<DemoChoice, 'kind'>, string | number | undefined> = {
    seed: pairs.get('seed'),
    clients: figure('clients'),
    accounts: figure('accounts'),
    positions: figure('positions'),
    groups: figure('groups'),
    symbols: figure('symbols'),
    ticksPerSecond: figure('ticks-per-second'),
    speed: figure('speed'),
  }
  const given = Object.entries(all).filter(([, value]) => value !== undefined)
  return { kind: 'demo', ...Object.fromEntries(given) }
}

const replayChoice = (pairs: Map<string, string>): ReplayChoice => {
  const [ticks, statements, specs, speed] = replayKeys.map((key) => pairs.get(key))
  return {
    kind: 'replay',
    ticks: ticks ?? refuse('--replay needs ticks=DIR'),
    ...(statements === undefined ? {} : { statements }),
    ...(specs === undefined ? {} : { specs }),
    ...(speed === undefined ? {} : { speed: numberOf('speed', speed, 0.001, 100_000) }),
  }
}

const parse = (argv: readonly string[]) => {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true })
  } catch (error) {
    return refuse(error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error))
  }
}

type Values = ReturnType<typeof parse>['values']

const credentialsOf = (values: Values, tokens: readonly string[]): BridgeCredential[] => {
  const { login, password } = values
  if ((login === undefined) !== (password === undefined)) refuse('--login and --password go together')
  // The well-known demo password is off as soon as any other way to sign in was chosen.
  if (login === undefined || password === undefined)
    return tokens.length > 0 ? [] : [{ login: 1, password: 'demo', name: 'Demo manager', groups: '*' }]
  const number = wholeOf('--login', login, 1, 2_147_483_647)
  return [{ login: number, password, name: `Manager ${number}`, groups: '*' }]
}

/**
 * The bridge a command line asks for.
 * @throws BridgeError BAD_OPTION
 */
export const parseBridgeArguments = (
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): BridgeArguments | { help: true } => {
  const { values, positionals } = parse(argv)
  if (values.help) return { help: true }
  if (values.demo && values.replay) refuse('--demo and --replay exclude each other')
  const { 'tls-cert': cert, 'tls-key': key } = values
  if ((cert === undefined) !== (key === undefined)) refuse('--tls-cert and --tls-key go together')
  const pairs = pairsOf(positionals, values.replay ? replayKeys : demoKeys)
  for (const name of demoKeys) {
    const given = values[name as keyof Values]
    if (typeof given !== 'string') continue
    if (values.replay && !replayKeys.includes(name)) refuse(`--${name} goes with --demo`)
    pairs.set(name, given)
  }
  const token = values.token ?? env['DESKLINE_BRIDGE_TOKEN']
  const tokens = token ? [token] : []
  return {
    port: values.port === undefined ? DEFAULT_PORT : wholeOf('--port', values.port, 0, 65_535),
    host: values.host ?? '127.0.0.1',
    tls: cert !== undefined && key !== undefined ? { cert, key } : undefined,
    credentials: credentialsOf(values, tokens),
    tokens,
    source: values.replay ? replayChoice(pairs) : demoChoice(pairs),
  }
}
