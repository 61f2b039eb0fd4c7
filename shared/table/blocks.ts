/** The last of some blocks that begins at or before a slot; they stand in the order of their slots. */
export const blockAt = <B extends { readonly base: number }>(
  blocks: readonly B[],
  slot: number,
): B | undefined => {
  let low = 0
  let high = blocks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((blocks[middle] as B).base <= slot) low = middle + 1
    else high = middle
  }
  return blocks[low - 1]
}
