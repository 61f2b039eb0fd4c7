import { z } from 'zod'
import { checkpointSchema, snapshotBeginSchema } from '../../../shared/bridge/protocol.ts'

/** What a kept book is of: enough to say how old it is, to check it whole, and to go on from it. */
export const keptFactsSchema = z.object({
  epoch: snapshotBeginSchema.shape.epoch,
  /** Server-local time minus UTC, seconds. */
  serverTimeOffset: snapshotBeginSchema.shape.serverTimeOffset,
  /** UTC ms, the desk's clock: when the last frame in it was applied. */
  asOf: z.number().min(0),
  /** Last number applied in each stream. */
  seqs: checkpointSchema.shape.seqs,
  /** Rows and hash of each table. */
  hashes: checkpointSchema.shape.hashes,
  quotes: z.int().min(0),
  /** Server-local ms: the newest that was known. Quotes may go back in time, the server's clock does not. */
  serverTime: z.number().min(0),
})
export type KeptFacts = z.infer<typeof keptFactsSchema>

/** Why a kept book is not shown. */
export type KeptFault =
  /** Not a file of ours, or changed since it was written. */
  | 'DAMAGED'
  | 'TRUNCATED'
  /** Written by a newer Deskline. */
  | 'NEWER_FORMAT'
  /** Sealed with a key that this desk does not have. */
  | 'WRONG_KEY'
  /** The book of another server or manager login. */
  | 'OTHER_SERVER'
  /** The file cannot be read: the disk, or the right to. */
  | 'UNREADABLE'
  /** Its frames do not pass the checks that a bridge's do. */
  | 'REFUSED'
  /** What came of it does not hash to what was kept. */
  | 'HASH_DIFFERS'

export class KeptBookRefused extends Error {
  override readonly name = 'KeptBookRefused'
  readonly fault: KeptFault
  constructor(fault: KeptFault, detail: string, cause?: unknown) {
    super(detail, { cause })
    this.fault = fault
  }
}
