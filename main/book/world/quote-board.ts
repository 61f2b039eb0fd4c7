/** Last quotes by symbol index (`SymbolRecord.index`); 0 = never quoted. Arrays are replaced when they grow. */
export type QuoteBoard = {
  bid: Float64Array
  ask: Float64Array
  high: Float64Array
  low: Float64Array
  /** Server-local ms. */
  time: Float64Array
  /** 0 up, 1 down, 2 none. */
  direction: Uint8Array
  /** Server-local ms of the newest quote. */
  newest: number
}

export const createQuoteBoard = (): QuoteBoard => ({
  bid: new Float64Array(256),
  ask: new Float64Array(256),
  high: new Float64Array(256),
  low: new Float64Array(256),
  time: new Float64Array(256),
  direction: new Uint8Array(256).fill(2),
  newest: 0,
})

const DAY_MS = 86_400_000

const ensure = (q: QuoteBoard, index: number): void => {
  if (index < q.bid.length) return
  const length = Math.max(index + 1, q.bid.length * 2)
  for (const name of ['bid', 'ask', 'high', 'low', 'time'] as const) {
    const next = new Float64Array(length)
    next.set(q[name])
    q[name] = next
  }
  const direction = new Uint8Array(length).fill(2)
  direction.set(q.direction)
  q.direction = direction
}

const turn = (q: QuoteBoard, index: number, bid: number): void => {
  const before = q.bid[index] as number
  if (before > 0 && bid !== before) q.direction[index] = bid > before ? 0 : 1
}

/** One tick. High and low are of the bid and start anew with the server's day. */
export const putTick = (q: QuoteBoard, index: number, bid: number, ask: number, time: number): void => {
  ensure(q, index)
  const sameDay =
    (q.bid[index] as number) > 0 &&
    Math.floor((q.time[index] as number) / DAY_MS) === Math.floor(time / DAY_MS)
  q.high[index] = sameDay ? Math.max(q.high[index] as number, bid) : bid
  q.low[index] = sameDay ? Math.min(q.low[index] as number, bid) : bid
  turn(q, index, bid)
  q.bid[index] = bid
  q.ask[index] = ask
  q.time[index] = time
  if (time > q.newest) q.newest = time
}

/** A whole quote, of a snapshot or standing for ticks that were left out. */
export const putQuote = (
  q: QuoteBoard,
  index: number,
  bid: number,
  ask: number,
  high: number,
  low: number,
  time: number,
): void => {
  ensure(q, index)
  turn(q, index, bid)
  q.bid[index] = bid
  q.ask[index] = ask
  q.high[index] = high
  q.low[index] = low
  q.time[index] = time
  if (time > q.newest) q.newest = time
}

export const quoteBytes = (q: QuoteBoard): number => q.bid.byteLength * 5 + q.direction.byteLength
