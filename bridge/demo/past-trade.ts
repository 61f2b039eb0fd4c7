import type { TradeRecord } from '../../shared/bridge/tables.ts'
import { Cmd, TradeState } from '../../shared/mt4/enums.ts'
import type { Random } from '../../shared/runtime/ports.ts'
import { agentEarns } from './agents.ts'
import { origin, priceThen, volumeFor } from './drafts.ts'
import { marginRate, openedAt } from './opening.ts'
import { between, chance } from './random.ts'
import { tradeRecord } from './records.ts'
import { closeProfit } from './valuation.ts'
import type { Account, SymbolState, World } from './world.ts'

/** A trade that was opened and closed before now, at the prices of then; its size is drawn from 0.3 to `upTo` of `funds`. */
export const pastTrade = (
  world: World,
  random: Random,
  account: Account,
  symbol: SymbolState,
  given: { order: number; openTime: number; closeTime: number; funds: number; upTo: number },
): TradeRecord => {
  const { order, openTime, closeTime } = given
  const sell = chance(random, 0.5)
  const cmd = sell ? Cmd.SELL : Cmd.BUY
  const volume = volumeFor(world, account, symbol, given.funds * between(random, 0.3, given.upTo))
  const openPrice = priceThen(world, symbol, sell, openTime)
  const closePrice = priceThen(world, symbol, !sell, closeTime)
  const row = tradeRecord({
    order,
    login: account.user.login,
    symbol: symbol.row.symbol,
    digits: symbol.row.digits,
    cmd,
    volume,
    openTime,
    ...origin(random),
    ...openedAt(world, account.group, symbol, { cmd, volume, price: openPrice }),
    commissionAgent: agentEarns(world, account, symbol, { cmd, volume, price: closePrice }),
    state: TradeState.CLOSED_NORMAL,
    closeTime,
    closePrice,
    convRateClose: marginRate(world, account.group, symbol, closePrice),
    timestamp: closeTime,
  })
  return { ...row, profit: closeProfit(world, { row, account, symbol, live: false }, volume, closePrice) }
}
