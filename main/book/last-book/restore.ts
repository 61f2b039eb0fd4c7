import { recordStreams } from '../../../shared/bridge/streams.ts'
import { WireError } from '../../../shared/wire/errors.ts'
import { FrameType, frameBytes, openFrame } from '../../../shared/wire/header.ts'
import { sameHash } from '../../../shared/wire/state-hash.ts'
import { createIntake } from '../intake/intake.ts'
import type { World } from '../world/world.ts'
import { hashesOf, quoted } from './cut.ts'
import type { KeptFacts, KeptFault } from './facts.ts'

/** Frames one behind the other; at the end what was kept, or null to have all of it forgotten. */
export type RestorePart = { readonly frames: Uint8Array<ArrayBuffer> } | { readonly kept: KeptFacts | null }

export type RestoreFault = { readonly fault: KeptFault; readonly detail: string }

export type Restored = { readonly world: World; readonly kept: KeptFacts }

/**
 * Reads a kept book back: its frames pass an intake of their own with every check that a bridge's frames pass, and what
 * comes of them is answered only if it is whole and hashes to what was kept.
 */
export type Restore = {
  /** Frames one behind the other; null: taken. */
  readonly take: (frames: Uint8Array<ArrayBuffer>) => RestoreFault | null
  readonly finish: (kept: KeptFacts) => Restored | RestoreFault
}

/** @param newWorld an empty world with the settings of the desk */
export const createRestore = (newWorld: () => World): Restore => {
  let fault: RestoreFault | null = null
  let last = 0
  const refuse = (detail: string): void => {
    fault ??= { fault: 'REFUSED', detail }
  }
  const intake = createIntake(
    {
      applied: () => {},
      refused: ({ fault: name, detail }) => refuse(`${name}: ${detail}`),
      mismatch: (streams) => {
        fault ??= { fault: 'HASH_DIFFERS', detail: `${streams.join(', ')} are not what was kept` }
      },
    },
    newWorld,
  )

  const takeFrames = (frames: Uint8Array<ArrayBuffer>): void => {
    for (let at = 0; at < frames.byteLength; ) {
      if (fault) return
      const rest = frames.subarray(at)
      const { header, frame } = openFrame(rest.subarray(0, frameBytes(rest)))
      intake.accept(header, frame, 0)
      last = header.type
      at += frame.byteLength
    }
  }

  return {
    take: (frames) => {
      try {
        takeFrames(frames)
      } catch (error) {
        if (!(error instanceof WireError)) throw error
        refuse(error.message)
      }
      return fault
    },
    finish: (kept) => {
      if (fault) return fault
      const world = intake.world()
      if (!world || !intake.complete() || last !== FrameType.CHECKPOINT)
        return { fault: 'TRUNCATED', detail: 'the last frames are missing' }
      const hashes = hashesOf(world)
      const seqs = intake.seqs()
      const differ = recordStreams.filter(
        (name) => !sameHash(hashes[name], kept.hashes[name]) || seqs[name] !== kept.seqs[name],
      )
      if (differ.length > 0)
        return { fault: 'HASH_DIFFERS', detail: `${differ.join(', ')} are not what was kept` }
      if (quoted(world.quotes).length !== kept.quotes)
        return { fault: 'TRUNCATED', detail: 'quotes are missing' }
      world.quotes.newest = kept.serverTime
      return { world, kept }
    },
  }
}
