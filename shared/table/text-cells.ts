import { type TextBlock, textAt } from '../wire/schema.ts'

/**
 * The texts of a column by slot. Those that came together stay together, as one long text with the ends of its parts:
 * a text takes its letters and four bytes, and no object until it is asked for.
 */
export type TextCells = {
  /** Empty where there is none. */
  readonly at: (slot: number) => string
  readonly set: (slot: number, text: string) => void
  /** The first `n` texts of a block for the slots from `base` on, which are higher than all that have one. */
  readonly addBlock: (base: number, n: number, block: TextBlock) => void
  readonly bytes: () => number
}

type Placed = { readonly base: number; readonly n: number; readonly block: TextBlock }

/** What an entry of a Map and a short text take, about. */
const LOOSE_BYTES = 96

export const createTextCells = (): TextCells => {
  const blocks: Placed[] = []
  /** Texts that were changed, or came one by one. */
  const loose = new Map<number, string>()

  /** The last block that begins at or before the slot. */
  const blockOf = (slot: number): Placed | undefined => {
    let low = 0
    let high = blocks.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((blocks[middle] as Placed).base <= slot) low = middle + 1
      else high = middle
    }
    return blocks[low - 1]
  }

  const at = (slot: number): string => {
    const own = loose.size > 0 ? loose.get(slot) : undefined
    if (own !== undefined) return own
    const placed = blockOf(slot)
    return placed && slot - placed.base < placed.n ? textAt(placed.block, slot - placed.base) : ''
  }

  return {
    at,
    set: (slot, text) => {
      if (at(slot) !== text) loose.set(slot, text)
    },
    addBlock: (base, n, block) => {
      if (n > 0) blocks.push({ base, n, block })
    },
    bytes: () =>
      blocks.reduce((sum, { block }) => sum + block.text.length + (block.ends?.byteLength ?? 0) + 64, 0) +
      loose.size * LOOSE_BYTES,
  }
}
