import {
  bytesPart,
  Encoding,
  headPart,
  type Part,
  type Reader,
  take,
  takeHead,
  takeUnsigned,
  unknownEncoding,
  unsignedPart,
  widthFor,
} from './column-parts.ts'
import { WireError } from './errors.ts'
import type { OpenColumn } from './number-cells.ts'
import { type DictColumn, type TextBlock, textAt } from './schema.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const MAX_WORDS = 0x1_0000

/** Texts one behind the other as UTF-8, behind their lengths in UTF-16 units. The head's count is the size in bytes. */
const blockParts = ({ text, ends }: { text: string; ends: Uint32Array }): Part[] => {
  let longest = 0
  for (let i = 0, from = 0; i < ends.length; i++) {
    const to = ends[i] as number
    if (to - from > longest) longest = to - from
    from = to
  }
  const width = widthFor(longest)
  // Half a surrogate pair takes as many units as what stands for it, so the lengths hold.
  const blob = encoder.encode(text.toWellFormed())
  return [
    headPart(Encoding.PLAIN, width, 0, blob.byteLength),
    unsignedPart(width, ends.length, (out) => {
      for (let i = 0, from = 0; i < ends.length; i++) {
        const to = ends[i] as number
        out[i] = to - from
        from = to
      }
    }),
    bytesPart(blob),
  ]
}

/** Every row has the text of the first. */
const isRepeated = (block: TextBlock): boolean => {
  const { text, ends } = block
  if (ends === null) return true
  const [length] = ends
  if (length === undefined || ends.at(-1) !== length * ends.length) return false
  const first = textAt(block, 0)
  for (let i = 1; i < ends.length; i++)
    if (ends[i] !== length * (i + 1) || !text.startsWith(first, length * i)) return false
  return true
}

/** The same texts, held once where all rows have the same. */
export const compactBlock = (block: TextBlock): TextBlock =>
  isRepeated(block) ? { text: textAt(block, 0), ends: null } : block

const isBlock = (given: ArrayLike<string> | TextBlock): given is TextBlock => 'ends' in given

export const textParts = (given: ArrayLike<string> | TextBlock, rows: number): Part[] => {
  const block = isBlock(given) ? given : blockOf(Array.from({ length: rows }, (_, i) => given[i] as string))
  const { text, ends } = rows > 0 ? compactBlock(block) : blockOf([])
  return ends === null
    ? [headPart(Encoding.CONSTANT, 0), ...blockParts(blockOf([text]))]
    : [headPart(Encoding.PLAIN, 0), ...blockParts({ text, ends })]
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
  const block = blockParts(blockOf(words))
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
export const blockOf = (texts: readonly string[]): { text: string; ends: Uint32Array } => {
  const ends = new Uint32Array(texts.length)
  let end = 0
  for (let i = 0; i < texts.length; i++) {
    end += (texts[i] as string).length
    ends[i] = end
  }
  return { text: texts.join(''), ends }
}

/** @throws WireError BAD_COLUMN */
export const openTexts = (r: Reader, rows: number): OpenColumn<TextBlock> => {
  const { encoding } = takeHead(r)
  if (encoding !== Encoding.PLAIN && encoding !== Encoding.CONSTANT) return unknownEncoding(encoding)
  const constant = encoding === Encoding.CONSTANT
  const block = constant ? { text: readBlock(r, 1).text, ends: null } : readBlock(r, rows)
  return { constant, cells: () => block }
}

const checkCodes = (codes: Uint8Array | Uint16Array, words: number): void => {
  let most = 0
  for (let i = 0; i < codes.length; i++) if ((codes[i] as number) > most) most = codes[i] as number
  if (codes.length > 0 && most >= words)
    throw new WireError('BAD_COLUMN', `dictionary code ${most} of ${words}`)
}

/** Codes of columns that are the same in every row; nobody writes to it. */
let zeros = new Uint8Array(8192)
const zeroCodes = (rows: number): Uint8Array => {
  if (zeros.length < rows) zeros = new Uint8Array(rows)
  return zeros.subarray(0, rows)
}

export type OpenDict = OpenColumn<DictColumn> & {
  /** One row's text. */
  readonly at: (row: number) => string
}

/** @throws WireError BAD_COLUMN */
export const openDict = (r: Reader, rows: number): OpenDict => {
  const { encoding, width, count } = takeHead(r)
  if (count > MAX_WORDS || count > rows) throw new WireError('BAD_COLUMN', `dictionary of ${count}`)
  if (encoding === Encoding.CONSTANT && count === 1) {
    const { text } = readBlock(r, 1)
    return { constant: true, cells: () => ({ words: [text], codes: zeroCodes(rows) }), at: () => text }
  }
  if (encoding !== Encoding.PLAIN) return unknownEncoding(encoding)
  const block = readBlock(r, count)
  const codes = takeUnsigned(r, width, rows)
  if (codes instanceof Uint32Array) throw new WireError('BAD_COLUMN', `dictionary codes of ${width} bytes`)
  checkCodes(codes, count)
  return {
    constant: false,
    cells: () => ({ words: textsOf(block, count), codes }),
    at: (row) => textAt(block, codes[row] as number),
  }
}
