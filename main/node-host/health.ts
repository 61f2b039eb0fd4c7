import type { DeskStatus } from '../../shared/api/models.ts'

export type HostFacts = {
  readonly version: string
  readonly node: string
  /** UTC ms. */
  readonly startedAt: number
  readonly now: number
  readonly windows: number
}

/** Answer of `GET /health`. Names no secret and no client; durations and ages in milliseconds unless they say so. */
export const health = (status: DeskStatus, facts: HostFacts) => ({
  ok: status.store.ok,
  version: facts.version,
  node: facts.node,
  host: 'node',
  uptimeSeconds: Math.round((facts.now - facts.startedAt) / 1000),
  windows: facts.windows,
  link: {
    phase: status.link.phase,
    detail: status.link.detail,
    progress: status.link.progress,
    bridge: status.link.bridge,
    lagMs: status.link.lagMs,
    roundTripMs: status.link.roundTripMs,
    clockOffsetMs: status.link.clockOffset,
    lastHeardMs: status.link.lastHeard === 0 ? null : facts.now - status.link.lastHeard,
    counters: status.link.counters,
  },
  book: {
    accounts: status.book.accounts,
    positions: status.book.positions,
    pendings: status.book.pendings,
    symbols: status.book.symbols,
    groups: status.book.groups,
    frameAgeMs: status.book.valuedAt === 0 ? null : facts.now - status.book.valuedAt,
    passMs: status.book.passMs,
    memoryBytes: status.book.memoryBytes,
  },
  store: status.store,
})
export type Health = ReturnType<typeof health>
