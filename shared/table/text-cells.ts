import { type TextBlock, textAt } from '../wire/schema.ts'
import { blockOf as blockOfTexts } from '../wire/text-columns.ts'
import { blockAt } from './blocks.ts'

/**
 * The texts of a column by slot. Those that came together stay together, as one long text with the ends of its parts:
 * a text takes its letters and four bytes, and no object until it is asked for.
 */
export type TextCells = {
  /** Empty where there is none. */
  readonly at: (slot: number) => string
  /** Units of the text. */
  readonly lengthAt: (slot: number) => number
  readonly set: (slot: number, text: string) => void
  /** The texts of these slots, in this order, as one block. `run`: they are known to be one, or not. */
  readonly take: (slots: Int32Array, run?: boolean) => TextBlock
  /** The first `n` texts of a block for the slots from `base` on, which are higher than all that have one. */
  readonly addBlock: (base: number, n: number, block: TextBlock) => void
  readonly bytes: () => number
}

type Placed = { readonly base: number; readonly n: number; readonly block: TextBlock }

/** What an entry of a Map and a short text take, about. */
const LOOSE_BYTES = 96
const MANY = 256

/** Slots that follow one another without a hole. */
export const isRun = (slots: Int32Array): boolean => {
  const { length } = slots
  const first = slots[0] ?? 0
  // Most that are none show it at their ends.
  if (length === 0 || slots[length - 1] !== first + length - 1) return false
  for (let i = 1; i < length; i++) if (slots[i] !== first + i) return false
  return true
}

export const createTextCells = (): TextCells => {
  const blocks: Placed[] = []
  /** Texts that were changed, or came one by one. */
  const loose = new Map<number, string>()

  const blockOf = (slot: number): Placed | undefined => blockAt(blocks, slot)

  const at = (slot: number): string => {
    const own = loose.size > 0 ? loose.get(slot) : undefined
    if (own !== undefined) return own
    const placed = blockOf(slot)
    return placed && slot - placed.base < placed.n ? textAt(placed.block, slot - placed.base) : ''
  }

  const isLoose = (from: number, to: number): boolean => {
    // Of many it is not worth looking at each.
    if (loose.size > MANY) return true
    for (const slot of loose.keys()) if (slot >= from && slot < to) return true
    return false
  }

  /** Slots `from` … `to`−1, all of them in blocks. */
  const takeRun = (from: number, to: number): TextBlock | undefined => {
    const ends = new Uint32Array(to - from)
    let text = ''
    for (let slot = from; slot < to; ) {
      const placed = blockOf(slot)
      if (!placed || slot >= placed.base + placed.n) return undefined
      const { base, n, block } = placed
      const until = Math.min(to, base + n)
      if (block.ends === null) return slot === from && until === to ? block : undefined
      const skipped = slot === base ? 0 : (block.ends[slot - base - 1] as number)
      const shift = text.length - skipped
      for (let i = slot; i < until; i++) ends[i - from] = (block.ends[i - base] as number) + shift
      text += block.text.slice(skipped, block.ends[until - base - 1])
      slot = until
    }
    return { text, ends }
  }

  return {
    at,
    lengthAt: (slot) => {
      const own = loose.size > 0 ? loose.get(slot) : undefined
      if (own !== undefined) return own.length
      const placed = blockOf(slot)
      if (!placed || slot - placed.base >= placed.n) return 0
      const { ends, text } = placed.block
      const i = slot - placed.base
      return ends === null ? text.length : (ends[i] as number) - (i === 0 ? 0 : (ends[i - 1] as number))
    },
    take: (slots, run = isRun(slots)) => {
      const from = slots[0] ?? 0
      const to = from + slots.length
      const whole = run && !isLoose(from, to) ? takeRun(from, to) : undefined
      return whole ?? blockOfTexts(Array.from(slots, at))
    },
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
