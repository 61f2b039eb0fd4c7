import {
  bytesPart,
  Encoding,
  headPart,
  type Part,
  type Reader,
  roomFor,
  take,
  takeHead,
  takeUnsigned,
  unknownEncoding,
  unsignedPart,
  widthFor,
} from './column-parts.ts'
import { WireError } from './errors.ts'
import type { ReadColumn } from './number-columns.ts'
import { type DictColumn, type TextBlock, textAt } from './schema.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const MAX_WORDS = 0x1_0000

/** Texts one behind the other as UTF-8, behind their lengths in UTF-16 units. The head's count is the size in bytes. */
const textBlock = (texts: readonly string[]): Part[] => {
  let longest = 0
  for (const { length } of texts) if (length > longest) longest = length
  const width = widthFor(longest)
  // Half a surrogate pair takes as many units as what stands for it, so the lengths hold.
  const blob = encoder.encode(texts.join('').toWellFormed())
  return [
    headPart(Encoding.PLAIN, width, 0, blob.byteLength),
    unsignedPart(width, texts.length, (out) => {
      for (let i = 0; i < texts.length; i++) out[i] = (texts[i] as string).length
    }),
    bytesPart(blob),
  ]
}

const allEqual = (texts: readonly string[]): boolean => {
  const [first] = texts
  for (let i = 1; i < texts.length; i++) if (texts[i] !== first) return false
  return texts.length > 0
}

const asArray = (texts: ArrayLike<string>, rows: number): readonly string[] =>
  Array.isArray(texts) && texts.length === rows
    ? texts
    : Array.from({ length: rows }, (_, i) => texts[i] as string)

export const textParts = (given: ArrayLike<string>, rows: number): Part[] => {
  const texts = asArray(given, rows)
  return allEqual(texts)
    ? [headPart(Encoding.CONSTANT, 0), ...textBlock(texts.slice(0, 1))]
    : [headPart(Encoding.PLAIN, 0), ...textBlock(texts)]
}

/** Texts as words and codes. @throws WireError BAD_COLUMN for more than 65,536 distinct ones */
export const dictOf = (texts: ArrayLike<string>, rows: number): DictColumn => {
  const index = new Map<string, number>()
  const codes = new Uint16Array(rows)
  for (let i = 0; i < rows; i++) {
    const text = texts[i] as string
    let code = index.get(text)
    if (code === undefined) {
      code = index.size
      if (code >= MAX_WORDS) throw new WireError('BAD_COLUMN', 'more than 65,536 distinct texts')
      index.set(text, code)
    }
    codes[i] = code
  }
  return { words: [...index.keys()], codes }
}

export const dictParts = (given: ArrayLike<string> | DictColumn, rows: number): Part[] => {
  const { words, codes } = 'words' in given ? given : dictOf(given, rows)
  const block = textBlock(words)
  if (words.length === 1) return [headPart(Encoding.CONSTANT, 0, 0, 1), ...block]
  const width = widthFor(words.length - 1)
  return [
    headPart(Encoding.PLAIN, width, 0, words.length),
    ...block,
    unsignedPart(width, rows, (out) => out.set(codes)),
  ]
}

const readBlock = (r: Reader, count: number): { text: string; ends: Uint32Array } => {
  const { encoding, width, count: bytes } = takeHead(r)
  if (encoding !== Encoding.PLAIN) unknownEncoding(encoding)
  const lengths = takeUnsigned(r, width, count)
  const start = take(r, bytes)
  let text: string
  try {
    text = decoder.decode(new Uint8Array(r.frame.buffer, start, bytes))
  } catch {
    throw new WireError('BAD_COLUMN', 'text is not UTF-8')
  }
  const ends = new Uint32Array(count)
  let end = 0
  for (let i = 0; i < count; i++) {
    end += lengths[i] as number
    ends[i] = end
  }
  if (end !== text.length) throw new WireError('BAD_COLUMN', 'texts and lengths differ')
  return { text, ends }
}

/** The texts of a block of so many rows. */
export const textsOf = (block: TextBlock, rows: number): string[] => {
  const out: string[] = new Array(rows)
  for (let i = 0; i < rows; i++) out[i] = textAt(block, i)
  return out
}

/** Texts as `readTexts` would answer them. */
export const blockOf = (texts: readonly string[]): TextBlock => {
  const ends = new Uint32Array(texts.length)
  let end = 0
  for (let i = 0; i < texts.length; i++) {
    end += (texts[i] as string).length
    ends[i] = end
  }
  return { text: texts.join(''), ends }
}

/** @throws WireError BAD_COLUMN */
export const readTexts = (r: Reader, rows: number): ReadColumn<TextBlock> => {
  const { encoding } = takeHead(r)
  if (encoding === Encoding.PLAIN) return { cells: readBlock(r, rows), constant: false }
  if (encoding !== Encoding.CONSTANT) return unknownEncoding(encoding)
  return { cells: { text: readBlock(r, 1).text, ends: null }, constant: true }
}

const checkCodes = (codes: Uint8Array | Uint16Array, words: number): void => {
  let most = 0
  for (let i = 0; i < codes.length; i++) if ((codes[i] as number) > most) most = codes[i] as number
  if (codes.length > 0 && most >= words)
    throw new WireError('BAD_COLUMN', `dictionary code ${most} of ${words}`)
}

/** @throws WireError BAD_COLUMN */
export const readDict = (r: Reader, rows: number): ReadColumn<DictColumn> => {
  const { encoding, width, count } = takeHead(r)
  if (count > MAX_WORDS || count > rows) throw new WireError('BAD_COLUMN', `dictionary of ${count}`)
  if (encoding === Encoding.CONSTANT && count === 1)
    return {
      cells: {
        words: [readBlock(r, 1).text],
        codes: new Uint8Array(...roomFor(r.scratch, rows), rows).fill(0),
      },
      constant: true,
    }
  if (encoding !== Encoding.PLAIN) unknownEncoding(encoding)
  const words = textsOf(readBlock(r, count), count)
  const codes = takeUnsigned(r, width, rows)
  if (codes instanceof Uint32Array) throw new WireError('BAD_COLUMN', `dictionary codes of ${width} bytes`)
  checkCodes(codes, count)
  return { cells: { words, codes }, constant: false }
}
