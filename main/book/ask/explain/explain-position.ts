import type { PositionExplanation } from '../../../../shared/api/explain.ts'
import { currencyDigits, roundTo } from '../../../../shared/money/rounding.ts'
import { Cmd, MarginMode, ProfitMode } from '../../../../shared/mt4/enums.ts'
import { profitCurrency, profitPlan } from '../../formulas/conversion.ts'
import { decisions } from '../../formulas/decisions.ts'
import { baseMargin } from '../../formulas/margin.ts'
import { unitValue } from '../../formulas/profit.ts'
import { marginDivider, marginTerms } from '../../value/margin-terms.ts'
import { newestServerTime } from '../../world/links.ts'
import { accountCurrency, symbolOfTrade, TradeKind, type World } from '../../world/world.ts'
import { decided, positionFormulas } from './formula-words.ts'
import { explainRate, explainToBase, missingRate, orNull, readQuote } from './read-rates.ts'
import { recomputePosition } from './recompute.ts'

const NO_TERMS = {
  marginMode: -1,
  contractSize: 0,
  tickSize: 0,
  tickValue: 0,
  marginInitial: 0,
  marginMaintenance: 0,
  marginHedged: 0,
}

/** What a symbol says about its results; of an unknown one, nothing. */
const factsOf = (world: World, symbol: number, name: string) => {
  if (symbol < 0) return { symbol: name, index: -1, profitMode: -1, currency: '', digits: 0, terms: NO_TERMS }
  const c = world.symbols.columns
  return {
    symbol: name,
    index: c.index[symbol] as number,
    profitMode: c.profitMode[symbol] as number,
    currency: world.pool.text(c.currency[symbol] as number),
    digits: c.digits[symbol] as number,
    terms: marginTerms(world, symbol),
  }
}

const blanksOf = (e: Omit<PositionExplanation, 'blanks' | 'figures'>): string[] => {
  if (!e.accountKnown) return [`account ${e.login} is not in the server’s list`]
  if (!e.symbolKnown) return [`symbol ${e.symbol} is not in the server’s list`]
  const reasons: (string | null)[] = [
    e.closePrice === null ? `${e.symbol} has no quote` : null,
    missingRate(e.conversion),
    e.conversion.rate !== null && e.unitValue === null
      ? `${e.symbol} is a future without tick size or tick value`
      : null,
    e.marginExact === null ? `the margin of ${e.symbol} is not computable from its settings` : null,
    e.currency === '' ? null : missingRate(e.toBase),
  ]
  return [...new Set(reasons.filter((reason) => reason !== null))]
}

/**
 * How the figures of an open position come about on the quotes of the moment; null when there is no such position.
 *
 * @param valuedAt UTC ms of the valuation
 */
export const explainPosition = (
  world: World,
  base: string,
  valuedAt: number,
  order: number,
): PositionExplanation | null => {
  const trade = world.trades.slotOf(order)
  const t = world.trades.at(trade)
  if (trade < 0 || t.kind[trade] !== TradeKind.MARKET) return null
  const symbol = symbolOfTrade(world, trade)
  const account = t.account[trade] as number
  const facts = factsOf(world, symbol, world.pool.text(t.symbol[trade] as number))
  const { profitMode, terms } = facts
  const currency = accountCurrency(world, account)
  const moneyDigits = currencyDigits(currency)
  const sell = t.cmd[trade] === Cmd.SELL
  const plan = currency === '' || symbol < 0 ? null : profitPlan(facts, currency, world.pairs)
  const conversion = explainRate(world, symbol < 0 ? '' : profitCurrency(facts), currency, plan, sell)
  const quote = readQuote(world, facts.index)
  const lots = (t.volume[trade] as number) / 100
  const openPrice = t.openPrice[trade] as number
  const closePrice = sell ? quote.ask : quote.bid
  const unit = conversion.rate === null ? Number.NaN : unitValue({ ...terms, profitMode }, conversion.rate)
  const leg = (price: number | null) => {
    const exact = price === null ? Number.NaN : price * (unit * lots)
    const rounded = profitMode === ProfitMode.FOREX ? orNull(roundTo(exact, moneyDigits)) : null
    return { exact: orNull(exact), rounded }
  }
  const [storage, commission, taxes] = [t.storage[trade], t.commission[trade], t.taxes[trade]] as [
    number,
    number,
    number,
  ]
  const leverage = account < 0 ? 0 : (world.users.columns.leverage[account] as number)
  const divider = account < 0 || symbol < 0 ? 0 : marginDivider(world, account, symbol)
  const marginRate = t.marginRate[trade] as number
  const fixed = terms.marginInitial > 0 && terms.marginMode !== MarginMode.FUTURES
  const head = {
    kind: 'position' as const,
    serverTime: newestServerTime(world),
    valuedAt,
    base,
    baseDigits: currencyDigits(base),
    currency,
    moneyDigits,
    toBase: explainToBase(world, currency, base),
    formulas: positionFormulas(profitMode, sell, terms.marginMode, fixed),
    decisions: decided(decisions, 'profitConversion', 'reversedPairs'),
    order,
    login: t.login[trade] as number,
    symbol: facts.symbol,
    cmd: t.cmd[trade] as number,
    volume: t.volume[trade] as number,
    lots,
    digits: symbol < 0 ? (t.digits[trade] as number) : facts.digits,
    symbolKnown: symbol >= 0,
    accountKnown: account >= 0,
    openPrice,
    closePrice,
    closeSide: sell ? ('ask' as const) : ('bid' as const),
    closeTime: quote.time,
    profitMode,
    terms,
    conversion,
    unitValue: orNull(unit),
    openLeg: leg(openPrice),
    closeLeg: leg(closePrice),
    storage,
    commission,
    taxes,
    costs: orNull(roundTo(storage + commission + taxes, moneyDigits)),
    leverage,
    divider,
    marginRate,
    marginExact:
      symbol < 0 ? null : orNull(baseMargin(terms, lots, openPrice, leverage, divider) * marginRate),
  }
  return { ...head, blanks: blanksOf(head), figures: recomputePosition(head) }
}
