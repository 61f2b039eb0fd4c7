export type Distance = {
  /** Edits between the two whole words. */
  readonly whole: number
  /** Edits between the first word and the nearest beginning of the second. */
  readonly prefix: number
}

const WIDTH = 40
let before = new Uint8Array(WIDTH)
let above = new Uint8Array(WIDTH)
let row = new Uint8Array(WIDTH)

/**
 * Edits (insert, delete, replace, swap of neighbours) from `typed` to `word`, both at most 32 characters. A swapped
 * pair is not edited again.
 */
export const editsBetween = (typed: string, word: string): Distance => {
  const n = typed.length
  const m = word.length
  for (let j = 0; j <= m; j++) above[j] = j
  for (let i = 1; i <= n; i++) {
    row[0] = i
    const a = typed.charCodeAt(i - 1)
    for (let j = 1; j <= m; j++) {
      const b = word.charCodeAt(j - 1)
      let best = Math.min(
        (above[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (above[j - 1] as number) + (a === b ? 0 : 1),
      )
      if (
        i > 1 &&
        j > 1 &&
        a !== b &&
        a === word.charCodeAt(j - 2) &&
        typed.charCodeAt(i - 2) === b &&
        (before[j - 2] as number) + 1 < best
      )
        best = (before[j - 2] as number) + 1
      row[j] = best
    }
    const spare = before
    before = above
    above = row
    row = spare
  }
  let prefix = above[0] as number
  for (let j = 1; j <= m; j++) prefix = Math.min(prefix, above[j] as number)
  return { whole: above[m] as number, prefix }
}
