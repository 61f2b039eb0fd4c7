import { freeMarginOf, marginCheckPasses } from '../../main/book/formulas/account.ts'
import { Cmd } from '../../shared/mt4/enums.ts'
import { marginRate } from './opening.ts'
import { figuresOf, marginOf } from './valuation.ts'
import type { Account, SymbolState, World } from './world.ts'

/** The pre-trade check (§3.9): free margin with the new position and the group's virtual credit, or a hedge that asks no more. */
export const affords = (
  world: World,
  account: Account,
  symbol: SymbolState,
  cmd: typeof Cmd.BUY | typeof Cmd.SELL,
  volume: number,
  price: number,
): boolean => {
  const { group, user } = account
  const figures = figuresOf(world, account)
  const sell = cmd === Cmd.SELL
  const after = marginOf(account, {
    symbol,
    sell,
    lots: volume / 100,
    openPrice: price,
    marginRate: marginRate(world, group, symbol, price),
  })
  return marginCheckPasses({
    freeMarginAfter: freeMarginOf(
      group.row.marginMode,
      user.balance,
      user.credit,
      figures.floating,
      after,
      group.digits,
    ),
    virtualCredit: group.row.credit,
    marginBefore: figures.margin,
    marginAfter: after,
    opposite: account.positions.some((p) => p.symbol === symbol && (p.row.cmd === Cmd.SELL) !== sell),
    hedgedStrong: symbol.row.marginHedgedStrong === 1,
  })
}
