import { checksumWords } from './checksum.ts'
import { WireError } from './errors.ts'

/** Frame types. 1…31 travel bridge → desk, 32… between desk and window. */
export const FrameType = {
  /** JSON: what the snapshot will hold and the numbers it starts from. */
  SNAPSHOT_BEGIN: 1,
  /** Rows of one table of the snapshot. */
  SNAPSHOT_ROWS: 2,
  /** JSON: all rows were sent. */
  SNAPSHOT_END: 3,
  /** Numbered changes of one stream. */
  CHANGES: 4,
  /** Every tick in order. */
  TICKS: 5,
  /** Last quote of each symbol; stands for the ticks it covers when a desk is slow or new. */
  QUOTES: 6,
  /** JSON: numbers and hashes of every stream at this point of the flow. */
  CHECKPOINT: 7,
  /** Desk → window: a slice of a view. */
  VIEW: 32,
  /** Window → desk: the view frame `n` was painted. Header only. */
  VIEW_ACK: 33,
} as const
export type FrameType = (typeof FrameType)[keyof typeof FrameType]

/** Flag of CHANGES: the next frame belongs to the same transaction; do not show the state in between. */
export const FLAG_MORE = 1

export const HEADER_BYTES = 40
const MAGIC = 0x314b5344 // "DSK1"
const WIRE_VERSION = 2
/** Larger frames are refused unread. */
export const MAX_FRAME_BYTES = 16 * 1024 * 1024
/** More rows are refused: columns that are the same in every row take no bytes, but memory once they are read. */
export const MAX_FRAME_ROWS = 1 << 16

export type FrameHeader = {
  type: FrameType
  /** Stream number of the bridge protocol; 0 where none applies. */
  stream: number
  /** Frame number within the follow (bridge) or the view (window); starts at 1, no holes. */
  n: number
  /** Follow id (bridge → desk) or view id (desk ↔ window). */
  scope: number
  /** Number of the first change, tick or row in the frame. */
  first: number
  rows: number
  flags: number
}

const knownTypes = new Set<number>(Object.values(FrameType))

export const align8 = (n: number): number => (n + 7) & ~7

/** Writes the header and the checksum into a frame whose payload is already in place. */
export const sealFrame = (frame: Uint8Array<ArrayBuffer>, header: FrameHeader): Uint8Array<ArrayBuffer> => {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  view.setUint32(0, MAGIC, true)
  view.setUint8(4, header.type)
  view.setUint8(5, header.stream)
  view.setUint16(6, WIRE_VERSION, true)
  view.setUint32(8, header.n, true)
  view.setUint32(12, header.scope, true)
  view.setFloat64(16, header.first, true)
  view.setUint32(24, header.rows, true)
  view.setUint32(28, frame.byteLength - HEADER_BYTES, true)
  view.setUint32(32, header.flags, true)
  view.setUint32(36, 0, true)
  view.setUint32(36, checksumWords(wordsOf(frame)), true)
  return frame
}

const wordsOf = (frame: Uint8Array<ArrayBuffer>): Int32Array =>
  new Int32Array(frame.buffer, frame.byteOffset, frame.byteLength >> 2)

/**
 * Checks a received frame (length, magic, version, type, checksum) and reads its header. Answers the
 * frame aligned to 8 bytes, copying only if it was not, so that columns can be viewed in place.
 * The checksum field of the answered frame is zeroed.
 * @throws WireError
 */
export const openFrame = (bytes: Uint8Array): { header: FrameHeader; frame: Uint8Array<ArrayBuffer> } => {
  if (bytes.byteLength < HEADER_BYTES) throw new WireError('TOO_SHORT', `${bytes.byteLength} bytes`)
  if (bytes.byteLength > MAX_FRAME_BYTES || bytes.byteLength % 8 !== 0)
    throw new WireError('BAD_LENGTH', `${bytes.byteLength} bytes`)
  const frame = (
    bytes.byteOffset % 8 === 0 && bytes.buffer instanceof ArrayBuffer ? bytes : new Uint8Array(bytes)
  ) as Uint8Array<ArrayBuffer>
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  if (view.getUint32(0, true) !== MAGIC) throw new WireError('BAD_MAGIC', 'not a Deskline frame')
  const version = view.getUint16(6, true)
  if (version !== WIRE_VERSION) throw new WireError('BAD_VERSION', `wire version ${version}`)
  if (view.getUint32(28, true) !== frame.byteLength - HEADER_BYTES)
    throw new WireError('BAD_LENGTH', 'payload length differs from the header')
  const expected = view.getUint32(36, true)
  view.setUint32(36, 0, true)
  const actual = checksumWords(wordsOf(frame))
  if (actual !== expected) {
    view.setUint32(36, expected, true)
    throw new WireError('BAD_CHECKSUM', `expected ${expected}, got ${actual}`)
  }
  const type = view.getUint8(4)
  if (!knownTypes.has(type)) throw new WireError('BAD_TYPE', `frame type ${type}`)
  const rows = view.getUint32(24, true)
  if (rows > MAX_FRAME_ROWS) throw new WireError('BAD_LENGTH', `${rows} rows`)
  const first = view.getFloat64(16, true)
  if (!Number.isSafeInteger(first) || first < 0) throw new WireError('BAD_VALUE', `first ${first}`)
  return {
    header: {
      type: type as FrameType,
      stream: view.getUint8(5),
      n: view.getUint32(8, true),
      scope: view.getUint32(12, true),
      first,
      rows,
      flags: view.getUint32(32, true),
    },
    frame,
  }
}

/** `n` of a frame of our own making, without opening it. */
export const frameNumber = (frame: Uint8Array): number =>
  new DataView(frame.buffer, frame.byteOffset, frame.byteLength).getUint32(8, true)

/** Bytes of the frame that starts here, by its own account, where frames stand one behind the other. @throws WireError */
export const frameBytes = (bytes: Uint8Array): number => {
  if (bytes.byteLength < HEADER_BYTES) throw new WireError('TOO_SHORT', `${bytes.byteLength} bytes`)
  return HEADER_BYTES + new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(28, true)
}

/** A frame with no payload (acknowledgements). */
export const emptyFrame = (header: FrameHeader): Uint8Array<ArrayBuffer> =>
  sealFrame(new Uint8Array(HEADER_BYTES), header)
