import type { AccountLimits, SymbolLimits } from '../../../../shared/api/limits.ts'
import { roundTo } from '../../../../shared/money/rounding.ts'
import { LevelType, MarginType } from '../../../../shared/mt4/enums.ts'
import { accountDigits, floatingOf } from '../../value/figures.ts'
import { accountCurrency, type World } from '../../world/world.ts'
import { standingAt } from '../account-at.ts'
import { readQuote } from '../explain/read-rates.ts'
import { depositFor } from './deposit.ts'
import { firstPrice, probeSymbol } from './price-limits.ts'

/** Lots of each side by symbol slot, in the order in which the account came by them. */
const heldBy = (world: World, account: number): Map<number, { buy: number; sell: number }> => {
  const { start, count, cell, lots } = world.ledger.columns
  const held = new Map<number, { buy: number; sell: number }>()
  const from = start[account] as number
  for (let p = from; p < from + (count[account] as number); p++) {
    const c = cell[p] as number
    const symbol = world.cells.symbol[c] as number
    if (symbol < 0) continue
    const sum = held.get(symbol) ?? { buy: 0, sell: 0 }
    sum[world.cells.sell[c] ? 'sell' : 'buy'] += lots[p] as number
    held.set(symbol, sum)
  }
  return held
}

const symbolLimits = (
  world: World,
  account: number,
  symbol: number,
  lots: { buy: number; sell: number },
  values: Float64Array,
): SymbolLimits => {
  const c = world.symbols.columns
  const { bid, ask } = readQuote(world, c.index[symbol] as number)
  const levelType = world.ledger.columns.level[account] as number
  const probe = probeSymbol(world, account, symbol, values)
  const ways = (level: number) =>
    levelType >= level || probe === null
      ? null
      : { up: firstPrice(probe, level, 1), down: firstPrice(probe, level, -1) }
  return {
    symbol: c.symbol[symbol] as string,
    digits: c.digits[symbol] as number,
    bid,
    ask,
    buyLots: roundTo(lots.buy, 2),
    sellLots: roundTo(lots.sell, 2),
    call: ways(LevelType.MARGINCALL),
    stopOut: ways(LevelType.STOPOUT),
  }
}

/**
 * The prices at which an account meets its margin call and stop-out, symbol by symbol with all other prices fixed, and the
 * deposit that brings its level to `target`; null when it is not there.
 *
 * @param valuedAt UTC ms of the valuation
 * @param target in % or money by the group's margin type
 */
export const accountLimits = (
  world: World,
  valuedAt: number,
  login: number,
  target: number,
): AccountLimits | null => {
  const account = world.users.slotOf(login)
  if (account < 0) return null
  const { balance, credit, margin, groupSlot } = world.users.columns
  const group = groupSlot[account] as number
  const g = world.groups.columns
  const rule = (column: { readonly [slot: number]: number }): number =>
    group < 0 ? 0 : (column[group] as number)
  const digits = accountDigits(world, account)
  const funds = {
    balance: balance[account] as number,
    credit: credit[account] as number,
    floating: floatingOf(world, account),
    margin: margin[account] as number,
    marginType: rule(g.marginType),
    digits,
  }
  const values = world.ledger.columns.cells.slice()
  return {
    login,
    currency: accountCurrency(world, account),
    moneyDigits: digits,
    valuedAt,
    ...standingAt(world, account, world.ledger.columns.floating[account] as number),
    margin: funds.margin,
    levelsInMoney: funds.marginType === MarginType.CURRENCY,
    marginCall: rule(g.marginCall),
    marginStopout: rule(g.marginStopout),
    symbols: [...heldBy(world, account)].map(([symbol, lots]) =>
      symbolLimits(world, account, symbol, lots, values),
    ),
    deposit: { target, amount: depositFor(funds, target) },
  }
}
