import type { Quote } from '../../shared/bridge/tables.ts'

const DAY_MS = 86_400_000

export type QuoteBoard = {
  /** Takes tick number `seq`. */
  tick: (seq: number, symbol: number, bid: number, ask: number, time: number) => void
  /** A quote known from the start, before any tick. */
  load: (quote: Quote, seq: number) => void
  drop: (symbol: number) => void
  size: () => number
  /** Quotes of the symbols that moved behind tick `seq`; all of them below 0. */
  movedSince: (seq: number) => Quote[]
  /** The same quotes, all last moved at `seq`. */
  renumber: (seq: number) => void
  reset: () => void
}

type Entry = { quote: { -readonly [K in keyof Quote]: Quote[K] }; moved: number }

/** Last quote of each symbol. High and low are of the bid and start anew with the server's day. */
export const createQuoteBoard = (): QuoteBoard => {
  const board = new Map<number, Entry>()
  return {
    tick: (seq, symbol, bid, ask, time) => {
      const entry = board.get(symbol)
      if (!entry) {
        board.set(symbol, { quote: { symbol, bid, ask, high: bid, low: bid, time }, moved: seq })
        return
      }
      const { quote } = entry
      const sameDay = Math.floor(quote.time / DAY_MS) === Math.floor(time / DAY_MS)
      quote.high = sameDay ? Math.max(quote.high, bid) : bid
      quote.low = sameDay ? Math.min(quote.low, bid) : bid
      quote.bid = bid
      quote.ask = ask
      quote.time = time
      entry.moved = seq
    },
    load: (quote, seq) => {
      board.set(quote.symbol, { quote: { ...quote }, moved: seq })
    },
    drop: (symbol) => {
      board.delete(symbol)
    },
    size: () => board.size,
    movedSince: (seq) => {
      const out: Quote[] = []
      for (const { quote, moved } of board.values()) if (moved > seq) out.push(quote)
      return out
    },
    renumber: (seq) => {
      for (const entry of board.values()) entry.moved = seq
    },
    reset: () => {
      board.clear()
    },
  }
}
