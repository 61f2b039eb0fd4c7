/**
 * Texts that repeat, stored once and counted: a column keeps a 32-bit code a row. Code 0 is the empty text. A code is
 * free again when the last row lets go of it, so comments of long-gone trades do not pile up.
 */
export type TextPool = {
  /** Code of a text; counts so many more holders (default 1). */
  readonly retain: (text: string, holders?: number) => number
  /** One holder less. */
  readonly release: (code: number) => void
  readonly text: (code: number) => string
  /** All codes in use are below this. */
  readonly high: () => number
  /** Units of the longest text there ever was. */
  readonly longest: () => number
  readonly size: () => number
  readonly bytes: () => number
}

export const createTextPool = (): TextPool => {
  const codes = new Map<string, number>([['', 0]])
  const texts: string[] = ['']
  const free: number[] = []
  let holders = new Int32Array(1024)
  let units = 0
  let longest = 0

  const add = (text: string): number => {
    const code = free.pop() ?? texts.length
    texts[code] = text
    codes.set(text, code)
    units += text.length
    longest = Math.max(longest, text.length)
    if (code >= holders.length) {
      const more = new Int32Array(holders.length * 2)
      more.set(holders)
      holders = more
    }
    return code
  }

  return {
    retain: (text, more = 1) => {
      const code = codes.get(text) ?? add(text)
      holders[code] = (holders[code] as number) + more
      return code
    },
    release: (code) => {
      const left = (holders[code] as number) - 1
      holders[code] = left
      if (left > 0 || code === 0) return
      const text = texts[code] as string
      codes.delete(text)
      texts[code] = ''
      units -= text.length
      free.push(code)
    },
    text: (code) => texts[code] as string,
    high: () => texts.length,
    longest: () => longest,
    size: () => codes.size,
    bytes: () => holders.byteLength + codes.size * 64 + units * 2,
  }
}
