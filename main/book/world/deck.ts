/** Numbers of an entry. */
export const ENTRY = 7

/**
 * Entries of seven numbers in bins. A bin takes pages as it grows, so that nobody need know beforehand how many entries it
 * will have, and nothing is moved. A record with functions beside it: functions of its own would be cold in every deck.
 */
export type Deck = {
  /** Numbers of a page. */
  readonly pageSize: number
  /** Of each bin: the memory of its page, where in it the next entry goes, and where the page ends. */
  readonly memory: Float64Array[]
  readonly at: Int32Array
  readonly end: Int32Array
  /** Pages that are full, bin by bin. */
  readonly full: { readonly memory: Float64Array; readonly end: number }[][]
  /** The memory from which pages are taken, and how much of it was. */
  free: Float64Array
  taken: number
}

/** Entries of a page. */
const MOST = 512
const LEAST = 8
/** Pages that are one memory: fewer, larger ones are cheaper to get. */
const PAGES = 64

/** @param expected how many entries there may be, about */
export const createDeck = (bins: number, expected: number): Deck => ({
  pageSize: Math.min(MOST, Math.max(LEAST, Math.ceil(expected / bins / 4))) * ENTRY,
  memory: Array.from({ length: bins }, () => new Float64Array(0)),
  at: new Int32Array(bins),
  end: new Int32Array(bins),
  full: Array.from({ length: bins }, () => []),
  free: new Float64Array(0),
  taken: 0,
})

/** Gives a bin whose page is full another one. */
const turnPage = (deck: Deck, bin: number): void => {
  const { pageSize, memory, at, end } = deck
  if (end[bin] !== 0) deck.full[bin]?.push({ memory: memory[bin] as Float64Array, end: end[bin] as number })
  if (deck.taken === deck.free.length) {
    deck.free = new Float64Array(PAGES * pageSize)
    deck.taken = 0
  }
  memory[bin] = deck.free
  at[bin] = deck.taken
  deck.taken += pageSize
  end[bin] = deck.taken
}

/** Where in the bin's memory its next entry is to be written. */
export const nextEntry = (deck: Deck, bin: number): number => {
  if (deck.at[bin] === deck.end[bin]) turnPage(deck, bin)
  const place = deck.at[bin] as number
  deck.at[bin] = place + ENTRY
  return place
}

/** The entries bin by bin, in the order they came in each, as runs of a memory. */
export const eachRun = (
  { pageSize, memory, at, end, full }: Deck,
  visit: (entries: Float64Array, from: number, to: number) => void,
): void => {
  for (let bin = 0; bin < full.length; bin++) {
    for (const page of full[bin] ?? []) visit(page.memory, page.end - pageSize, page.end)
    if (end[bin] !== 0) visit(memory[bin] as Float64Array, (end[bin] as number) - pageSize, at[bin] as number)
  }
}
