import { randomBytes } from 'node:crypto'
import type { Log } from '../shared/runtime/ports.ts'
import { parseBridgeArguments } from './arguments.ts'
import type { Bridge } from './create-bridge.ts'
import { BridgeError } from './hub/errors.ts'
import { startBridge } from './start-bridge.ts'

export type EmbeddedBridge = { readonly bridge: Bridge; readonly url: string; readonly token: string }

/**
 * A bridge for one desk on this machine: the demo broker, or what `argv` asks for, on a free loopback port that only
 * a random token opens.
 * @param argv as `npm run bridge` takes it, but only what says which source and how large
 * @throws BridgeError
 */
export const createEmbeddedBridge = async (argv: readonly string[], log: Log): Promise<EmbeddedBridge> => {
  const given = parseBridgeArguments(argv, {})
  if ('help' in given) throw new BridgeError('BAD_OPTION', '--help is for the command line')
  const token = randomBytes(24).toString('base64url')
  const bridge = await startBridge(
    { ...given, port: 0, host: '127.0.0.1', tls: undefined, credentials: [], tokens: [token] },
    log,
  )
  return { bridge, url: bridge.url, token }
}
