import { ordersAllow } from '../../main/book/formulas/opening-check.ts'
import { Cmd, isMarketCmd, SymbolTrade } from '../../shared/mt4/enums.ts'
import { RetCode } from '../../shared/mt4/ret-code.ts'
import type { Order } from './engine.ts'
import { affords } from './margin-check.ts'
import type { Account, Position, SymbolState, World } from './world.ts'

/** Why an operation is refused: a `RET_*` code and words. */
type Problem = { readonly code: number; readonly why: string }

const problem = (code: number, why: string): Problem => ({ code, why })

/** A manager's price may be this far (in per cent) from the market; more is a slip of the finger. */
const FAR_OFF = 0.05

const farOff = (world: World, symbol: SymbolState, price: number): boolean => {
  const bid = world.quotes.bid[symbol.index] as number
  return Math.abs(price - bid) > bid * FAR_OFF
}

type Levels = { readonly openPrice: number; readonly sl: number; readonly tp: number }

/**
 * SL, TP and pending price on the right side and at least the symbol's stops level away: of the market for positions;
 * of the order's own price for a pending's stops, of the market for its price.
 */
const badStops = (world: World, symbol: SymbolState, cmd: number, levels: Levels): boolean => {
  const bid = world.quotes.bid[symbol.index] as number
  const ask = world.quotes.ask[symbol.index] as number
  const least = symbol.row.stopsLevel * symbol.point - symbol.point / 2
  const sell = cmd % 2 === 1
  const pending = !isMarketCmd(cmd)
  if (pending) {
    const above = cmd === Cmd.SELL_LIMIT || cmd === Cmd.BUY_STOP
    const market = sell ? bid : ask
    const distance = above ? levels.openPrice - market : market - levels.openPrice
    if (distance <= 0 || distance < least) return true
  }
  const from = pending ? levels.openPrice : sell ? ask : bid
  const away = (level: number, up: boolean): boolean => {
    const distance = up ? level - from : from - level
    return distance <= 0 || distance < least
  }
  return (levels.sl > 0 && away(levels.sl, sell)) || (levels.tp > 0 && away(levels.tp, !sell))
}

/** Checks of an open or pending placed by a manager, in the order of reference §2.8. */
export const checkOpen = (world: World, account: Account, order: Order): Problem | undefined => {
  const { group, user } = account
  const { symbol, cmd, volume, price } = order
  const sec = group.sec[symbol.row.type]
  const market = isMarketCmd(cmd)
  if (user.enable === 0 || group.row.enable === 0)
    return problem(RetCode.ACCOUNT_DISABLED, `account ${user.login} is disabled`)
  if (user.enableReadOnly === 1) return problem(RetCode.TRADE_DISABLE, `account ${user.login} may only read`)
  if (!sec?.show || !sec.trade || symbol.row.trade !== SymbolTrade.FULL)
    return problem(RetCode.TRADE_DISABLE, `${symbol.row.symbol} is not traded in ${group.row.group}`)
  if (symbol.row.longOnly === 1 && cmd % 2 === 1)
    return problem(RetCode.TRADE_LONG_ONLY, `${symbol.row.symbol} can only be bought`)
  if (volume < sec.lotMin || volume > sec.lotMax || (volume - sec.lotMin) % sec.lotStep !== 0)
    return problem(
      RetCode.TRADE_BAD_VOLUME,
      `volume must be ${sec.lotMin / 100} to ${sec.lotMax / 100} lots in steps of ${sec.lotStep / 100}`,
    )
  if (price <= 0 || (market && farOff(world, symbol, price)))
    return problem(RetCode.TRADE_BAD_PRICES, `${price} is too far from the market`)
  if (badStops(world, symbol, cmd, { openPrice: price, sl: order.sl, tp: order.tp }))
    return problem(
      RetCode.TRADE_BAD_STOPS,
      'stop loss, take profit or price is on the wrong side or too near',
    )
  const { maxPositions, hedgeProhibited } = group.row
  if (!ordersAllow(account.positions.length + account.pendings.length, maxPositions))
    return problem(RetCode.TRADE_TOO_MANY_ORDERS, `no more than ${maxPositions} orders`)
  if (!market) return undefined
  const sell = cmd === Cmd.SELL
  const opposite = account.positions.some(
    (held) => held.symbol === symbol && (held.row.cmd === Cmd.SELL) !== sell,
  )
  if (hedgeProhibited === 1 && opposite)
    return problem(RetCode.TRADE_HEDGE_PROHIBITED, 'this group may not hold both sides of a symbol')
  if (!affords(world, account, symbol, sell ? Cmd.SELL : Cmd.BUY, volume, price))
    return problem(RetCode.TRADE_NO_MONEY, 'not enough free margin')
  return undefined
}

/** Whether a group that closes oldest first has an older position in the way. */
const youngerFirst = ({ row, account, symbol }: Position): boolean =>
  account.group.row.closeFifo === 1 &&
  account.positions.some((other) => other.symbol === symbol && other.row.order < row.order)

export const checkClose = (
  world: World,
  position: Position,
  volume: number,
  price: number,
): Problem | undefined => {
  const { row, symbol } = position
  if (!isMarketCmd(row.cmd))
    return problem(RetCode.INVALID_DATA, `${row.order} is a pending order; delete it`)
  if (volume > row.volume)
    return problem(
      RetCode.TRADE_BAD_VOLUME,
      `${volume / 100} lots are more than the ${row.volume / 100} open`,
    )
  if (price <= 0 || farOff(world, symbol, price))
    return problem(RetCode.TRADE_BAD_PRICES, `${price} is too far from the market`)
  if (youngerFirst(position))
    return problem(RetCode.TRADE_PROHIBITED_BY_FIFO, 'an older position must close first')
  return undefined
}

export const checkModify = (world: World, position: Position, levels: Levels): Problem | undefined => {
  const { row, symbol } = position
  if (levels.openPrice <= 0) return problem(RetCode.TRADE_BAD_PRICES, 'a pending order needs a price')
  if (badStops(world, symbol, row.cmd, levels))
    return problem(
      RetCode.TRADE_BAD_STOPS,
      'stop loss, take profit or price is on the wrong side or too near',
    )
  return undefined
}
