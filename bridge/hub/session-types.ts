import type { Bye } from '../../shared/bridge/protocol.ts'
import type { Clock, Log, Timers } from '../../shared/runtime/ports.ts'
import type { FaultDoor } from '../faults/door.ts'
import type { Commands } from './commands.ts'
import type { FrameCache } from './frame-cache.ts'
import type { Hub } from './hub.ts'
import type { BridgeLimits } from './limits.ts'
import type { SignInDoor } from './sign-in.ts'
import type { BridgeCounters, DeskStats } from './types.ts'

/** What a session needs of its socket. */
export type Wire = {
  readonly frame: (bytes: Uint8Array<ArrayBuffer>) => void
  readonly emit: (event: string, content: unknown) => void
  /** Ends the connection after what was sent has gone out. */
  readonly end: () => void
}

/** One connection: greeting → signing in → idle → following. All that comes in goes through `receive`. */
export type Session = {
  readonly id: string
  /** An event as it came, the acknowledgement callback last if there is one. Never throws. */
  readonly receive: (event: string, args: readonly unknown[]) => void
  /** Sends what may be sent now. */
  readonly pump: () => void
  /** Time limits and checkpoints; called about every second. */
  readonly housekeep: (now: number) => void
  readonly signedIn: () => boolean
  readonly bye: (bye: Bye) => void
  readonly stats: () => DeskStats
  readonly close: () => void
}

export type SessionOptions = {
  readonly id: string
  readonly address: string
  readonly bridgeVersion: string
  readonly wire: Wire
  readonly door: FaultDoor
  readonly hub: Hub
  readonly cache: FrameCache
  readonly commands: Commands
  readonly signIn: SignInDoor
  readonly nextFollowId: () => number
  readonly limits: BridgeLimits
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly counters: BridgeCounters
}
