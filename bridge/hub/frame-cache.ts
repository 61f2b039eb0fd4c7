import { StreamId } from '../../shared/bridge/streams.ts'
import { quotesTable, ticksTable } from '../../shared/bridge/tables.ts'
import { columnsFromRows } from '../../shared/wire/columns.ts'
import { FrameType } from '../../shared/wire/header.ts'
import { type Batch, batchEnd, buildBatch, type Skip } from './batches.ts'
import type { Hub } from './hub.ts'
import type { BridgeLimits } from './limits.ts'
import { createRecent } from './recent.ts'
import { type SharedFrame, sharedFrame } from './shared-frame.ts'
import { beginSnapshot, type MomentRows, type Snapshot } from './snapshot.ts'
import type { BridgeCounters } from './types.ts'

/** A place in the journal from which a batch starts. `to` is set once its first frame went out: it must stay the same. */
export type BatchPlace = {
  readonly from: number
  readonly to?: number
  /** What a resuming desk has already is left out, and the batch reaches at least to `until`. */
  readonly resume?: { readonly skip: Skip; readonly until: number }
}

/** What desks are sent, encoded once for all desks at the same place. */
export type FrameCache = {
  batch: (place: BatchPlace) => Batch
  /** A snapshot that begins now. */
  snapshot: () => Snapshot
  ticks: (first: number, last: number) => SharedFrame
  /** Last quotes of the symbols that moved behind tick `after`. */
  quotes: (after: number) => SharedFrame
  clear: () => void
}

const KEPT = 16

/** @param keptRows rows that all desks share, if they may */
export const createFrameCache = (
  hub: Hub,
  limits: BridgeLimits,
  counters: BridgeCounters,
  keptRows: () => MomentRows | undefined = () => undefined,
): FrameCache => {
  const batches = createRecent<Batch>(KEPT)
  const tickFrames = createRecent<SharedFrame>(KEPT)
  const { journal } = hub
  const encoded = (): void => {
    counters.encodes++
  }
  return {
    batch: ({ from, to, resume }) => {
      if (resume) {
        const end = to ?? batchEnd(journal, from, Math.max(limits.batchChanges, resume.until - from))
        return buildBatch(journal, from, end, limits, { skip: resume.skip, encoded })
      }
      const shared = batches.get(`${from}`, () =>
        buildBatch(journal, from, to ?? batchEnd(journal, from, limits.batchChanges), limits, { encoded }),
      )
      return to === undefined || shared.to === to
        ? shared
        : buildBatch(journal, from, to, limits, { encoded })
    },
    snapshot: () => beginSnapshot(hub, limits, keptRows()),
    ticks: (first, last) =>
      tickFrames.get(`t${first}:${last}`, () => {
        encoded()
        const head = { type: FrameType.TICKS, stream: StreamId.ticks, first, flags: 0 }
        return sharedFrame(head, ticksTable, hub.ticks.columns(first, last))
      }),
    quotes: (after) => {
      const upTo = hub.ticks.seq()
      return tickFrames.get(`q${after}:${upTo}`, () => {
        encoded()
        const head = { type: FrameType.QUOTES, stream: StreamId.ticks, first: upTo, flags: 0 }
        return sharedFrame(head, quotesTable, columnsFromRows(quotesTable, hub.quotes.movedSince(after)))
      })
    },
    clear: () => {
      batches.clear()
      tickFrames.clear()
    },
  }
}
