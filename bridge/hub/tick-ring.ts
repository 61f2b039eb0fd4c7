import type { ticksTable } from '../../shared/bridge/tables.ts'
import type { ColumnInput } from '../../shared/wire/columns.ts'

export type TickRing = {
  /** Number of the last tick. */
  seq: () => number
  /** Lowest number from which on all ticks are held. */
  oldest: () => number
  push: (symbol: number, bid: number, ask: number, time: number) => number
  /** Ticks `first` … `last`, both held. */
  columns: (first: number, last: number) => ColumnInput<typeof ticksTable>
  reset: (seq: number) => void
}

/** The last ticks in columns, numbered without holes. */
export const createTickRing = (capacity: number): TickRing => {
  const symbols = new Uint16Array(capacity)
  const bids = new Float64Array(capacity)
  const asks = new Float64Array(capacity)
  const times = new Float64Array(capacity)
  let seq = 0
  let start = 0
  return {
    seq: () => seq,
    oldest: () => Math.max(start, seq - capacity) + 1,
    push: (symbol, bid, ask, time) => {
      const slot = ++seq % capacity
      symbols[slot] = symbol
      bids[slot] = bid
      asks[slot] = ask
      times[slot] = time
      return seq
    },
    columns: (first, last) => {
      const rows = last - first + 1
      const out = {
        symbol: new Uint16Array(rows),
        bid: new Float64Array(rows),
        ask: new Float64Array(rows),
        time: new Float64Array(rows),
      }
      for (let i = 0; i < rows; i++) {
        const slot = (first + i) % capacity
        out.symbol[i] = symbols[slot] as number
        out.bid[i] = bids[slot] as number
        out.ask[i] = asks[slot] as number
        out.time[i] = times[slot] as number
      }
      return { rows, columns: out }
    },
    reset: (at) => {
      seq = at
      start = at
    },
  }
}
