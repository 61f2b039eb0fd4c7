import { type Seqs, snapshotBeginSchema } from '../../../shared/bridge/protocol.ts'
import { readJson } from '../../../shared/wire/frames.ts'
import { type FrameHeader, FrameType } from '../../../shared/wire/header.ts'
import type { Intake } from '../intake/intake.ts'
import type { World } from '../world/world.ts'
import { type Cut, createCut, type Frame } from './cut.ts'
import type { KeptFacts } from './facts.ts'

/** Where the book that is shown came from. */
export type BookSource = 'none' | 'bridge' | 'file'

export type KeepQuestion = {
  /** Starts anew, whatever was under way. */
  readonly begin: boolean
  /** Rows in this part at most. */
  readonly rows: number
  /** The `version` of what was kept last; 0 = nothing. */
  readonly since: number
}

export type KeepAnswer =
  /** Frames one behind the other; with `kept` they were the last. */
  | {
      readonly kind: 'part'
      readonly frames: Uint8Array<ArrayBuffer>
      readonly kept: KeptFacts | null
      readonly version: number
    }
  /** Nothing to keep: no book of a bridge, or none that is newer than what was kept. */
  | { readonly kind: 'nothing' }
  /** The book was replaced by another one, or changes too fast for whoever asks. */
  | { readonly kind: 'lost' }

/**
 * The book's side of keeping it: knows what the shown book is of, and reads it out bit by bit. A book that came from the
 * file is not written to it again until the bridge went on with it.
 */
export type Keeper = {
  /** A frame was applied; `settled`: nothing is half applied. */
  readonly applied: (header: FrameHeader, frame: Frame, settled: boolean) => void
  readonly read: (question: KeepQuestion) => KeepAnswer
  /** The shown book is this one now, read from the file. */
  readonly restored: (kept: KeptFacts) => void
  /** The link follows the bridge without a break: what is shown is the bridge's. */
  readonly live: () => void
  readonly source: () => BookSource
  /** UTC ms: the last frame of what is shown was applied then; 0 = nothing is shown. */
  readonly asOf: () => number
}

type Origin = Pick<KeptFacts, 'epoch' | 'serverTimeOffset'>

const joined = (frames: readonly Frame[]): Frame => {
  const out = new Uint8Array(frames.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let at = 0
  for (const frame of frames) {
    out.set(frame, at)
    at += frame.byteLength
  }
  return out
}

export const createKeeper = (
  intake: Pick<Intake, 'world' | 'complete' | 'seqs'>,
  now: () => number,
): Keeper => {
  let shown: World | null = null
  let origin: Origin = { epoch: '', serverTimeOffset: 0 }
  let staged = origin
  let source: BookSource = 'none'
  let seqs: Seqs | null = null
  let asOf = 0
  let whole = false
  /** Counts frames of what is shown. */
  let version = 0
  let cut: Cut | null = null

  const takeWorld = (): void => {
    const world = intake.world()
    if (world === shown) return
    shown = world
    origin = staged
    source = world ? 'bridge' : 'none'
    cut = null
  }

  const begin = (since: number): KeepAnswer | null => {
    cut = null
    if (!shown || !seqs || source !== 'bridge' || version === since) return { kind: 'nothing' }
    cut = createCut(shown, { ...origin, seqs, asOf })
    return null
  }

  return {
    applied: (header, frame, settled) => {
      if (header.type === FrameType.SNAPSHOT_BEGIN) {
        const { epoch, serverTimeOffset } = snapshotBeginSchema.parse(readJson(frame))
        staged = { epoch, serverTimeOffset }
      }
      // While a snapshot comes in, what is shown stands still.
      if (!intake.complete()) return
      const before = shown
      takeWorld()
      seqs = intake.seqs()
      asOf = now()
      whole = settled
      version++
      if (before === shown && header.type === FrameType.CHANGES) cut?.changed(header, frame)
    },
    read: ({ begin: anew, rows, since }) => {
      const refusal = anew ? begin(since) : null
      if (refusal) return refusal
      if (!cut || !seqs || cut.overrun()) {
        cut = null
        return { kind: 'lost' }
      }
      const frames = cut.next(rows)
      if (!cut.done() || !whole) return { kind: 'part', frames: joined(frames), kept: null, version }
      const end = cut.finish({ ...origin, seqs, asOf })
      cut = null
      return { kind: 'part', frames: joined([...frames, ...end.frames]), kept: end.kept, version }
    },
    restored: (kept) => {
      takeWorld()
      origin = { epoch: kept.epoch, serverTimeOffset: kept.serverTimeOffset }
      seqs = kept.seqs
      asOf = kept.asOf
      whole = true
      source = 'file'
    },
    live: () => {
      if (source === 'file') source = 'bridge'
    },
    source: () => source,
    asOf: () => asOf,
  }
}
