/**
 * RxDB compares index strings as JavaScript does: by UTF-16 code unit. SQLite compares text by UTF-8 bytes, where an
 * emoji sorts behind U+FFFF, which RxDB pads its upper bounds with: such rows would silently vanish from every range.
 * So keys are BLOBs in CESU-8: each code unit is encoded on its own, which keeps their order byte by byte, loses no
 * lone surrogate, and takes one byte for ASCII.
 */
const surrogate = /[\uD800-\uDFFF]/

/** Bytes that sort as the text does in JavaScript; different texts give different bytes. */
export const textKey = (text: string): Buffer => {
  if (!surrogate.test(text)) return Buffer.from(text, 'utf8')
  const bytes = Buffer.allocUnsafe(text.length * 3)
  let at = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) bytes[at++] = unit
    else if (unit < 0x800) {
      bytes[at++] = 0xc0 | (unit >> 6)
      bytes[at++] = 0x80 | (unit & 0x3f)
    } else {
      bytes[at++] = 0xe0 | (unit >> 12)
      bytes[at++] = 0x80 | ((unit >> 6) & 0x3f)
      bytes[at++] = 0x80 | (unit & 0x3f)
    }
  }
  return bytes.subarray(0, at)
}

const SPACE = 0x20
const LONGEST_RUN = 0x7f

/** A run of spaces in the middle: its length counts up before what sorts before a space, and down before the rest. */
const packRun = (length: number, next: number): string => {
  let packed = ''
  for (let left = length; left > 0; left -= LONGEST_RUN) {
    const count = Math.min(left, LONGEST_RUN)
    packed +=
      next < SPACE
        ? ` \u0001${String.fromCharCode(count)}`
        : ` \u0003${String.fromCharCode(LONGEST_RUN - count)}`
  }
  return packed
}

/**
 * The key of an index string. RxDB pads every field to its greatest length, so most of such a string is spaces and
 * would be written twice for each index. Runs of spaces are packed in a way that keeps the order of strings of one
 * length exactly: at one place, a character below the space < spaces before such a character < spaces to the end <
 * spaces before a character above < that character.
 */
export const indexKey = (text: string): Buffer =>
  textKey(
    text.replaceAll(/ +/g, (run: string, at: number) => {
      const behind = at + run.length
      return behind === text.length ? ' \u0002' : packRun(run.length, text.charCodeAt(behind))
    }),
  )
