import type { Seqs } from '../../shared/bridge/protocol.ts'
import type { Applied, FrameSink, Refused } from '../../shared/runtime/frame-sink.ts'
import { type FrameHeader, FrameType, MAX_FRAME_BYTES } from '../../shared/wire/header.ts'
import type { Acks } from './acks.ts'
import { newestTick } from './newest-tick.ts'
import { ownFrame } from './own-frame.ts'
import { checkOrder, type Order, snapshotRows, type Verdict } from './sequence.ts'

type Window = { frames: number; bytes: number }

type Handed = { scope: number; n: number; bytes: number; newest: number }

export type Flow = {
  /** The sink holds the book of these numbers already; without meaning once a follow has begun. */
  hold: (held: { epoch: string; seqs: Seqs }) => void
  /** Frames of the bridge's `followId` are taken from now on; the sink knows them as `scope`. */
  open: (scope: number, followId: number, resumed: boolean, epoch: string) => void
  /** No frame is taken any more. Not `sound`: what the sink has cannot be resumed from. */
  shut: (sound: boolean) => void
  /** Where to resume from in this epoch, if what the sink has or is about to apply is sound. */
  resume: (epoch: string) => { epoch: string; seqs: Seqs } | undefined
  /** Judges an opened frame; the next one in order is handed to the sink. */
  take: (header: FrameHeader, frame: Uint8Array<ArrayBuffer>) => Verdict
  /** The sink's report. `n` is 0 for frames of an older follow; `newest` is the newest tick's time, 0 = none. */
  applied: (report: Applied) => { n: number; settled: boolean; newest: number }
  /** Whether a refusal concerns what the sink has now, rather than what a snapshot has replaced or will. */
  concerns: (report: Refused) => boolean
  /** Likewise for a hash that differs. */
  mismatchConcerns: () => boolean
  /** Last frame handed on in this follow; 0 = none. */
  seen: () => number
  followId: () => number
  /** All is applied that was handed on before this follow, and the sink shows one moment. */
  settled: () => boolean
  /** Rows received and expected of the newest snapshot. */
  rows: () => readonly [received: number, expected: number]
}

/** The frames between socket and sink: their order, what is under way, and from where one may resume. */
export const createFlow = (sink: FrameSink, acks: Acks, window: Window): Flow => {
  let scope = 0
  let order: Order | null = null
  let numbers: { epoch: string; seqs: Seqs } | undefined
  /** The sink holds a whole book, or will once it has applied what it was given. */
  let sound = false
  /** A snapshot was asked for and has not begun: what the sink says about older frames is of no interest. */
  let voided = true
  let base = { scope: 0, n: 0 }
  /** Frame of this follow that ended the snapshot; 0 = none. */
  let endN = 0
  let checkpoints = 0
  let settled = true
  let rows: readonly [number, number] = [0, 0]
  const handed: Handed[] = []

  /** Last frame of this follow that was applied, and the bytes of those that were not. */
  let appliedN = 0
  let bytesUnderWay = 0

  /** A bridge that sends twice what it may would fill our memory while the sink is busy. */
  const overrun = (n: number): boolean =>
    n - appliedN > 2 * window.frames || bytesUnderWay > 2 * window.bytes + MAX_FRAME_BYTES

  const olderUnderWay = (): boolean => handed.length > 0 && (handed[0] as Handed).scope < scope

  const hand = (next: Order, header: FrameHeader, frame: Uint8Array<ArrayBuffer>): void => {
    order = next
    if (next.seqs) numbers = { epoch: next.epoch, seqs: next.seqs }
    if (next.snapshot) rows = snapshotRows(next.snapshot)
    if (header.type === FrameType.SNAPSHOT_BEGIN) {
      sound = false
      voided = false
      base = { scope, n: header.n }
      endN = 0
      checkpoints = 0
    } else if (header.type === FrameType.SNAPSHOT_END) endN = header.n
    else if (header.type === FrameType.CHECKPOINT) checkpoints++
    bytesUnderWay += frame.byteLength
    handed.push({ scope, n: header.n, bytes: frame.byteLength, newest: newestTick(header, frame) })
    sink.accept({ ...header, scope }, ownFrame(frame, scope))
  }

  return {
    hold: ({ epoch, seqs }) => {
      if (order || numbers) return
      numbers = { epoch, seqs }
      sound = true
      voided = false
    },
    open: (newScope, followId, resumed, epoch) => {
      scope = newScope
      endN = 0
      const seqs = resumed ? (numbers?.seqs ?? null) : null
      if (!resumed) {
        sound = false
        voided = true
        rows = [0, 0]
      }
      order = { followId, n: 0, epoch, seqs, snapshot: null }
      appliedN = 0
      bytesUnderWay = 0
      acks.follow(followId)
    },
    shut: (stillSound) => {
      order = null
      acks.follow(0)
      if (!stillSound) {
        sound = false
        voided = true
      }
    },
    resume: (epoch) => (sound && numbers?.epoch === epoch ? numbers : undefined),
    take: (header, frame) => {
      if (!order) return { kind: 'foreign' }
      const verdict = checkOrder(order, header, frame)
      if (verdict.kind !== 'next') return verdict
      if (overrun(header.n))
        return { kind: 'refused', fault: 'BAD_VALUE', detail: 'the bridge sends more than it may' }
      hand(verdict.order, header, frame)
      return verdict
    },
    applied: (report) => {
      let bytes = 0
      let newest = 0
      while (handed.length > 0) {
        const first = handed[0] as Handed
        if (first.scope > report.scope || (first.scope === report.scope && first.n > report.n)) break
        handed.shift()
        if (first.scope === scope) bytes += first.bytes
        newest = Math.max(newest, first.newest)
      }
      settled = report.settled
      const n = report.scope === scope ? Math.min(report.n, order?.n ?? 0) : 0
      appliedN = Math.max(appliedN, n)
      bytesUnderWay -= bytes
      if (n > 0) acks.applied(n, bytes)
      if (n > 0 && endN > 0 && n >= endN && settled) sound = true
      return { n, settled: settled && !olderUnderWay(), newest }
    },
    concerns: ({ scope: s, n }) => !voided && (s > base.scope || (s === base.scope && n >= base.n)),
    mismatchConcerns: () => !voided && checkpoints > 0,
    seen: () => order?.n ?? 0,
    followId: () => order?.followId ?? 0,
    settled: () => settled && !olderUnderWay(),
    rows: () => rows,
  }
}
