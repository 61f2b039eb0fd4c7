import type { tradesTable } from '../../../shared/bridge/tables.ts'
import type { PackedOf } from '../../../shared/wire/schema.ts'
import { symbolKey } from './cells.ts'
import type { World } from './world.ts'

/**
 * A frame of trades that is being linked, some rows at a time. Linking is a few loops over these: each a function of the
 * module that is compiled once for all worlds, where functions of a world's own begin cold. None has a loop within: V8
 * would throw its code away each time it leaves one that it entered while it was compiled.
 */
export type LinkFrame = {
  /** Slot of the first row. */
  readonly from: number
  readonly rows: TradeRows
  readonly columns: FrameColumns
  /** Words of the symbols: their part of a cell's key. */
  readonly symbolKeys: Int32Array
  /** Some rows are closed; have taxes; were passed on. Of a column that is the same in all rows none need be read. */
  readonly closed: boolean
  readonly taxed: boolean
  readonly passed: boolean
}

export type TradeRows = PackedOf<typeof tradesTable>

/** One shape for all frames; and where a column is worked out when it is asked for, it is only once. */
const columnsOf = ({ columns: c }: TradeRows) => ({
  login: c.login,
  cmd: c.cmd,
  volume: c.volume,
  openPrice: c.openPrice,
  closeTime: c.closeTime,
  commission: c.commission,
  storage: c.storage,
  taxes: c.taxes,
  gwVolume: c.gwVolume,
  gwOrder: c.gwOrder,
  marginRate: c.marginRate,
  /** Frames have codes in one byte or in two. */
  codes: Uint16Array.from(c.symbol.codes),
})
type FrameColumns = ReturnType<typeof columnsOf>

/** So many rows at a time: what one loop read and noted is in the cache for the next. */
export const AT_A_TIME = 2048

/** Notes on the rows at hand. */
export type Notes = {
  /** Rows that are open positions, and their accounts; how many. */
  readonly positions: Int32Array
  readonly account: Int32Array
  held: number
  /** Open positions whose account is not there, and how many. */
  readonly nobodys: Int32Array
  strangers: number
  /** All other trades, and how many. */
  readonly others: Int32Array
  rest: number
}

export const createNotes = (): Notes => ({
  positions: new Int32Array(AT_A_TIME),
  account: new Int32Array(AT_A_TIME),
  held: 0,
  nobodys: new Int32Array(AT_A_TIME),
  strangers: 0,
  others: new Int32Array(AT_A_TIME),
  rest: 0,
})

/** @param from slot of the first row */
export const linkFrame = (world: World, from: number, rows: TradeRows): LinkFrame => {
  const columns = columnsOf(rows)
  const { cells, symbols } = world
  const allZero = (name: 'closeTime' | 'taxes' | 'gwVolume' | 'gwOrder'): boolean =>
    rows.constant.has(name) && columns[name][0] === 0
  return {
    from,
    rows,
    columns,
    // How the table keeps symbols is not asked: it may not have them yet.
    symbolKeys: Int32Array.from(rows.columns.symbol.words, (word) => symbolKey(cells, symbols.slotOf(word))),
    closed: !allZero('closeTime'),
    taxed: !allZero('taxes'),
    passed: !(allZero('gwVolume') && allZero('gwOrder')),
  }
}
