import type { FrameType } from '../../shared/wire/header.ts'

/** Share of the frames (0…1), or exactly the next so many. */
export type Chance = number | { next: number }

/** What may go wrong with the frames, and with the answers to events, of every desk of one bridge. */
export type FaultPlan = {
  drop?: Chance
  duplicate?: Chance
  /** The frame is held and sent behind the one after it. */
  reorder?: Chance
  truncate?: Chance
  corrupt?: Chance
  /** Milliseconds added to every frame and answer; the order is kept. */
  delay?: number
  /** Only frames of these types are hit; all when left out. Does not concern `delay` and `mute`. */
  types?: readonly FrameType[]
  /** Faults of event answers. A corrupt answer arrives as a value that fits no schema. */
  answers?: { drop?: Chance; corrupt?: Chance }
  /** Half-open connection: nothing goes out and nothing that comes in is heard, but the socket stays up. */
  mute?: boolean
}

export type FaultName = 'drop' | 'duplicate' | 'reorder' | 'truncate' | 'corrupt' | 'delay' | 'mute'

/** Faults of one bridge, changeable at any time. Off, they cost one comparison a frame. */
export type FaultSwitches = {
  /** Replaces the plan; counts of `next` start anew. */
  set: (plan: FaultPlan) => void
  /** Everything off; frames under way in a delay still arrive, in order. */
  clear: () => void
  /** Cuts the sockets of all desks, or of one chosen by the seeded random, without a farewell. Answers how many. */
  disconnect: (who: 'all' | 'one') => number
  /** The same world under a new epoch and other numbers, as after a restart: desks are cut off, stored answers are gone. */
  restart: () => void
  /** How often each fault struck. */
  counts: () => Readonly<Record<FaultName, number>>
}
