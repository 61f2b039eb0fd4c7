import type { Clock, Log, Random, Timers } from '../shared/runtime/ports.ts'
import type { LinkCredentials } from './link/types.ts'
import type { KeyMeans } from './store/keys/types.ts'

export { type Keychain, type KeyMeans, type KeySource, keyFileOnly } from './store/keys/types.ts'

/** Where the desk finds its manager side. */
export type BridgeChoice =
  /** A bridge inside this process with the demo broker or a replay; `argv` as `npm run bridge` takes it. */
  | { readonly kind: 'embedded'; readonly argv: readonly string[] }
  | { readonly kind: 'url'; readonly url: string; readonly credentials: LinkCredentials }

export type DeskOptions = {
  /** Folder of the desk's own data; made if missing. */
  readonly profile: string
  readonly bridge: BridgeChoice
  /** Reporting currency. */
  readonly base: string
  /** Where the key comes from that locks the desk's keys. */
  readonly keys: KeyMeans
  readonly bookWorker: URL
  readonly bridgeWorker: URL
  readonly statementWorker: URL
  readonly storeWorker: URL
  readonly searchWorker: URL
  readonly host: 'electron' | 'node'
  readonly version: string
  /** Origins of the windows this host serves. */
  readonly trustedOrigins: readonly string[]
  readonly clock: Clock
  readonly timers: Timers
  readonly random: Random
  readonly newId: () => string
  readonly log: Log
}
