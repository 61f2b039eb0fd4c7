import { HEADER_BYTES, openFrame, sealFrame } from '../../shared/wire/header.ts'

type Random = () => number
type Bytes = Uint8Array<ArrayBuffer>

const upTo = (random: Random, n: number): number => Math.floor(random() * n)
const pick = <T>(random: Random, list: readonly T[]): T => list[upTo(random, list.length)] as T

const numbers = [0, -1, 1, 0.5, -0, 2 ** 31, 2 ** 53, 1e308, -1e308, Number.NaN, Infinity]
const texts = ['', 'ok', '\u0000', '😀', '\ud800', '__proto__', 'x'.repeat(70_000)]
const names = [
  'ok',
  'code',
  'epoch',
  'followId',
  'mode',
  'seqs',
  'sent',
  '__proto__',
  'constructor',
  'toString',
]

/** Any value that JSON could bring, and a few that it could not. */
export const randomValue = (random: Random, depth = 3): unknown => {
  switch (upTo(random, depth > 0 ? 9 : 6)) {
    case 0:
      return null
    case 1:
      return undefined
    case 2:
      return random() < 0.5
    case 3:
      return pick(random, numbers)
    case 4:
      return pick(random, texts)
    case 5:
      return upTo(random, 1000)
    case 6:
      return Array.from({ length: upTo(random, 4) }, () => randomValue(random, depth - 1))
    case 7:
      return new Uint8Array(upTo(random, 64))
    default:
      return Object.fromEntries(
        Array.from({ length: upTo(random, 5) }, () => [pick(random, names), randomValue(random, depth - 1)]),
      )
  }
}

/** The value with one of its fields, at any depth, left out or replaced. */
export const bent = (random: Random, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || random() < 0.1) return randomValue(random)
  const copy: Record<string, unknown> = { ...value }
  const name = pick(random, Object.keys(copy))
  if (name === undefined) return randomValue(random)
  if (random() < 0.2) delete copy[name]
  else copy[name] = bent(random, copy[name])
  return copy
}

const sealAgain = (frame: Bytes, change: (view: DataView) => void): Bytes => {
  const { header } = openFrame(frame)
  const view = new DataView(frame.buffer)
  sealFrame(frame, header)
  change(view)
  const again = {
    ...header,
    type: view.getUint8(4) as typeof header.type,
    stream: view.getUint8(5),
    n: view.getUint32(8, true),
    scope: view.getUint32(12, true),
    first: view.getFloat64(16, true),
    rows: view.getUint32(24, true),
    flags: view.getUint32(32, true),
  }
  return sealFrame(frame, again)
}

const randomBytes = (random: Random, length: number): Bytes => {
  const bytes = new Uint8Array(length)
  for (let i = 0; i < length; i++) bytes[i] = upTo(random, 256)
  return bytes
}

const headerFields: ((view: DataView, random: Random) => void)[] = [
  (view, random) => view.setUint8(4, upTo(random, 256)),
  (view, random) => view.setUint8(5, upTo(random, 8)),
  (view, random) => view.setUint32(8, view.getUint32(8, true) + upTo(random, 5) - 2, true),
  (view, random) => view.setUint32(12, upTo(random, 10), true),
  (view, random) => view.setFloat64(16, view.getFloat64(16, true) + upTo(random, 5) - 2, true),
  (view, random) => view.setFloat64(16, pick(random, numbers), true),
  (view, random) => view.setUint32(24, upTo(random, 10), true),
  (view, random) => view.setUint32(24, upTo(random, 2 ** 32), true),
  (view, random) => view.setUint32(32, upTo(random, 4), true),
]

/**
 * What a broken or hostile bridge could make of a proper frame: other bytes, other lengths, other headers and bodies
 * under a right checksum, or no frame at all. Takes the frame over.
 */
export const mutated = (random: Random, frame: Bytes): unknown => {
  switch (upTo(random, 9)) {
    case 0:
      return randomBytes(random, upTo(random, 200))
    case 1:
      return randomValue(random)
    case 2:
      return frame.slice(0, upTo(random, frame.byteLength))
    case 3: {
      const longer = new Uint8Array(frame.byteLength + 8 * (1 + upTo(random, 4)))
      longer.set(frame)
      return longer
    }
    case 4:
    case 5: {
      for (let i = 1 + upTo(random, 4); i > 0; i--) {
        const at = upTo(random, frame.byteLength)
        frame[at] = (frame[at] as number) ^ (1 + upTo(random, 255))
      }
      return frame
    }
    case 6:
      return sealAgain(frame, (view) => pick(random, headerFields)(view, random))
    case 7:
      return sealAgain(frame, (view) => {
        if (frame.byteLength === HEADER_BYTES) return
        for (let i = 1 + upTo(random, 6); i > 0; i--)
          view.setUint8(HEADER_BYTES + upTo(random, frame.byteLength - HEADER_BYTES), upTo(random, 256))
      })
    default: {
      const cut = 8 * upTo(random, (frame.byteLength - HEADER_BYTES) / 8 + 1)
      return sealAgain(frame, () => {}).byteLength > cut
        ? sealFrame(frame.slice(0, frame.byteLength - cut), openFrame(frame).header)
        : frame
    }
  }
}
