import { quotesView } from '../../../shared/api/views.ts'
import { pointOf, roundTo } from '../../../shared/money/rounding.ts'
import type { World } from '../world/world.ts'
import { numberColumn, type ViewSource } from './source.ts'
import { plainColumn, textOrder } from './text-columns.ts'

/** Market watch: all symbols of the list, quoted or not. */
export const quotesSource = (world: World): ViewSource => {
  const c = world.symbols.columns
  const q = world.quotes
  const index = (s: number): number => c.index[s] as number
  const shown = (value: number | undefined): number => (value && value > 0 ? value : Number.NaN)
  return {
    table: quotesView,
    all: world.symbols.size,
    capacity: world.symbols.size,
    idLimit: world.symbols.high,
    select: (filter, out) => {
      const text = filter.text?.trim().toLowerCase() ?? ''
      let n = 0
      for (let s = 0; s < world.symbols.high(); s++) {
        if (world.symbols.alive()[s] !== 1) continue
        const name = c.symbol[s] as string
        if (filter.symbol !== undefined && name !== filter.symbol) continue
        if (!`${name}\n${c.description[s]}`.toLowerCase().includes(text)) continue
        out[n++] = s
      }
      return n
    },
    identities: () => null,
    ties: (ids, n) => textOrder(ids, n, (s) => c.symbol[s] as string),
    columns: {
      symbol: plainColumn((s) => c.symbol[s] as string),
      description: plainColumn((s) => c.description[s] as string),
      digits: numberColumn((s) => c.digits[s] as number),
      bid: numberColumn((s) => shown(q.bid[index(s)])),
      ask: numberColumn((s) => shown(q.ask[index(s)])),
      spread: numberColumn((s) =>
        roundTo((shown(q.ask[index(s)]) - shown(q.bid[index(s)])) / pointOf(c.digits[s] as number), 1),
      ),
      high: numberColumn((s) => shown(q.high[index(s)])),
      low: numberColumn((s) => shown(q.low[index(s)])),
      direction: numberColumn((s) => q.direction[index(s)] ?? 2),
      time: numberColumn((s) => q.time[index(s)] ?? 0),
    },
    totals: () => ({}),
  }
}
