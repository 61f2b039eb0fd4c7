import {
  addRow,
  addRows,
  emptyHash,
  minusHash,
  plusHash,
  removeRow,
  type StateHash,
  sameHash,
} from '../wire/state-hash.ts'

/**
 * Hashes of a table's rows by slot, and the state hash they add up to. Rows that came in a block may be hashed later,
 * page by page: when there is time for it, or when one of them is about to change. Nobody sees the difference: whatever
 * is asked, the answer is that of rows hashed at once.
 */
export type RowHashes = {
  /** Makes room for slots below this. */
  readonly ensure: (slots: number) => void
  /** The slot's row is about to be written or removed: what was put off of it is made good. */
  readonly touch: (slot: number) => void
  /** Takes a new row in, or another in the place of the slot's. */
  readonly add: (slot: number, hash: number) => void
  readonly replace: (slot: number, hash: number) => void
  readonly remove: (slot: number) => void
  /** Rows are about to be written from slot `base` on, all behind those ever used. */
  readonly beforeBlock: (base: number, putsOff: boolean) => void
  readonly addBlock: (base: number, hashes: Int32Array) => void
  /** The rows of slots `base` … `end`−1, all behind those ever used and written by now, will be hashed later. */
  readonly putOff: (base: number, end: number) => void
  readonly same: (slot: number, hash: number) => boolean
  readonly sum: () => StateHash
  /** Hashes at most about so many of the rows that were put off; answers how many it need not have done. */
  readonly catchUp: (rows: number) => number
  /** About how many rows wait to be hashed. */
  readonly waiting: () => number
  /** Calls `differs` if the table does not hash to this now: as soon as that is known. */
  readonly compare: (expected: StateHash, differs: () => void) => void
  readonly bytes: () => number
}

/** Slots of a page; a row that changes has its page hashed first. */
export const PAGE = 128
/** Pages hashed in one go. */
const RUN = 32

const pageOf = (slot: number): number => Math.floor(slot / PAGE)

/** @param hashRows hashes of the rows that stand in slots `from` … `to`−1, in order, with their slots */
export const createRowHashes = (
  hashRows: (from: number, to: number) => { readonly slots: Int32Array; readonly hashes: Int32Array },
): RowHashes => {
  let hashes = new Int32Array(0)
  /** Of the rows that are hashed. */
  let sum = emptyHash
  /** 1: none of the page's rows is hashed. */
  let waiting = new Uint8Array(0)
  let left = 0
  let firstWaiting = 0
  /** All that was ever put off and is hashed by now. */
  let madeGood = emptyHash
  const open: { readonly expected: StateHash; readonly differs: () => void }[] = []

  const answer = (): void => {
    if (left > 0) return
    for (const { expected, differs } of open.splice(0)) if (!sameHash(expected, madeGood)) differs()
  }

  /** Hashes the rows of some pages that wait. */
  const makeGood = (page: number, pages: number): void => {
    waiting.fill(0, page, page + pages)
    left -= pages
    const { slots, hashes: found } = hashRows(page * PAGE, (page + pages) * PAGE)
    for (let i = 0; i < slots.length; i++) hashes[slots[i] as number] = found[i] as number
    sum = addRows(sum, found)
    madeGood = addRows(madeGood, found)
    answer()
  }

  const touch = (slot: number): void => {
    const page = pageOf(slot)
    if (left > 0 && waiting[page] === 1) makeGood(page, 1)
  }

  const catchUp = (rows: number): number => {
    let budget = Math.ceil(rows / PAGE)
    while (budget > 0) {
      if (left === 0) break
      while (waiting[firstWaiting] !== 1) firstWaiting++
      let pages = 1
      while (pages < Math.min(RUN, budget) && waiting[firstWaiting + pages] === 1) pages++
      makeGood(firstWaiting, pages)
      budget -= pages
    }
    return budget * PAGE
  }
  const catchUpWithAll = (): number => catchUp(Number.POSITIVE_INFINITY)

  return {
    ensure: (slots) => {
      const more = new Int32Array(slots)
      more.set(hashes)
      hashes = more
    },
    touch,
    add: (slot, hash) => {
      sum = addRow(sum, hash)
      hashes[slot] = hash
    },
    replace: (slot, hash) => {
      sum = addRow(removeRow(sum, hashes[slot] as number), hash)
      hashes[slot] = hash
    },
    remove: (slot) => {
      sum = removeRow(sum, hashes[slot] as number)
    },
    beforeBlock: (base, putsOff) => {
      // Who compares waits for the rows of his moment only.
      if (open.length > 0) catchUpWithAll()
      // The page of the first of them is hashed without them: they bring their own.
      if (!putsOff) touch(base)
    },
    addBlock: (base, block) => {
      hashes.set(block, base)
      sum = addRows(sum, block)
    },
    putOff: (base, end) => {
      if (waiting.length < pageOf(end) + 1) {
        const more = new Uint8Array(pageOf(hashes.length) + 1)
        more.set(waiting)
        waiting = more
      }
      const first = pageOf(base)
      const shared = base % PAGE !== 0 && waiting[first] !== 1
      const from = shared ? first + 1 : first
      firstWaiting = Math.min(left > 0 ? firstWaiting : from, from)
      for (let page = from; page * PAGE < end; page++) {
        if (waiting[page] === 1) continue
        waiting[page] = 1
        left++
      }
      if (!shared) return
      // The page is begun: its other rows are hashed already.
      const begun = hashRows(base, Math.min(end, from * PAGE))
      hashes.set(begun.hashes, base)
      sum = addRows(sum, begun.hashes)
    },
    same: (slot, hash) => {
      touch(slot)
      return hashes[slot] === hash
    },
    sum: () => {
      catchUpWithAll()
      return sum
    },
    catchUp,
    waiting: () => left * PAGE,
    compare: (expected, differs) => {
      open.push({ expected: plusHash(minusHash(expected, sum), madeGood), differs })
      answer()
    },
    bytes: () => hashes.byteLength + waiting.byteLength,
  }
}
