import type { RecordStream } from '../bridge/streams.ts'
import type { WireFault } from '../wire/errors.ts'
import type { FrameHeader } from '../wire/header.ts'

export type Applied = {
  scope: number
  n: number
  /** No snapshot or transaction is half applied: what is on screen is one moment. */
  settled: boolean
}

export type Refused = { scope: number; n: number; fault: WireFault; detail: string }

/**
 * Frames of the bridge go in, in order; a frame is applied whole or refused whole. `scope` is
 * the link's own number of the follow (in the header and in the frame's bytes): unlike the bridge's, never used twice.
 */
export type FrameSink = {
  /** Takes the frame over (its buffer is transferred). The envelope has been checked; the content has not. */
  accept: (header: FrameHeader, frame: Uint8Array<ArrayBuffer>) => void
  onApplied: (fn: (applied: Applied) => void) => void
  onRefused: (fn: (refused: Refused) => void) => void
  /** A checkpoint's hash differs from ours. */
  onMismatch: (fn: (streams: RecordStream[]) => void) => void
}
