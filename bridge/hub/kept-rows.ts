import type { Timers } from '../../shared/runtime/ports.ts'
import type { Hub } from './hub.ts'
import type { BridgeLimits } from './limits.ts'
import type { SharedFrame } from './shared-frame.ts'
import { cutRows, type MomentRows } from './snapshot.ts'
import { eachStream } from './world.ts'

/**
 * The rows of a recent moment, encoded ahead for whoever asks for a snapshot: a desk that connects, or all of them at once
 * when a network comes back, gets these frames and the changes behind them. They are made frame by frame between other
 * work, and anew when many changes came since.
 */
export type KeptRows = {
  /** Rows that may be sent now; undefined: there are none, or too much has changed since. */
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

type Limits = Pick<BridgeLimits, 'chunkRows' | 'chunkBytes' | 'keptBytes' | 'keptMs'>

export const createKeptRows = (hub: Hub, limits: Limits, timers: Timers): KeptRows => {
  let kept: MomentRows | undefined
  let timer: unknown

  const rows = (): number =>
    Object.values(eachStream((stream) => hub.world[stream].size())).reduce((sum, n) => sum + n, 0)
  const changes = (moment: MomentRows): number => hub.journal.head() - moment.place
  const stands = (moment: MomentRows): boolean =>
    moment.epoch === hub.epoch() && moment.place >= hub.journal.oldest()

  const later = (work: () => void, ms: number): void => {
    timer = timers.setTimeout(work, ms)
  }

  const make = (): void => {
    const moment = cutRows(hub, limits)
    const source = moment.frames[Symbol.iterator]()
    const frames: SharedFrame[] = []
    let bytes = 0
    const step = (): void => {
      if (!stands(moment)) return later(look, limits.keptMs)
      const { value, done } = source.next()
      if (done === true) {
        kept = { ...moment, frames, shared: true }
        return later(look, limits.keptMs)
      }
      frames.push(value)
      bytes += value.body.byteLength
      // A world too large to be kept does not get smaller: it is not tried again.
      if (bytes <= limits.keptBytes) later(step, FRAME_MS)
    }
    step()
  }

  const look = (): void => {
    if (kept && !stands(kept)) kept = undefined
    const old = !kept || changes(kept) > Math.max(FEW, rows() / OLD)
    if (hub.loaded() && old) make()
    else later(look, limits.keptMs)
  }
  later(look, FRAME_MS)

  return {
    current: () =>
      kept && stands(kept) && changes(kept) <= Math.max(FEW, rows() / TOO_OLD) ? kept : undefined,
    close: () => {
      timers.clearTimeout(timer)
      kept = undefined
    },
  }
}
