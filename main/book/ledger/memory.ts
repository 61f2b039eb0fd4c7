import { CELL_STRIDE } from './cell-layout.ts'

/** How many of each there is room for. */
export type Sizes = { readonly places: number; readonly accounts: number; readonly cells: number }

const PAGE = 65_536
/** The compiler keeps the first kilobyte to itself. */
const FIRST_ADDRESS = 1024
const LINE = 64

/** A memory with one column behind the other, each beginning on a cache line. Everything is zero; trades are −1. */
export const layOut = ({ places, accounts, cells }: Sizes) => {
  let next = FIRST_ADDRESS
  const take = (bytes: number): number => {
    const at = next
    next = Math.ceil((next + bytes) / LINE) * LINE
    return at
  }
  const at = {
    cell: take(places * 4),
    lots: take(places * 8),
    open: take(places * 8),
    cost: take(places * 8),
    rate: take(places * 8),
    results: take(places * 8),
    trade: take(places * 4),
    start: take(accounts * 4),
    count: take(accounts * 4),
    room: take(accounts * 4),
    costs: take(accounts * 8),
    callAt: take(accounts * 8),
    stopAt: take(accounts * 8),
    floating: take(accounts * 8),
    level: take(accounts),
    levels: take(8),
    cells: take(cells * CELL_STRIDE * 8),
    sums: take(cells * 16),
  }
  const memory = new WebAssembly.Memory({ initial: Math.ceil(next / PAGE) })
  const { buffer } = memory
  const columns = {
    cell: new Uint32Array(buffer, at.cell, places),
    lots: new Float64Array(buffer, at.lots, places),
    open: new Float64Array(buffer, at.open, places),
    cost: new Float64Array(buffer, at.cost, places),
    rate: new Float64Array(buffer, at.rate, places),
    results: new Float64Array(buffer, at.results, places),
    trade: new Int32Array(buffer, at.trade, places).fill(-1),
    start: new Uint32Array(buffer, at.start, accounts),
    count: new Uint32Array(buffer, at.count, accounts),
    room: new Uint32Array(buffer, at.room, accounts),
    costs: new Float64Array(buffer, at.costs, accounts),
    callAt: new Float64Array(buffer, at.callAt, accounts).fill(Number.NEGATIVE_INFINITY),
    stopAt: new Float64Array(buffer, at.stopAt, accounts).fill(Number.NEGATIVE_INFINITY),
    floating: new Float64Array(buffer, at.floating, accounts),
    level: new Uint8Array(buffer, at.level, accounts),
    /** Accounts at or beyond their margin call; of these beyond their stop-out. */
    levels: new Uint32Array(buffer, at.levels, 2),
    cells: new Float64Array(buffer, at.cells, cells * CELL_STRIDE),
    sums: new Float64Array(buffer, at.sums, cells * 2),
  }
  return { memory, at, columns }
}
