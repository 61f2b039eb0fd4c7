import { levelMark } from '../../main/book/formulas/lifecycle/comments.ts'
import { triggerPending } from '../../main/book/formulas/lifecycle/pending.ts'
import { fillPrice } from '../../main/book/formulas/lifecycle/triggers.ts'
import { Cmd } from '../../shared/mt4/enums.ts'
import { activate, close, remove } from './engine.ts'
import { affords } from './margin-check.ts'
import { openingTerms } from './opening.ts'
import type { Trigger } from './triggers.ts'
import { closeSide } from './valuation.ts'
import { type SymbolState, secondsOf, type World } from './world.ts'

const fire = (world: World, { position, kind, price }: Trigger): void => {
  const { row, account, symbol } = position
  const sell = row.cmd % 2 === 1
  const opens = kind === 'pending'
  const market = closeSide(world.quotes, symbol.index, opens ? !sell : sell)
  const at = fillPrice(row.cmd, kind, price, market)
  if (!opens) {
    close(world, position, row.volume, at, levelMark(kind))
    return
  }
  const cmd = sell ? Cmd.SELL : Cmd.BUY
  const outcome = triggerPending(row, {
    terms: openingTerms(world, account.group, symbol, { cmd, volume: row.volume, price: at }),
    at: secondsOf(world),
    marketPrice: closeSide(world.quotes, symbol.index, sell),
    funds: affords(world, account, symbol, cmd, row.volume, at),
    // Nobody deals by hand here: every group of the demo executes by itself.
    automatic: true,
  })
  if (outcome.kind === 'activated') activate(world, position, outcome.row)
  else if (outcome.kind === 'deleted') remove(world, position, outcome.row)
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
