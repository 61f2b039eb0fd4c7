import type { Checkpoint, Seqs } from '../../shared/bridge/protocol.ts'
import type { Clock, Timers } from '../../shared/runtime/ports.ts'
import { FrameType } from '../../shared/wire/header.ts'
import { type AckResult, createFlowWindow, type FlowWindow } from './flow-window.ts'
import type { BatchPlace, FrameCache } from './frame-cache.ts'
import type { Hub } from './hub.ts'
import type { Journal } from './journal.ts'
import type { BridgeLimits } from './limits.ts'
import type { ResumeDecision } from './resume.ts'
import { createLending, jsonShared, type SharedFrame, sealFor, sealOnly } from './shared-frame.ts'
import type { Snapshot } from './snapshot.ts'
import type { BridgeCounters } from './types.ts'

/** The frames of one follow: what is sent next, as far as the desk's window lets it. */
export type Flow = {
  readonly followId: number
  readonly window: Omit<FlowWindow, 'fits' | 'sent' | 'ack'>
  readonly ack: (n: number) => AckResult
  /** Sends what may be sent now. Cheap when there is nothing, or when the window is closed. */
  readonly pump: () => void
  /** Asks for a checkpoint as soon as the desk is at the head. */
  readonly wantCheckpoint: () => void
  readonly inSnapshot: () => boolean
  readonly heldBytes: () => number
  readonly close: () => void
}

export type FlowOptions = {
  readonly followId: number
  readonly window: { readonly frames: number; readonly bytes: number }
  readonly decision: ResumeDecision
  readonly hub: Hub
  readonly cache: FrameCache
  readonly limits: BridgeLimits
  readonly clock: Clock
  readonly timers: Timers
  readonly counters: BridgeCounters
  readonly send: (frame: Uint8Array<ArrayBuffer>) => void
  readonly snapshotStarted: () => void
  /** Pumps after the event loop went round, with the session's guard around it. */
  readonly again: () => void
}

/**
 * Where a resuming desk goes on: the first change it lacks in any stream, and the last one it has. In between, streams
 * may stand at different places, so all of it becomes one batch.
 */
export const resumePlace = (journal: Journal, seqs: Seqs): BatchPlace => {
  let from = journal.head()
  let until = from
  for (let place = journal.oldest(); place < journal.head(); place++) {
    if (journal.seq(place) <= seqs[journal.stream(place)]) until = place + 1
    else if (place < from) from = place
  }
  return from < until ? { from, resume: { skip: seqs, until } } : { from }
}

export const createFlow = (options: FlowOptions): Flow => {
  const { followId, hub, cache, limits, clock, timers, counters } = options
  const { journal, ticks } = hub
  const window = createFlowWindow(options.window.frames, options.window.bytes)
  const lending = createLending()
  let place: BatchPlace = { from: 0 }
  /** Frames of the batch at `place` that went out already. */
  let sentOfBatch = 0
  let tickSeq = 0
  let conflate = false
  let checkpointWanted = false
  let snapshot: Snapshot | undefined
  /** A chunk of the snapshot that was read but does not fit the window yet. */
  let held: SharedFrame | undefined
  let budget = 0
  let turn: unknown
  let blocked = false
  let closed = false

  const fits = (bytes: number): boolean => {
    const yes = window.fits(bytes)
    if (!yes) blocked = true
    return yes
  }

  const offer = (frame: SharedFrame, seal = sealFor): boolean => {
    const bytes = frame.body.byteLength
    if (!fits(bytes)) return false
    const n = window.sent(bytes, clock.now())
    counters.frames++
    counters.frameBytes += bytes
    budget -= bytes
    options.send(seal(frame, n, followId))
    return true
  }

  const startSnapshot = (): void => {
    counters.snapshots++
    options.snapshotStarted()
    held = undefined
    snapshot = cache.snapshot()
    place = { from: snapshot.place }
    sentOfBatch = 0
    tickSeq = snapshot.seqs.ticks
    checkpointWanted = true
  }

  /** Goes on after the event loop went round: once, however many acknowledgements came meanwhile. */
  const later = (): void => {
    turn ??= timers.setTimeout(() => {
      turn = undefined
      options.again()
    }, 0)
  }

  /** The desk's turn is over; others have theirs first. */
  const spent = (): boolean => {
    if (budget > 0) return false
    later()
    return true
  }

  const pumpSnapshot = (): boolean => {
    while (snapshot) {
      if (spent()) return false
      held ??= snapshot.frames.next().value
      if (held === undefined) {
        snapshot = undefined
        conflate = true
      } else if (offer(held, snapshot.shared ? lending.seal : sealOnly)) held = undefined
      else return false
    }
    return true
  }

  const pumpChanges = (): boolean => {
    while (place.from < journal.head()) {
      if (!fits(0)) return false
      const batch = cache.batch(place)
      while (sentOfBatch < batch.frames.length) {
        if (spent() || !fits(0)) return false
        const frame = batch.frames[sentOfBatch] as () => SharedFrame
        if (!offer(frame())) return false
        sentOfBatch++
        place = { ...place, to: batch.to }
      }
      place = { from: batch.to }
      sentOfBatch = 0
    }
    return true
  }

  const pumpTicks = (): boolean => {
    if (conflate || tickSeq + 1 < ticks.oldest()) {
      if (tickSeq < ticks.seq()) {
        if (!fits(0) || !offer(cache.quotes(tickSeq))) return false
        counters.conflations++
        tickSeq = ticks.seq()
      }
      conflate = false
    }
    while (tickSeq < ticks.seq()) {
      if (spent() || !fits(0)) return false
      const last = Math.min(ticks.seq(), tickSeq + limits.chunkRows)
      if (!offer(cache.ticks(tickSeq + 1, last))) return false
      tickSeq = last
    }
    return true
  }

  const pumpCheckpoint = (): void => {
    if (!checkpointWanted) return
    const content: Checkpoint = { seqs: { ...hub.seqs(), ticks: tickSeq }, hashes: hub.hashes() }
    if (!offer(jsonShared(FrameType.CHECKPOINT, content))) return
    counters.checkpoints++
    checkpointWanted = false
  }

  const pump = (): void => {
    if (closed || turn !== undefined) return
    if (place.from < journal.oldest()) {
      // Lets go of what a stalled snapshot holds; the new one begins when the desk can take it.
      snapshot = undefined
      held = undefined
      if (!fits(0)) return
      counters.overruns++
      startSnapshot()
    }
    budget = limits.turnBytes
    blocked = false
    if (pumpSnapshot() && pumpChanges() && pumpTicks()) pumpCheckpoint()
    else if (blocked && tickSeq < ticks.seq()) conflate = true
  }

  if (options.decision.mode === 'resume') {
    counters.resumes++
    place = resumePlace(journal, options.decision.seqs)
    tickSeq = options.decision.seqs.ticks
    checkpointWanted = true
  } else startSnapshot()

  return {
    followId,
    window,
    ack: (n) => {
      const result = window.ack(n, clock.now())
      if (result === 'moved') lending.acked(n)
      if (result === 'moved' && blocked) later()
      return result
    },
    pump,
    wantCheckpoint: () => {
      checkpointWanted = true
    },
    inSnapshot: () => snapshot !== undefined || place.from < journal.oldest(),
    heldBytes: () => held?.body.byteLength ?? 0,
    close: () => {
      closed = true
      timers.clearTimeout(turn)
      snapshot = undefined
      held = undefined
    },
  }
}
