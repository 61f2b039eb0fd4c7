import { StatementError } from '../errors.ts'
import { scorePages } from './code-pages.ts'

/** The text of a file, the encoding it was read in, and how that was found. */
export type DecodedText = {
  text: string
  encoding: string
  by: 'mark' | 'declared' | 'guessed'
}

const SAMPLE = 65_536
/** Share of control characters from which bytes are no text. */
const BINARY_SHARE = 0.02

const decoded = (bytes: Uint8Array, encoding: string, by: DecodedText['by']): DecodedText => ({
  text: new TextDecoder(encoding).decode(bytes),
  encoding,
  by,
})

const byMark = ([a, b, c]: Uint8Array): string | null => {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  return a === 0xfe && b === 0xff ? 'utf-16be' : null
}

/** UTF-16 without a mark: a report is mostly ASCII, so every other byte is zero. */
const byZeros = (bytes: Uint8Array): string | null => {
  let even = 0
  let odd = 0
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] !== 0) continue
    if (i % 2 === 0) even++
    else odd++
  }
  const half = bytes.length / 2
  if (odd > half * 0.5 && even < half * 0.1) return 'utf-16le'
  return even > half * 0.5 && odd < half * 0.1 ? 'utf-16be' : null
}

const fits = (bytes: Uint8Array, encoding: string): boolean => {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

/** The page named in a `<meta … charset=…>`; null when there is none or nobody knows it. */
const declared = (head: string): string | null => {
  const name = /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{2,30})/iu.exec(head)?.[1]
  if (name === undefined) return null
  try {
    // A file whose meta tag could be read byte by byte is not UTF-16, whatever it says.
    const page = new TextDecoder(name).encoding
    return page.startsWith('utf-16') ? 'utf-8' : page
  } catch {
    return null
  }
}

const isBinary = (sample: Uint8Array): boolean => {
  let controls = 0
  for (const byte of sample) if (byte < 9 || (byte > 13 && byte < 32) || byte === 127) controls++
  return controls > sample.length * BINARY_SHARE
}

/**
 * Bytes → text: the byte order mark, UTF-16 by its zeros, the page the file declares (if the bytes fit it), UTF-8 if
 * they are valid UTF-8, then the code page whose letters look most like words. The figures of a statement are ASCII in
 * every one of them: a wrong guess costs a name its letters, never a figure.
 *
 * @throws StatementError EMPTY, NOT_TEXT
 */
export const decodeStatement = (bytes: Uint8Array): DecodedText => {
  if (bytes.length === 0) throw new StatementError('EMPTY', 'The file is empty.')
  const mark = byMark(bytes)
  if (mark !== null) return decoded(bytes, mark, 'mark')
  const sample = bytes.subarray(0, SAMPLE)
  const wide = byZeros(sample)
  if (wide !== null) return decoded(bytes, wide, 'guessed')
  if (isBinary(sample))
    throw new StatementError('NOT_TEXT', 'The file is not text: it is no report saved by a terminal.')
  const page = declared(new TextDecoder('latin1').decode(sample.subarray(0, 8192)))
  if (page !== null && fits(bytes, page)) return decoded(bytes, page, 'declared')
  if (fits(bytes, 'utf-8')) return decoded(bytes, 'utf-8', 'guessed')
  return decoded(bytes, page ?? scorePages(bytes), page === null ? 'guessed' : 'declared')
}
