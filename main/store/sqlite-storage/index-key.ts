/**
 * RxDB compares index strings as JavaScript does: by UTF-16 code unit. SQLite compares text by UTF-8 bytes, where an
 * emoji sorts behind U+FFFF, which RxDB pads its upper bounds with: such rows would silently vanish from every range.
 * So code units from the surrogates up are moved to code points of their own, in the same order: surrogates to
 * U+E000…U+E7FF, and what stood from U+E000 up to U+10000 and above. No lone surrogate is lost, and text without
 * such characters stays as it is.
 */
const high = /[\uD800-\uFFFF]/

const movedUp = (text: string): string => {
  let moved = ''
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0xd800) moved += text[i]
    else moved += unit < 0xe000 ? String.fromCharCode(unit + 0x800) : String.fromCodePoint(unit + 0x2000)
  }
  return moved
}

/** Text that SQLite sorts as JavaScript sorts the given one; different texts give different ones. */
export const textKey = (text: string): string => (high.test(text) ? movedUp(text) : text)

const SPACE = 0x20
const LONGEST_RUN = 0x7f

const packLong = (length: number, head: string, code: (count: number) => number): string => {
  let packed = ''
  for (let left = length; left > 0; left -= LONGEST_RUN)
    packed += head + String.fromCharCode(code(Math.min(left, LONGEST_RUN)))
  return packed
}
const upTo = (head: string, code: (count: number) => number): string[] =>
  Array.from({ length: LONGEST_RUN + 1 }, (_, n) => packLong(n, head, code))
const countUp = (count: number): number => count
const countDown = (count: number): number => LONGEST_RUN - count
const shortBefore = upTo(' \u0001', countUp)
const shortBehind = upTo(' \u0003', countDown)

/** A run of spaces in the middle: its length counts up before what sorts before a space, and down before the rest. */
const packedRun = (length: number, next: number): string =>
  next < SPACE
    ? (shortBefore[length] ?? packLong(length, ' \u0001', countUp))
    : (shortBehind[length] ?? packLong(length, ' \u0003', countDown))
const TRAILING_RUN = ' \u0002'

/**
 * The key of an index string. RxDB pads every field to its greatest length, so most of such a string is spaces and
 * would be written twice for each index. Runs of spaces are packed in a way that keeps the order of strings of one
 * length exactly: at one place, a character below the space < spaces before such a character < spaces to the end <
 * spaces before a character above < that character.
 */
export const indexKey = (text: string): string => {
  let packed = ''
  let done = 0
  for (let at = text.indexOf(' '); at !== -1; at = text.indexOf(' ', done)) {
    let behind = at + 1
    while (text.charCodeAt(behind) === SPACE) behind++
    packed += text.slice(done, at)
    packed += behind === text.length ? TRAILING_RUN : packedRun(behind - at, text.charCodeAt(behind))
    done = behind
  }
  return textKey(packed + text.slice(done))
}

/** A field of an index: its text without the padding, and its length with it. */
export type KeyField<D> = {
  readonly textOf: (document: D) => string
  /** 0: the text is never padded. */
  readonly length: number
}

/** `indexKey` of the padded texts of some fields, one behind the other, without ever padding them. */
export const packedKey = <D>(fields: readonly KeyField<D>[], document: D): string => {
  let packed = ''
  let run = 0
  for (const { textOf, length } of fields) {
    const text = textOf(document)
    let done = 0
    for (let at = text.indexOf(' '); at !== -1; at = text.indexOf(' ', done)) {
      if (at > done) {
        if (run > 0) packed += packedRun(run, text.charCodeAt(done))
        packed += text.slice(done, at)
        run = 0
      }
      done = at + 1
      run++
    }
    if (done < text.length) {
      if (run > 0) packed += packedRun(run, text.charCodeAt(done))
      packed += done === 0 ? text : text.slice(done)
      run = 0
    }
    if (text.length < length) run += length - text.length
  }
  return textKey(run > 0 ? packed + TRAILING_RUN : packed)
}
