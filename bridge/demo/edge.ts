import { roundTo } from '../../shared/money/rounding.ts'
import { Cmd, MarginType } from '../../shared/mt4/enums.ts'
import type { Random } from '../../shared/runtime/ports.ts'
import { type Draft, origin, priceDeviation, priceThen } from './drafts.ts'
import { roughUsd } from './groups.ts'
import { lotWorth } from './opening.ts'
import { figuresOf } from './valuation.ts'
import type { Account, SymbolState, World } from './world.ts'

/**
 * Accounts on the edge at the start. Each case is a pair, one long and one short, so that whichever way the market goes
 * one of them is reached; distances count in standard deviations of one second, so quiet hours do not matter much.
 */
type EdgeCase = { readonly symbol: string; readonly limit: 'call' | 'stopout'; readonly away: number }

const cases: readonly EdgeCase[] = [
  { symbol: 'EURUSD', limit: 'call', away: 2.5 },
  { symbol: 'USDJPY', limit: 'call', away: 6 },
  { symbol: 'GBPUSD', limit: 'call', away: 10 },
  { symbol: 'EURUSD', limit: 'stopout', away: 4 },
  { symbol: 'XAUUSD', limit: 'stopout', away: 6 },
  { symbol: 'GBPUSD', limit: 'stopout', away: 9 },
  { symbol: 'AUDUSD', limit: 'stopout', away: 16 },
]

type Edge = { readonly account: Account; readonly draft: Draft; readonly edge: EdgeCase }

/** Margin these accounts use, in USD: small clients, but not pennies. */
const MARGIN_USD = 1_800

const fits = ({ group, style, user }: Account): boolean =>
  style === 'holder' &&
  group.row.marginType === MarginType.PERCENT &&
  (group.currency === 'USD' || group.currency === 'EUR') &&
  user.credit === 0 &&
  user.enable === 1

/** A moment of the last days at which such a position would have opened to lose a little: that is how one gets to the edge. */
const losingTime = (world: World, symbol: SymbolState, sell: boolean, account: Account): number => {
  const now = Math.floor(world.now / 1000)
  const price = world.quotes.bid[symbol.index] as number
  const reach = priceDeviation(world, symbol, 1800)
  for (let hours = 1; hours < 100; hours++) {
    const at = now - hours * 1800
    if (at < world.history.from || at < account.user.registrationDate) break
    const loss = (world.history.mid(symbol.instrument, at) - price) * (sell ? -1 : 1)
    if (loss > reach && loss < 4 * reach) return at
  }
  return Math.max(account.user.registrationDate, now - 300)
}

/** Chooses the accounts and gives each its one position. Fewer in a world with few accounts. */
export const draftEdges = (world: World, random: Random, pool: readonly Account[]): Edge[] => {
  const seats = pool.filter(fits).slice(0, Math.min(2 * cases.length, Math.floor(pool.length / 4)))
  return seats.flatMap((account, i) => {
    const edge = cases[(i >> 1) % cases.length] as EdgeCase
    const symbol = world.symbolByName.get(edge.symbol)
    if (!symbol) return []
    const sell = i % 2 === 1
    const openTime = losingTime(world, symbol, sell, account)
    const margin = MARGIN_USD / roughUsd[account.group.currency]
    const one = lotWorth(world, account.group, symbol, world.quotes.bid[symbol.index] as number)
    const volume = Math.max(1, Math.round(((margin * account.user.leverage) / one) * 100))
    const draft: Draft = {
      account,
      symbol,
      cmd: sell ? Cmd.SELL : Cmd.BUY,
      volume,
      openTime,
      openPrice: priceThen(world, symbol, sell, openTime),
      sl: 0,
      tp: 0,
      ...origin(random),
    }
    return [{ account, draft, edge }]
  })
}

/** Sets the balance so that the equity stands just above the limit of the case. Call when the position is in place. */
export const settleEdge = (world: World, { account, edge }: Edge): void => {
  const { group, positions } = account
  const { margin, floating } = figuresOf(world, account)
  const position = positions[0]
  if (!position) return
  const percent = edge.limit === 'call' ? group.row.marginCall : group.row.marginStopout
  const { symbol, row } = position
  const price = world.quotes.bid[symbol.index] as number
  const perPrice = (lotWorth(world, group, symbol, price) / price) * (row.volume / 100)
  const distance = edge.away * priceDeviation(world, symbol, 1) * perPrice
  const balance = roundTo((margin * percent) / 100 + distance - floating, group.digits)
  account.user = { ...account.user, balance }
}
