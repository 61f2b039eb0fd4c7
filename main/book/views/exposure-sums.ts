import { currencyDigits, roundTo, scaleOf, toUnits } from '../../../shared/money/rounding.ts'
import { currencyAmounts } from '../formulas/exposure.ts'
import { rateToBase } from '../value/accounts.ts'
import { CELL_STRIDE, Cell } from '../world/cells.ts'
import { symbolOfTrade, TradeKind, type World } from '../world/world.ts'
import { orZero } from './source.ts'

/** What one side of the book (clients or coverage) holds in a symbol. Volumes in 1/100 lot, Σ open · volume, result in base currency. */
type Side = { buy: number; sell: number; buyOpen: number; sellOpen: number; units: number; orders: number }

export type SymbolExposure = { readonly symbol: number; readonly clients: Side; readonly coverage: Side }
export type CurrencyExposure = {
  readonly currency: string
  readonly clients: number
  readonly coverage: number
  readonly netBase: number
}

const emptySide = (): Side => ({ buy: 0, sell: 0, buyOpen: 0, sellOpen: 0, units: 0, orders: 0 })

/** Positions summed up by symbol (places are symbol slots): clients, and the accounts that hold the broker's hedges. */
export const symbolExposures = (world: World, base: string): (SymbolExposure | undefined)[] => {
  const sums: (SymbolExposure | undefined)[] = []
  const t = world.trades.columns
  const u = world.users.columns
  const { values } = world.cells
  const scale = scaleOf(currencyDigits(base))
  for (let i = 0; i < world.trades.high(); i++) {
    if (t.kind[i] !== TradeKind.MARKET) continue
    const symbol = symbolOfTrade(world, i)
    if (symbol < 0) continue
    const account = t.account[i] as number
    const entry = (sums[symbol] ??= { symbol, clients: emptySide(), coverage: emptySide() })
    const side = account >= 0 && u.coverage[account] === 1 ? entry.coverage : entry.clients
    const volume = t.volume[i] as number
    const open = (t.openPrice[i] as number) * volume
    side.orders++
    if (t.cmd[i] === 1) {
      side.sell += volume
      side.sellOpen += open
    } else {
      side.buy += volume
      side.buyOpen += open
    }
    const at = (t.cell[i] as number) * CELL_STRIDE
    const profit = (t.openUnits[i] as number) / (values[at + Cell.SCALE] as number)
    side.units += orZero(toUnits(profit * (values[at + Cell.TO_BASE] as number), scale))
  }
  return sums
}

/** Net amounts by currency of all symbols; `netBase` NaN when the currency leads nowhere. */
export const currencyExposures = (
  world: World,
  base: string,
  symbols: readonly (SymbolExposure | undefined)[],
): CurrencyExposure[] => {
  const sums = new Map<string, { clients: number; coverage: number }>()
  const c = world.symbols.columns
  for (const entry of symbols) {
    if (!entry) continue
    const { symbol, clients, coverage } = entry
    const facts = {
      symbol: c.symbol[symbol] as string,
      profitMode: c.profitMode[symbol] as number,
      currency: world.pool.text(c.currency[symbol] as number),
      contractSize: c.contractSize[symbol] as number,
      tickSize: c.tickSize[symbol] as number,
      tickValue: c.tickValue[symbol] as number,
    }
    const index = c.index[symbol] as number
    const mid = ((world.quotes.bid[index] ?? 0) + (world.quotes.ask[index] ?? 0)) / 2
    for (const [who, side] of [
      ['clients', clients],
      ['coverage', coverage],
    ] as const) {
      const net = (side.buy - side.sell) / 100
      const open = (side.buyOpen - side.sellOpen) / 100
      for (const { currency, amount } of currencyAmounts(facts, net, open, mid > 0 ? mid : Number.NaN)) {
        const sum = sums.get(currency) ?? { clients: 0, coverage: 0 }
        sum[who] += amount
        sums.set(currency, sum)
      }
    }
  }
  return [...sums].map(([currency, sum]) => {
    const digits = currencyDigits(currency)
    const clients = roundTo(sum.clients, digits)
    const coverage = roundTo(sum.coverage, digits)
    const netBase = roundTo((clients - coverage) * rateToBase(world, currency, base), currencyDigits(base))
    return { currency, clients, coverage, netBase }
  })
}
