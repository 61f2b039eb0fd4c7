import { crc32 } from 'node:zlib'
import { KeptBookRefused } from './facts.ts'

/**
 * How a kept book lies on disk, little-endian:
 *
 *     head:  "DLLB", format u32, 16 random bytes that name the file, crc32 of these
 *     chunk: kind u32, bytes u32, crc32 of the sealed bytes, the sealed bytes
 *
 * First one ABOUT chunk (JSON: whose book it is), then FRAMES as they cross the bridge, then one FACTS chunk (JSON:
 * `KeptFacts`) and nothing behind it. Each chunk is sealed for its kind and place in its own file, so that none can be
 * moved, left out or taken from another file. The sums tell a bad disk from a wrong key; they protect nothing.
 */
export const ChunkKind = { ABOUT: 1, FRAMES: 2, FACTS: 3 } as const
export type ChunkKind = (typeof ChunkKind)[keyof typeof ChunkKind]

/** Seals what lies on disk; the context says where a value belongs. Throws an error named `UnknownKey` or another. */
export type ChunkSealer = {
  readonly seal: (plain: Uint8Array, context: Uint8Array) => Uint8Array
  readonly open: (sealed: Uint8Array, context: Uint8Array) => Uint8Array
}

const MAGIC = 0x424c4c44 // "DLLB"
const FORMAT = 1
const NAME_BYTES = 16
const SUM_AT = 8 + NAME_BYTES
export const HEAD_BYTES = SUM_AT + 4
export const CHUNK_HEAD_BYTES = 12
/** No chunk is longer: a damaged length must not ask for memory. */
export const MAX_CHUNK_BYTES = 256 * 2 ** 20

export const writeHead = (name: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(HEAD_BYTES)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, MAGIC, true)
  view.setUint32(4, FORMAT, true)
  bytes.set(name.subarray(0, NAME_BYTES), 8)
  view.setUint32(SUM_AT, crc32(bytes.subarray(0, SUM_AT)), true)
  return bytes
}

/** The file's name for itself. @throws KeptBookRefused */
export const readHead = (bytes: Uint8Array): Uint8Array => {
  if (bytes.byteLength < HEAD_BYTES) throw new KeptBookRefused('TRUNCATED', 'it ends within its head')
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEAD_BYTES)
  if (view.getUint32(0, true) !== MAGIC) throw new KeptBookRefused('DAMAGED', 'it is no kept book')
  const format = view.getUint32(4, true)
  if (format > FORMAT)
    throw new KeptBookRefused('NEWER_FORMAT', `it has format ${format}, this version knows ${FORMAT}`)
  if (format !== FORMAT || view.getUint32(SUM_AT, true) !== crc32(bytes.subarray(0, SUM_AT)))
    throw new KeptBookRefused('DAMAGED', 'its head was changed')
  return bytes.slice(8, SUM_AT)
}

const contextOf = (name: Uint8Array, kind: ChunkKind, place: number): Uint8Array =>
  Buffer.from(`last book ${Buffer.from(name).toString('hex')} ${kind} ${place}`)

/** A chunk with its head, ready to be written. */
export const sealChunk = (
  sealer: ChunkSealer,
  name: Uint8Array,
  kind: ChunkKind,
  place: number,
  plain: Uint8Array,
): Uint8Array[] => {
  const sealed = sealer.seal(plain, contextOf(name, kind, place))
  const head = new Uint8Array(CHUNK_HEAD_BYTES)
  const view = new DataView(head.buffer)
  view.setUint32(0, kind, true)
  view.setUint32(4, sealed.byteLength, true)
  view.setUint32(8, crc32(sealed), true)
  return [head, sealed]
}

export type ChunkHead = { readonly kind: ChunkKind; readonly bytes: number; readonly sum: number }

/** @throws KeptBookRefused */
export const readChunkHead = (bytes: Uint8Array, place: number): ChunkHead => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, CHUNK_HEAD_BYTES)
  const kind = view.getUint32(0, true)
  const length = view.getUint32(4, true)
  const fits = place === 0 ? kind === ChunkKind.ABOUT : kind === ChunkKind.FRAMES || kind === ChunkKind.FACTS
  if (!fits || length > MAX_CHUNK_BYTES) throw new KeptBookRefused('DAMAGED', `part ${place} was changed`)
  return { kind: kind as ChunkKind, bytes: length, sum: view.getUint32(8, true) }
}

/** @throws KeptBookRefused */
export const openChunk = (
  sealer: ChunkSealer,
  name: Uint8Array,
  { kind, sum }: ChunkHead,
  place: number,
  sealed: Uint8Array,
): Uint8Array<ArrayBuffer> => {
  if (crc32(sealed) !== sum) throw new KeptBookRefused('DAMAGED', `part ${place} was changed`)
  try {
    return new Uint8Array(sealer.open(sealed, contextOf(name, kind, place)))
  } catch (error) {
    // The bytes are those that were written: if already the first part does not open, it is the key.
    const unknown = error instanceof Error && error.name === 'UnknownKey'
    if (unknown || place === 0)
      throw new KeptBookRefused('WRONG_KEY', 'it was sealed with a key that this desk does not have', error)
    throw new KeptBookRefused('DAMAGED', `part ${place} belongs elsewhere or was changed`, error)
  }
}
