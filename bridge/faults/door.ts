import type { Clock, Random, Timers } from '../../shared/runtime/ports.ts'
import type { FrameType } from '../../shared/wire/header.ts'
import type { FaultControl } from './faults.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Where the faults of one connection happen: everything the bridge sends it passes here while a fault is on. */
export type FaultDoor = {
  /** Neither a fault on nor anything held back: whatever is sent may go straight out. */
  readonly open: () => boolean
  readonly frame: (frame: Bytes) => void
  /** `corrupt` sends an answer that fits no schema. */
  readonly answer: (send: () => void, corrupt: () => void) => void
  /** The connection is half open: what comes in is not heard. */
  readonly deaf: () => boolean
  readonly close: () => void
}

/** A frame held for reordering is let go after this long when no other follows it. */
const REORDER_MS = 200

/** The frame cut off somewhere, at least one byte short. */
export const truncated = (frame: Bytes, random: Random): Bytes =>
  frame.slice(0, Math.floor(random() * frame.byteLength))

/** The frame with one to four bytes changed. */
export const corrupted = (frame: Bytes, random: Random): Bytes => {
  const bad = frame.slice()
  const hits = 1 + Math.floor(random() * 4)
  for (let i = 0; i < hits; i++) {
    const at = Math.floor(random() * bad.byteLength)
    // Counting the original value in, so that a second hit on the same byte cannot repair it.
    bad[at] = ((frame[at] as number) + 1 + Math.floor(random() * 255)) & 0xff
  }
  return bad
}

const frameType = (frame: Bytes): FrameType => frame[4] as FrameType

export const createFaultDoor = (
  control: FaultControl,
  send: (frame: Bytes) => void,
  { clock, timers }: { clock: Clock; timers: Timers },
): FaultDoor => {
  const queue: { due: number; go: () => void }[] = []
  let waiting: unknown
  let held: Bytes | undefined
  let release: unknown

  const drain = (): void => {
    waiting = undefined
    for (let first = queue[0]; first && first.due <= clock.now(); first = queue[0]) {
      queue.shift()
      first.go()
    }
    const next = queue[0]
    if (next) waiting = timers.setTimeout(drain, Math.max(1, next.due - clock.now()))
  }

  /** Everything delayed stands in one line, so frames and answers keep their order. */
  const enqueue = (go: () => void): void => {
    const delay = control.plan().delay ?? 0
    const last = queue.at(-1)
    if (delay <= 0 && !last) {
      go()
      return
    }
    if (delay > 0) control.count('delay')
    queue.push({ due: Math.max(last?.due ?? 0, clock.now() + delay), go })
    waiting ??= timers.setTimeout(drain, delay)
  }

  const letGo = (): void => {
    timers.clearTimeout(release)
    const frame = held
    held = undefined
    if (frame) enqueue(() => send(frame))
  }

  const pass = (frame: Bytes): void => {
    const wasHeld = held !== undefined
    enqueue(() => send(frame))
    if (wasHeld) letGo()
  }

  const frame = (given: Bytes): void => {
    const { mute, types } = control.plan()
    if (mute) {
      control.count('mute')
      return
    }
    if (!control.active() || (types && !types.includes(frameType(given)))) {
      pass(given)
      return
    }
    if (control.strikes('drop')) return
    if (!held && control.strikes('reorder')) {
      held = given
      release = timers.setTimeout(letGo, REORDER_MS)
      return
    }
    const cut = control.strikes('truncate') ? truncated(given, control.random) : given
    const out = cut.byteLength > 0 && control.strikes('corrupt') ? corrupted(cut, control.random) : cut
    const twice = control.strikes('duplicate') ? out.slice() : undefined
    pass(out)
    if (twice) pass(twice)
  }

  return {
    open: () => !control.active() && queue.length === 0 && held === undefined,
    frame,
    answer: (sendAnswer, corrupt) => {
      if (control.plan().mute) control.count('mute')
      else if (!control.strikesAnswer('drop'))
        enqueue(control.strikesAnswer('corrupt') ? corrupt : sendAnswer)
    },
    deaf: () => control.plan().mute === true,
    close: () => {
      timers.clearTimeout(waiting)
      timers.clearTimeout(release)
      queue.length = 0
      held = undefined
    },
  }
}
