import type { LinkStatus } from '../../shared/api/models.ts'
import type { Clock, Log } from '../../shared/runtime/ports.ts'
import { type FrameHeader, FrameType } from '../../shared/wire/header.ts'

type Counter = keyof LinkStatus['counters']

/** Frames that were not ours to take: of an older follow, or seen before. */
export type Ignored = { foreign: number; duplicates: number }

export type Meters = {
  readonly counters: Readonly<LinkStatus['counters']>
  readonly ignored: Ignored
  count: (what: Counter) => void
  received: (bytes: number) => void
  handed: (header: FrameHeader) => void
  /** Something that does not fit was refused: counted, kept for the user, and logged at most once a second. */
  refuse: (fault: string, detail: string) => void
  lastRefusal: () => LinkStatus['lastRefusal']
}

const LOG_EVERY_MS = 1000
const DETAIL_CHARS = 300

export const createMeters = (clock: Clock, log: Log): Meters => {
  const counters: LinkStatus['counters'] = {
    frames: 0,
    bytes: 0,
    ticks: 0,
    changes: 0,
    refused: 0,
    gaps: 0,
    resyncs: 0,
    snapshots: 0,
    resumes: 0,
    reconnects: 0,
    hashMismatches: 0,
  }
  let lastRefusal: LinkStatus['lastRefusal'] = null
  let loggedAt = -Infinity
  let unlogged = 0

  return {
    counters,
    ignored: { foreign: 0, duplicates: 0 },
    count: (what) => {
      counters[what]++
    },
    received: (bytes) => {
      counters.frames++
      counters.bytes += bytes
    },
    handed: (header) => {
      if (header.type === FrameType.CHANGES) counters.changes += header.rows
      else if (header.type === FrameType.TICKS || header.type === FrameType.QUOTES)
        counters.ticks += header.rows
    },
    refuse: (fault, detail) => {
      const at = clock.now()
      counters.refused++
      lastRefusal = { at, fault, detail: detail.slice(0, DETAIL_CHARS) }
      if (Math.abs(at - loggedAt) < LOG_EVERY_MS) {
        unlogged++
        return
      }
      log.warn(
        { fault, detail: lastRefusal.detail, unlogged, refused: counters.refused },
        'bridge data refused',
      )
      loggedAt = at
      unlogged = 0
    },
    lastRefusal: () => lastRefusal,
  }
}
