import { currencyDigits } from '../../../shared/money/rounding.ts'
import { accountMargin, type MarginSymbol, symbolMargin } from '../formulas/margin.ts'
import { NO_CELL } from '../world/cells.ts'
import { accountCurrency, type World } from '../world/world.ts'
import { limitAccount } from './limits.ts'

/** Σ lots, Σ open · lots, Σ rate · lots of both sides of each symbol, for the account being worked on. */
type Sums = { touched: number[]; seen: Uint8Array; buy: Float64Array; sell: Float64Array }

const STRIDE = 3

const addLeg = (
  sums: Sums,
  symbol: number,
  sell: boolean,
  lots: number,
  open: number,
  rate: number,
): void => {
  if (sums.seen[symbol] === 0) {
    sums.seen[symbol] = 1
    sums.touched.push(symbol)
  }
  const side = sell ? sums.sell : sums.buy
  const at = symbol * STRIDE
  side[at] = (side[at] as number) + lots
  side[at + 1] = (side[at + 1] as number) + lots * open
  side[at + 2] = (side[at + 2] as number) + lots * rate
}

const takeLeg = (side: Float64Array, symbol: number) => {
  const at = symbol * STRIDE
  const leg = {
    lots: side[at] as number,
    openSum: side[at + 1] as number,
    rateSum: side[at + 2] as number,
  }
  side.fill(0, at, at + STRIDE)
  return leg
}

/** Terms of a symbol's margin. */
export const marginTerms = (world: World, symbol: number): MarginSymbol => {
  const c = world.symbols.columns
  return {
    marginMode: c.marginMode[symbol] as number,
    contractSize: c.contractSize[symbol] as number,
    tickSize: c.tickSize[symbol] as number,
    tickValue: c.tickValue[symbol] as number,
    marginInitial: c.marginInitial[symbol] as number,
    marginMaintenance: c.marginMaintenance[symbol] as number,
    marginHedged: c.marginHedged[symbol] as number,
  }
}

/** Divider of a symbol for an account: the group's own where it has one. */
export const marginDivider = (world: World, account: number, symbol: number): number =>
  world.dividers[world.users.columns.groupSlot[account] as number]?.get(symbol) ??
  (world.symbols.columns.marginDivider[symbol] as number)

/**
 * Works out margin and limits of the accounts whose positions, funds, leverage or group changed; these do not depend on quotes.
 * A symbol whose margin cannot be computed adds nothing and is counted in `blankMargins`.
 */
export const valueMargins = (world: World): void => {
  if (world.staleAccounts.length === 0) return
  const u = world.users.columns
  const { marginRate } = world.trades.columns
  const { symbol, sell } = world.cells
  const symbols = world.symbols.high()
  const sums: Sums = {
    touched: [],
    seen: new Uint8Array(symbols),
    buy: new Float64Array(symbols * STRIDE),
    sell: new Float64Array(symbols * STRIDE),
  }
  const terms: MarginSymbol[] = []
  let blank = 0
  for (const account of world.staleAccounts) {
    u.marginStale[account] = 0
    if (world.users.alive()[account] !== 1) continue
    const { start, count, cell, lots, open, trade } = world.ledger.columns
    const first = start[account] as number
    for (let p = first; p < first + (count[account] as number); p++) {
      const c = cell[p] as number
      if (c === NO_CELL) blank++
      else
        addLeg(
          sums,
          symbol[c] as number,
          sell[c] as boolean,
          lots[p] as number,
          open[p] as number,
          marginRate[trade[p] as number] as number,
        )
    }
    const group = u.groupSlot[account] as number
    const largeLeg = group >= 0 && world.groups.columns.hedgeLargeLeg[group] === 1
    let margin = 0
    for (const held of sums.touched) {
      sums.seen[held] = 0
      const one = symbolMargin(
        (terms[held] ??= marginTerms(world, held)),
        takeLeg(sums.buy, held),
        takeLeg(sums.sell, held),
        u.leverage[account] as number,
        marginDivider(world, account, held),
        largeLeg,
      )
      if (Number.isFinite(one)) margin += one
      else blank++
    }
    sums.touched.length = 0
    u.margin[account] = accountMargin(margin, currencyDigits(accountCurrency(world, account)))
    limitAccount(world, account)
  }
  world.staleAccounts.length = 0
  world.blankMargins = blank
}
