export type Distance = {
  /** Edits between the two whole words. */
  readonly whole: number
  /** Edits between the first word and the nearest beginning of the second. */
  readonly prefix: number
}

const WIDTH = 64
let before = new Uint8Array(WIDTH)
let above = new Uint8Array(WIDTH)
let row = new Uint8Array(WIDTH)

/**
 * Edits (insert, delete, replace, swap of neighbours) from `typed` to `word`, both at most 32 characters, counted as far
 * as `most`: more than that are `most + 1`. A swapped pair is not edited again. Only the cells that few edits can reach
 * are worked out.
 */
export const editsBetween = (typed: string, word: string, most: number): Distance => {
  const n = typed.length
  const over = most + 1
  const m = Math.min(word.length, n + over)
  for (let j = 0; j <= m; j++) above[j] = Math.min(j, over)
  let leastBefore = 0
  for (let i = 1; i <= n; i++) {
    const from = Math.max(1, i - most)
    const to = Math.min(m, i + most)
    row[from - 1] = from === 1 ? Math.min(i, over) : over
    let least = row[from - 1] as number
    const a = typed.charCodeAt(i - 1)
    for (let j = from; j <= to; j++) {
      const b = word.charCodeAt(j - 1)
      let best = (above[j - 1] as number) + (a === b ? 0 : 1)
      if ((above[j] as number) + 1 < best) best = (above[j] as number) + 1
      if ((row[j - 1] as number) + 1 < best) best = (row[j - 1] as number) + 1
      if (i > 1 && j > 1 && a === word.charCodeAt(j - 2) && typed.charCodeAt(i - 2) === b)
        if ((before[j - 2] as number) + 1 < best) best = (before[j - 2] as number) + 1
      row[j] = best < over ? best : over
      if (best < least) least = best
    }
    // The next row looks one further.
    row[to + 1] = over
    // A swap would go on from the row before.
    if (least >= over && leastBefore >= most) return { whole: over, prefix: over }
    leastBefore = least
    const spare = before
    before = above
    above = row
    row = spare
  }
  const from = Math.max(0, n - most)
  const to = Math.min(m, n + most)
  let prefix = over
  for (let j = from; j <= to; j++) prefix = Math.min(prefix, above[j] as number)
  return { whole: word.length > to || word.length < from ? over : (above[word.length] as number), prefix }
}
