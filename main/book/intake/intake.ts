import type { z } from 'zod'
import {
  checkpointSchema,
  type Seqs,
  snapshotBeginSchema,
  snapshotEndSchema,
} from '../../../shared/bridge/protocol.ts'
import {
  changeTables,
  type RecordStream,
  recordKeys,
  recordStreams,
  recordTables,
  StreamId,
  streamName,
} from '../../../shared/bridge/streams.ts'
import { quotesTable, ticksTable } from '../../../shared/bridge/tables.ts'
import type { Applied, Refused } from '../../../shared/runtime/frame-sink.ts'
import { createScratch } from '../../../shared/wire/column-parts.ts'
import { WireError } from '../../../shared/wire/errors.ts'
import { openPackedTable, readJson, readPackedTable, readTable } from '../../../shared/wire/frames.ts'
import { FLAG_MORE, type FrameHeader, FrameType } from '../../../shared/wire/header.ts'
import type { TableSchema } from '../../../shared/wire/schema.ts'
import type { World } from '../world/world.ts'
import { applyChanges, applyQuotes, applyTicks } from './apply-rows.ts'
import { createRowCheck, type RowCheck } from './check-rows.ts'
import { createStaging, type Staging } from './staging.ts'

/** What becomes of a frame. */
export type IntakeSink = {
  readonly applied: (applied: Applied) => void
  readonly refused: (refused: Refused) => void
  readonly mismatch: (streams: RecordStream[]) => void
  /** All rows of a snapshot's frame are written down: its memory can be had back. */
  readonly spent?: (frame: Uint8Array<ArrayBuffer>) => void
}

/**
 * Takes frames in order and keeps the worlds: each frame is read and checked whole before anything of it is applied. A
 * refused frame ends its follow: the rest of it is refused too, until a snapshot begins or a new follow continues.
 */
export type Intake = {
  readonly accept: (header: FrameHeader, frame: Uint8Array<ArrayBuffer>, now: number) => void
  /** The world that may be shown; null before the first snapshot settled. */
  readonly world: () => World | null
  /** No snapshot is coming in. */
  readonly complete: () => boolean
  /** A transaction is half applied (not longer than a second: then it is shown all the same). */
  readonly inTransaction: (now: number) => boolean
  /** Goes on with what a snapshot left for later: hashes of its rows, and comparing them with a checkpoint's. */
  readonly catchUp: () => void
  /** Counts applied frames that changed data. */
  readonly version: () => number
  /** Last number applied in each stream, of the snapshot that is coming in if there is one. */
  readonly seqs: () => Seqs
  /** Shows a world that was read from elsewhere, if none is shown yet; false: there is one already. */
  readonly adopt: (world: World, at: Seqs) => boolean
  readonly secMargins: RowCheck['secMargins']
}

const MAX_TRANSACTION_MS = 1000
/** Trades that wait hold their frames. */
const greatestFirst = recordStreams.toReversed()
/** Rows hashed in one go: about two milliseconds. */
const ROWS_HASHED = 8192

const parseBody = <T>(schema: z.ZodType<T>, frame: Uint8Array<ArrayBuffer>): T => {
  const parsed = schema.safeParse(readJson(frame))
  if (!parsed.success) throw new WireError('BAD_VALUE', parsed.error.message.slice(0, 200))
  return parsed.data
}

const recordStream = (id: number): RecordStream => {
  const name = streamName(id)
  if (name === undefined || name === 'ticks') throw new WireError('BAD_VALUE', `stream ${id} has no records`)
  return name
}

const onlyTicks = (id: number): void => {
  if (id !== StreamId.ticks) throw new WireError('BAD_VALUE', `stream ${id} has no prices`)
}

/** @param newWorld an empty world with the settings of the desk */
export const createIntake = (sink: IntakeSink, newWorld: () => World): Intake => {
  const check = createRowCheck()
  const scratch = createScratch()
  const spent = sink.spent ?? (() => {})
  let shown: World | null = null
  let staging: Staging | null = null
  let seqs: Seqs = { symbols: 0, groups: 0, users: 0, trades: 0, ticks: 0 }
  let scope = -1
  let refusedScope = -1
  let openSince: number | null = null
  let cutOff = false
  let version = 0

  const target = (): World => {
    if (cutOff) throw new WireError('BAD_VALUE', 'the snapshot before was cut off')
    const world = staging?.world ?? shown
    if (!world) throw new WireError('BAD_VALUE', 'data before any snapshot')
    return world
  }
  const openStaging = (): Staging => {
    if (!staging || staging.settled()) throw new WireError('BAD_VALUE', 'no snapshot has begun')
    return staging
  }

  const settle = (): void => {
    const goal = staging?.settled()
    if (!staging || !goal || openSince !== null) return
    for (const name of [...recordStreams, 'ticks'] as const) if (seqs[name] < goal[name]) return
    shown = staging.world
    staging = null
  }

  const rowsOfSnapshot = (header: FrameHeader, frame: Uint8Array<ArrayBuffer>): (() => void) => {
    const open = openStaging()
    if (header.stream === StreamId.ticks) {
      const quotes = readTable(quotesTable, frame, header.rows)
      check.prices(quotes)
      return () => {
        applyQuotes(open.world, quotes)
        spent(frame)
      }
    }
    const stream = recordStream(header.stream)
    const rows = openPackedTable(recordTables[stream] as TableSchema, frame, header.rows, scratch)
    check.records(stream, rows)
    return () => {
      const waits = open.put(stream, { ...rows, done: () => spent(frame) })
      if (!waits) spent(frame)
    }
  }

  const changes = (header: FrameHeader, frame: Uint8Array<ArrayBuffer>, now: number): (() => void) => {
    const world = target()
    const stream = recordStream(header.stream)
    const rows = readPackedTable(changeTables[stream] as TableSchema, frame, header.rows, scratch)
    check.records(stream, rows)
    return () => {
      staging?.disturb()
      applyChanges(world, stream, recordKeys[stream], rows)
      seqs[stream] = header.first + header.rows - 1
      openSince = header.flags & FLAG_MORE ? (openSince ?? now) : null
    }
  }

  const prices = (header: FrameHeader, frame: Uint8Array<ArrayBuffer>): (() => void) => {
    const world = target()
    onlyTicks(header.stream)
    if (header.type === FrameType.TICKS) {
      const ticks = readTable(ticksTable, frame, header.rows)
      check.prices(ticks)
      return () => {
        applyTicks(world, ticks)
        seqs.ticks = header.first + header.rows - 1
      }
    }
    const quotes = readTable(quotesTable, frame, header.rows)
    check.prices(quotes)
    return () => {
      applyQuotes(world, quotes)
      seqs.ticks = header.first
    }
  }

  const checkpoint = (frame: Uint8Array<ArrayBuffer>): (() => void) => {
    const world = target()
    const theirs = parseBody(checkpointSchema, frame)
    return () => {
      if (staging && !staging.settled()) return
      const differ = recordStreams.filter((name) => theirs.seqs[name] !== seqs[name])
      let told = false
      for (const name of recordStreams) {
        if (differ.includes(name)) continue
        // Of a little that was left for later the answer can be had at once.
        if (world[name].unhashed() <= ROWS_HASHED) world[name].catchUp(ROWS_HASHED)
        world[name].compare(theirs.hashes[name], () => {
          if (told) sink.mismatch([name])
          else differ.push(name)
        })
      }
      told = true
      if (differ.length > 0) sink.mismatch(differ)
    }
  }

  const catchUp = (): void => {
    // The world that is about to be replaced, or that changes no longer reach, is nobody's concern.
    if (!shown || staging || cutOff) return
    let rows = ROWS_HASHED
    for (const name of greatestFirst) rows = shown[name].catchUp(rows)
  }

  /** Reads and checks a frame; what it answers cannot fail and applies it. */
  const prepare = (header: FrameHeader, frame: Uint8Array<ArrayBuffer>, now: number): (() => void) => {
    switch (header.type) {
      case FrameType.SNAPSHOT_BEGIN: {
        const begin = parseBody(snapshotBeginSchema, frame)
        return () => {
          staging = createStaging(newWorld(), begin.rows, check.secMargins)
          seqs = { ...begin.seqs }
          cutOff = false
          openSince = null
        }
      }
      case FrameType.SNAPSHOT_ROWS:
        return rowsOfSnapshot(header, frame)
      case FrameType.SNAPSHOT_END: {
        const open = openStaging()
        const { settled } = parseBody(snapshotEndSchema, frame)
        return () => {
          open.end(settled)
        }
      }
      case FrameType.CHANGES:
        return changes(header, frame, now)
      case FrameType.TICKS:
      case FrameType.QUOTES:
        return prices(header, frame)
      case FrameType.CHECKPOINT:
        return checkpoint(frame)
      default:
        throw new WireError('BAD_TYPE', `frame type ${header.type} is not for the book`)
    }
  }

  const enterScope = (header: FrameHeader): void => {
    if (header.scope !== scope) {
      scope = header.scope
      openSince = null
      // Rows that never came cannot be made up for by changes: only a new snapshot helps.
      if (staging && !staging.settled()) {
        staging = null
        cutOff = true
      }
    }
    if (header.scope === refusedScope && header.type !== FrameType.SNAPSHOT_BEGIN)
      throw new WireError('BAD_VALUE', 'an earlier frame of this follow was refused')
  }

  return {
    accept: (header, frame, now) => {
      const { n } = header
      let apply: () => void
      try {
        enterScope(header)
        apply = prepare(header, frame, now)
      } catch (error) {
        refusedScope = header.scope
        const fault = error instanceof WireError ? error.fault : 'BAD_COLUMN'
        const detail = error instanceof Error ? error.message : String(error)
        sink.refused({ scope: header.scope, n, fault, detail })
        return
      }
      apply()
      refusedScope = -1
      settle()
      version++
      sink.applied({
        scope: header.scope,
        n,
        settled: shown !== null && staging === null && openSince === null,
      })
    },
    world: () => shown,
    complete: () => shown !== null && staging === null,
    inTransaction: (now) => openSince !== null && now - openSince < MAX_TRANSACTION_MS,
    catchUp,
    version: () => version,
    seqs: () => ({ ...seqs }),
    adopt: (world, at) => {
      if (shown) return false
      shown = world
      if (!staging) seqs = { ...at }
      version++
      return true
    },
    secMargins: check.secMargins,
  }
}
