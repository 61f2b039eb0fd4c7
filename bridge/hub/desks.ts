import type { BridgeStatus, Bye } from '../../shared/bridge/protocol.ts'
import type { Timers } from '../../shared/runtime/ports.ts'
import type { BridgeLimits } from './limits.ts'
import type { Session } from './session-types.ts'
import type { DeskStats } from './types.ts'

export type Desk = {
  readonly session: Session
  readonly status: (status: BridgeStatus) => void
  /** Cuts the socket without a farewell. */
  readonly cut: () => void
}

/** All desks of a bridge and the two rhythms they share: the flush shortly after something moved, and housekeeping. */
export type Desks = {
  readonly add: (desk: Desk) => void
  readonly remove: (id: string) => void
  readonly count: () => number
  readonly all: () => readonly Desk[]
  /** Something new may be sent: soon, together with what comes meanwhile. */
  readonly moved: () => void
  readonly status: (status: BridgeStatus) => void
  readonly bye: (bye: Bye) => void
  readonly stats: () => DeskStats[]
  readonly close: () => void
}

export const createDesks = (limits: BridgeLimits, timers: Timers, now: () => number): Desks => {
  const desks = new Map<string, Desk>()
  let flush: unknown
  let closed = false

  const pumpAll = (): void => {
    flush = undefined
    for (const { session } of desks.values()) session.pump()
  }

  const housekeep = (): void => {
    for (const { session } of desks.values()) session.housekeep(now())
    round = timers.setTimeout(housekeep, limits.housekeepingMs)
  }
  let round = timers.setTimeout(housekeep, limits.housekeepingMs)

  return {
    add: (desk) => {
      desks.set(desk.session.id, desk)
    },
    remove: (id) => {
      desks.get(id)?.session.close()
      desks.delete(id)
    },
    count: () => desks.size,
    all: () => [...desks.values()],
    moved: () => {
      if (desks.size > 0 && !closed) flush ??= timers.setTimeout(pumpAll, limits.flushMs)
    },
    status: (status) => {
      for (const desk of desks.values()) if (desk.session.signedIn()) desk.status(status)
    },
    bye: (bye) => {
      for (const { session } of desks.values()) session.bye(bye)
    },
    stats: () => [...desks.values()].map(({ session }) => session.stats()),
    close: () => {
      closed = true
      timers.clearTimeout(flush)
      timers.clearTimeout(round)
      for (const { session } of desks.values()) session.close()
      desks.clear()
    },
  }
}
