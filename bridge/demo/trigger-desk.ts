import { Cmd } from '../../shared/mt4/enums.ts'
import { activate, close, remove } from './engine.ts'
import { affords } from './margin-check.ts'
import type { Trigger } from './triggers.ts'
import type { SymbolState, World } from './world.ts'

/** What the platform writes into a pending that could not be filled. */
const NO_MONEY = 'deleted [no money]'

const fire = (world: World, { position, kind, price }: Trigger): void => {
  const { row, account, symbol } = position
  if (kind !== 'pending') {
    close(world, position, row.volume, price, `[${kind}]`)
    return
  }
  const sell = row.cmd % 2 === 1
  if (affords(world, account, symbol, sell ? Cmd.SELL : Cmd.BUY, row.volume, price))
    activate(world, position, price)
  else remove(world, position, NO_MONEY)
}

/**
 * Executes every SL, TP and pending that the symbol's new prices reach, each at its own level (decision U15). A pending
 * that its account cannot pay for is removed (§3.9 c).
 */
export const fireTriggers = (world: World, symbol: SymbolState): void => {
  const bid = world.quotes.bid[symbol.index] as number
  const ask = world.quotes.ask[symbol.index] as number
  for (let hit = symbol.triggers.take(bid, ask); hit; hit = symbol.triggers.take(bid, ask)) fire(world, hit)
}
