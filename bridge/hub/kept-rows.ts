import { type RecordStream, recordTables } from '../../shared/bridge/streams.ts'
import type { Timers } from '../../shared/runtime/ports.ts'
import { createFrameList, type FrameList } from './frame-list.ts'
import type { Hub } from './hub.ts'
import type { BridgeLimits } from './limits.ts'
import { createTextSize } from './row-check.ts'
import { cutRows, type MomentRows } from './snapshot.ts'
import { eachStream } from './world.ts'

/**
 * The rows of a recent moment, encoded once for whoever asks for a snapshot: a desk that connects, or all of them at once
 * when a network comes back, gets these frames and the changes behind them. They are made frame by frame between other
 * work, faster where a desk waits for them, and anew when many changes came since.
 */
export type KeptRows = {
  /**
   * Rows to be sent now: of a recent moment, whole or still being made, or of this one. Whoever has them has them to the
   * end. undefined: the world is too large for that, its rows are read for each desk alone.
   */
  readonly current: () => MomentRows | undefined
  readonly close: () => void
}

/** Between two frames: the bridge has other things to do. */
const FRAME_MS = 10
/** So many rows to one change: from here on new ones are made, and from there on the old ones are not sent any more. */
const OLD = 512
const TOO_OLD = 128
/** Small worlds are not worth counting. */
const FEW = 256
/** What a row takes on the wire, of its fixed size. */
const SHARE = 0.6
/** Nobody counts long texts beforehand: at so many times the bytes that may be kept it is enough. */
const TOO_FAR = 2

type Limits = Pick<BridgeLimits, 'chunkRows' | 'chunkBytes' | 'keptBytes' | 'keptMs'>
type Shared = MomentRows & { readonly frames: FrameList }

export const createKeptRows = (hub: Hub, limits: Limits, timers: Timers): KeptRows => {
  const rowBytes = eachStream((stream) => SHARE * createTextSize(recordTables[stream]).fixed)
  /** The last that are whole, and those that are being made. */
  let whole: Shared | undefined
  let making: Shared | undefined
  let timer: unknown
  let off = limits.keptBytes === 0

  const sum = (of: (stream: RecordStream) => number): number =>
    Object.values(eachStream(of)).reduce((before, n) => before + n, 0)
  const rows = (): number => sum((stream) => hub.world[stream].size())
  const bytes = (): number => sum((stream) => hub.world[stream].size() * rowBytes[stream])

  const changedBy = ({ place }: Shared, rowsToOne: number): boolean =>
    hub.journal.head() - place > Math.max(FEW, rows() / rowsToOne)
  const stands = ({ epoch, place, frames }: Shared): boolean =>
    epoch === hub.epoch() && place >= hub.journal.oldest() && !frames.broken()
  const sendable = (moment: Shared | undefined): moment is Shared =>
    moment !== undefined && stands(moment) && !changedBy(moment, TOO_OLD)
  const worthwhile = (): boolean => !off && hub.loaded() && bytes() <= limits.keptBytes

  const later = (work: () => void, ms: number): void => {
    timers.clearTimeout(timer)
    timer = timers.setTimeout(work, ms)
  }

  const begin = (): Shared => {
    const moment = cutRows(hub, limits)
    making = { ...moment, frames: createFrameList(moment.frames), shared: true }
    later(step, FRAME_MS)
    return making
  }

  const step = (): void => {
    const moment = making
    if (moment && stands(moment)) {
      const more = moment.frames.grow()
      // Such a world does not get smaller: it is not tried again.
      if (moment.frames.bytes() > limits.keptBytes * TOO_FAR) off = true
      else if (more) return later(step, FRAME_MS)
      else whole = moment
    }
    making = undefined
    later(look, limits.keptMs)
  }

  const look = (): void => {
    if (!sendable(whole)) whole = undefined
    if (worthwhile() && (!whole || changedBy(whole, OLD))) begin()
    else later(look, limits.keptMs)
  }
  if (!off) later(look, FRAME_MS)

  return {
    current: () => {
      if (sendable(whole)) return whole
      if (sendable(making)) return making
      return worthwhile() ? begin() : undefined
    },
    close: () => {
      timers.clearTimeout(timer)
      off = true
      whole = undefined
      making = undefined
    },
  }
}
