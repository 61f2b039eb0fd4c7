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

/** A run of spaces in the middle: its length counts up before what sorts before a space, and down before the rest. */
const packedRun = (length: number, next: number): string => {
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
export const indexKey = (text: string): string => {
  let packed = ''
  let done = 0
  for (let at = text.indexOf(' '); at !== -1; at = text.indexOf(' ', done)) {
    let behind = at + 1
    while (text.charCodeAt(behind) === SPACE) behind++
    packed += text.slice(done, at)
    packed += behind === text.length ? ' \u0002' : packedRun(behind - at, text.charCodeAt(behind))
    done = behind
  }
  return textKey(packed + text.slice(done))
}
