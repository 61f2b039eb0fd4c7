import { isIP } from 'node:net'
import { ArgumentError } from '../host/argument-error.ts'
import {
  baseCurrency,
  bridgeChoice,
  type DeskArguments,
  deskOptions,
  deskUsage,
  type Environment,
  keyArguments,
  readOptions,
  secretFrom,
} from '../host/desk-arguments.ts'

export type Listen = {
  readonly host: string
  /** null: the usual port, or any free one if it is taken. */
  readonly port: number | null
  readonly tls: { readonly cert: string; readonly key: string } | null
  /** Where windows come from, when it is not the address listened on (a wildcard, a proxy). */
  readonly origin: string | null
  /** What windows must show; null: the host makes one up at every start. */
  readonly token: string | null
}

export type ServeArguments =
  | { readonly kind: 'help' }
  | { readonly kind: 'serve'; readonly desk: DeskArguments; readonly listen: Listen; readonly open: boolean }

const options = {
  ...deskOptions,
  port: { type: 'string' },
  host: { type: 'string' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  origin: { type: 'string' },
  'access-token-env': { type: 'string' },
  open: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

export const serveUsage = `Serves the desk to browsers: npm run serve -- [options]

${deskUsage}
  --port N                  port to listen on (4780, or a free one if it is taken)
  --host H                  address to listen on (127.0.0.1); any other than loopback needs the next three
  --tls-cert FILE --tls-key FILE   certificate and key, PEM
  --origin URL              address under which browsers reach this host, like https://desk.example.com
  --access-token-env NAME   environment variable with the token windows must show (at least 24 characters)
  --open                    opens a browser`

/** Shorter ones could be guessed over a network. */
const MIN_TOKEN_LENGTH = 24

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

/** @throws ArgumentError */
const portNumber = (text: string | undefined): number | null => {
  if (text === undefined) return null
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new ArgumentError(`--port: ${text} is not a port (0 to 65535).`)
  return port
}

/** @throws ArgumentError */
const publicOrigin = (text: string | undefined): string | null => {
  if (text === undefined) return null
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol) || url.href !== `${url.origin}/`)
    throw new ArgumentError(`--origin: ${text} is not an address like https://desk.example.com.`)
  return url.origin
}

const isWildcard = (host: string): boolean => host === '0.0.0.0' || host === '::'

/** @throws ArgumentError */
export const parseServeArguments = (argv: readonly string[], env: Environment): ServeArguments => {
  const { values, positionals } = readOptions(argv, options)
  if (values.help) return { kind: 'help' }
  const host = values.host ?? '127.0.0.1'
  if (!/^[A-Za-z0-9.:-]{1,253}$/.test(host)) throw new ArgumentError(`--host: ${host} is not an address.`)
  const cert = values['tls-cert']
  const key = values['tls-key']
  if ((cert === undefined) !== (key === undefined))
    throw new ArgumentError('--tls-cert and --tls-key go together.')
  const tokenName = values['access-token-env']
  const token = tokenName === undefined ? null : secretFrom(env, 'access-token-env', tokenName)
  if (token !== null && token.length < MIN_TOKEN_LENGTH)
    throw new ArgumentError(`--access-token-env: the token is shorter than ${MIN_TOKEN_LENGTH} characters.`)
  const tls = cert !== undefined && key !== undefined ? { cert, key } : null
  if (!isLoopback(host) && (tls === null || token === null))
    throw new ArgumentError(
      `--host ${host} would open the desk to the network: it needs --tls-cert, --tls-key and --access-token-env.`,
    )
  const origin = publicOrigin(values.origin)
  if (isWildcard(host) && origin === null)
    throw new ArgumentError(`--host ${host} needs --origin URL, the address under which browsers reach it.`)
  return {
    kind: 'serve',
    desk: {
      bridge: bridgeChoice(values, positionals, env),
      profile: values.profile ?? null,
      base: baseCurrency(values.base),
      keys: keyArguments(values, env),
    },
    listen: { host, port: portNumber(values.port), tls, origin, token },
    open: values.open ?? false,
  }
}
