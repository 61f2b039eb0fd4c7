import { createKernel, type Kernel } from '../kernel/kernel.ts'
import { layOut, type Sizes } from './memory.ts'
import { even, runKernel } from './run-kernel.ts'

/**
 * The open positions in the order in which they are valued: each account's side by side, in one WebAssembly memory that
 * the kernel runs over. A position has a *place*; what belongs to an account stands in its *segment* (`start`, `count`,
 * room for more). An empty place has cell 0 and adds nothing. Columns move when the ledger grows: read them from
 * `columns`, do not keep them.
 */
export type Ledger = {
  readonly columns: LedgerColumns
  /** Places in use or in between: all are below this. */
  readonly high: () => number
  /** Gives each account (by slot) a segment of exactly so many places and forgets everything else. */
  readonly reset: (counts: Uint32Array) => void
  /** Forgets everything and makes room for so many, to be filled from the first place on, account by account. */
  readonly clear: (accounts: number, places: number) => void
  /** Makes room for places below this while they are being filled. */
  readonly ensurePlaces: (places: number) => void
  /** Places below this were filled. */
  readonly filled: (places: number) => void
  /** Makes room for account slots below this. */
  readonly ensureAccounts: (accounts: number) => void
  /** Makes room for cells below this. */
  readonly ensureCells: (cells: number) => void
  /** The same, for cells that may come. */
  readonly reserveCells: (cells: number) => void
  /** Takes note of positions that were written into the columns after a `reset`. */
  readonly recount: () => void
  /** Adds a position to an account's segment; answers its place. `move` hears of every trade whose place changed. */
  readonly add: (
    account: number,
    trade: number,
    cell: number,
    lots: number,
    open: number,
    cost: number,
    rate: number,
  ) => number
  /** Takes the position at a place out of its account's segment. */
  readonly remove: (account: number, place: number) => void
  /** Values all positions, then all accounts, from the cells as they stand. */
  readonly value: () => void
  /** Adds the results up by cell: exact sums in units, `sums[cell]`; once for each valuation. Good until the next call after it. */
  readonly sumCells: () => Float64Array
  readonly bytes: () => number
}

/** By place: `cell`, `lots`, `open`, `cost` (units), `rate` (of the margin), `results` (units), `trade` (slot). By account slot: the rest. `cells`: stride `CELL_STRIDE`. */
export type LedgerColumns = ReturnType<typeof layOut>['columns']

/** Share of places that may lie idle before everything moves together again. */
const IDLE_SHARE = 0.5
const FIRST: Sizes = { places: 256, accounts: 64, cells: 64 }

const roomFor = (count: number): number => count + (count >> 1) + 2

/** @param moved hears that a trade now stands at another place */
export const createLedger = (moved: (trade: number, place: number) => void): Ledger => {
  let sizes = FIRST
  let laid = layOut(sizes)
  let kernel: Kernel = createKernel(laid.memory)
  let { columns } = laid
  let high = 0
  let accounts = 0
  let cells = 1
  let inUse = 0
  let sums = new Float64Array(0)
  let summed = false

  const moveTo = (next: typeof laid): void => {
    laid = next
    kernel = createKernel(laid.memory)
    columns = laid.columns
    // A property that is written anew: an accessor would make each ledger look different to V8.
    ledger.columns = columns
  }

  const resize = (next: Sizes): void => {
    const old = columns
    sizes = next
    moveTo(layOut(next))
    for (const name of Object.keys(old) as (keyof LedgerColumns)[]) columns[name].set(old[name])
  }

  const clearPlace = (place: number): void => {
    columns.cell[place] = 0
    columns.trade[place] = -1
    columns.results[place] = 0
  }

  const copyPlace = (from: LedgerColumns, at: number, place: number): void => {
    columns.cell[place] = from.cell[at] as number
    columns.lots[place] = from.lots[at] as number
    columns.open[place] = from.open[at] as number
    columns.cost[place] = from.cost[at] as number
    columns.rate[place] = from.rate[at] as number
    columns.results[place] = from.results[at] as number
    const trade = from.trade[at] as number
    columns.trade[place] = trade
    moved(trade, place)
  }

  /** Moves a segment behind all others, with room to grow. */
  const relocate = (account: number): void => {
    const { start, count, room } = columns
    const from = start[account] as number
    const n = count[account] as number
    for (let i = 0; i < n; i++) {
      copyPlace(columns, from + i, high + i)
      clearPlace(from + i)
    }
    start[account] = high
    room[account] = roomFor(n)
    for (let i = high + n; i < high + roomFor(n); i++) clearPlace(i)
    high += roomFor(n)
  }

  /** Lays all segments side by side again, in order of accounts, each with a little room. */
  const compact = (): void => {
    const kept = {
      ...columns,
      cell: columns.cell.slice(),
      lots: columns.lots.slice(),
      open: columns.open.slice(),
      cost: columns.cost.slice(),
      rate: columns.rate.slice(),
      results: columns.results.slice(),
      trade: columns.trade.slice(),
    }
    let at = 0
    for (let a = 0; a < accounts; a++) {
      const from = columns.start[a] as number
      const n = columns.count[a] as number
      const room = n === 0 ? 0 : n + 1 + (n >> 3)
      columns.start[a] = at
      columns.room[a] = room
      for (let i = 0; i < n; i++) copyPlace(kept, from + i, at + i)
      for (let i = at + n; i < at + room; i++) clearPlace(i)
      at += room
    }
    for (let i = at; i < high; i++) clearPlace(i)
    high = at
  }

  const makeRoom = (account: number): void => {
    const needed = high + roomFor(columns.count[account] as number) + 2
    if (needed > sizes.places) {
      const idle = high - inUse
      if (idle > high * IDLE_SHARE) compact()
      else resize({ ...sizes, places: even(Math.ceil(needed * 1.5)) })
      return makeRoom(account)
    }
    relocate(account)
  }

  const ensureAccounts = (wanted: number): void => {
    if (wanted > sizes.accounts) resize({ ...sizes, accounts: Math.max(wanted, sizes.accounts * 2) })
    accounts = Math.max(accounts, wanted)
  }

  const clear = (wanted: number, places: number): void => {
    const next = { ...sizes, places: even(places + (places >> 4) + 256) }
    accounts = 0
    if (next.places > sizes.places || wanted > sizes.accounts) {
      sizes = { ...next, accounts: Math.max(wanted, sizes.accounts) }
      const old = columns
      moveTo(layOut(sizes))
      columns.cells.set(old.cells)
    } else {
      columns.cell.fill(0)
      columns.trade.fill(-1)
      columns.results.fill(0)
      for (const name of ['start', 'count', 'room', 'costs', 'floating', 'level'] as const)
        columns[name].fill(0)
      columns.callAt.fill(Number.NEGATIVE_INFINITY)
      columns.stopAt.fill(Number.NEGATIVE_INFINITY)
    }
    ensureAccounts(wanted)
    high = 0
    inUse = 0
    summed = false
  }

  const ledger: Omit<Ledger, 'columns'> & { columns: LedgerColumns } = {
    columns,
    high: () => high,
    ensureAccounts,
    ensureCells: (wanted) => {
      summed = false
      if (wanted > sizes.cells) resize({ ...sizes, cells: Math.max(wanted, sizes.cells * 2) })
      cells = Math.max(cells, wanted)
    },
    reserveCells: (wanted) => {
      if (wanted > sizes.cells) resize({ ...sizes, cells: wanted })
    },
    recount: () => {
      inUse = 0
      for (let a = 0; a < accounts; a++) inUse += columns.count[a] as number
    },
    reset: (counts) => {
      let places = 0
      for (const n of counts) places += n
      clear(counts.length, places)
      let at = 0
      for (let a = 0; a < counts.length; a++) {
        columns.start[a] = at
        columns.room[a] = counts[a] as number
        at += counts[a] as number
      }
      high = at
    },
    clear,
    ensurePlaces: (wanted) => {
      if (wanted > sizes.places) resize({ ...sizes, places: even(wanted) })
    },
    filled: (places) => {
      high = places
      inUse = places
    },
    add: (account, trade, cell, lots, open, cost, rate) => {
      if (columns.count[account] === columns.room[account]) makeRoom(account)
      const n = columns.count[account] as number
      const place = (columns.start[account] as number) + n
      columns.count[account] = n + 1
      columns.cell[place] = cell
      columns.lots[place] = lots
      columns.open[place] = open
      columns.cost[place] = cost
      columns.rate[place] = rate
      columns.trade[place] = trade
      // Not valued yet.
      columns.results[place] = Number.NaN
      inUse++
      summed = false
      return place
    },
    remove: (account, place) => {
      summed = false
      const last = (columns.start[account] as number) + (columns.count[account] as number) - 1
      if (last !== place) copyPlace(columns, last, place)
      clearPlace(last)
      columns.count[account] = (columns.count[account] as number) - 1
      inUse--
    },
    value: () => {
      runKernel(kernel, laid.at, high, accounts)
      summed = false
    },
    sumCells: () => {
      if (summed) return sums
      summed = true
      columns.sums.fill(0)
      const { at } = laid
      kernel.sumCells(even(high), at.cell, at.results, at.sums)
      if (sums.length < cells) sums = new Float64Array(sizes.cells)
      for (let c = 0; c < cells; c++)
        sums[c] = (columns.sums[c * 2] as number) + (columns.sums[c * 2 + 1] as number)
      return sums
    },
    bytes: () => laid.memory.buffer.byteLength,
  }
  return ledger
}
