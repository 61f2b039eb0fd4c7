import { WireError } from '../../shared/wire/errors.ts'
import { type FrameHeader, openFrame } from '../../shared/wire/header.ts'
import type { LinkEvent } from './events.ts'
import type { Flow } from './flow.ts'
import type { Meters } from './meters.ts'

/** What came as a frame, as bytes; undefined when it is nothing of the kind. */
const bytesOf = (payload: unknown): Uint8Array | undefined => {
  if (payload instanceof Uint8Array) return payload
  return payload instanceof ArrayBuffer ? new Uint8Array(payload) : undefined
}

const opened = (
  payload: unknown,
): { header: FrameHeader; frame: Uint8Array<ArrayBuffer> } | { fault: string; detail: string } => {
  const bytes = bytesOf(payload)
  if (!bytes) return { fault: 'BAD_TYPE', detail: `a frame came as ${typeof payload}` }
  try {
    return openFrame(bytes)
  } catch (error) {
    if (error instanceof WireError) return { fault: error.fault, detail: error.message }
    throw error
  }
}

const judged = (payload: unknown, flow: Flow, meters: Meters, epoch: string): LinkEvent => {
  const result = opened(payload)
  if ('fault' in result) {
    meters.refuse(result.fault, result.detail)
    return { type: 'gap', reason: 'A frame was damaged' }
  }
  const { header, frame } = result
  meters.received(frame.byteLength)
  const verdict = flow.take(header, frame)
  switch (verdict.kind) {
    case 'foreign':
      meters.ignored.foreign++
      return { type: 'heard' }
    case 'duplicate':
      meters.ignored.duplicates++
      return { type: 'heard' }
    case 'gap':
      return { type: 'gap', reason: 'Frames were lost' }
    case 'refused':
      meters.refuse(verdict.fault, verdict.detail)
      return { type: 'unsound', reason: 'The bridge sent what does not fit' }
    case 'mismatch':
      meters.count('hashMismatches')
      meters.refuse('MISMATCH', verdict.detail)
      return { type: 'unsound', reason: 'The book differs from the bridge' }
    case 'next': {
      meters.handed(header)
      const { order, milestone } = verdict
      return {
        type: 'frame',
        n: order.n,
        epoch: order.epoch || epoch,
        ...(milestone ? { milestone } : {}),
      }
    }
  }
}

/**
 * The door for frames: envelope, order, and on to the sink. Answers what it means for the machine. A damaged frame is
 * as good as a lost one: what the sink has is sound, what was in the frame must be asked for again.
 */
export const takeFrame = (payload: unknown, flow: Flow, meters: Meters, epoch: string): LinkEvent => {
  try {
    return judged(payload, flow, meters, epoch)
  } catch (error) {
    // The sink takes the buffer over, which can fail; a socket's callback must not.
    meters.refuse('SINK_FAILED', String(error))
    return { type: 'unsound', reason: 'The book could not take a frame' }
  }
}
