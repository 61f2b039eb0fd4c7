import { ProfitMode } from '../../../shared/mt4/enums.ts'

/** The part of a symbol that says what it is another name of. */
export type NamedSymbol = {
  readonly symbol: string
  readonly index: number
  readonly profitMode: number
  readonly currency: string
  readonly contractSize: number
}

/** Names that brokers write for what another symbol means: `{ GOLD: 'XAUUSD' }`. */
export type Synonyms = Readonly<Record<string, string>>

const PAIR = /^[A-Z]{6}(?![A-Z0-9])/
/** A separator and a few letters, or a few small letters behind capitals or digits: "US30.x", "US30pro". */
const SUFFIX = /(?:[._][A-Za-z]{1,4}|(?<=[A-Z0-9])[a-z]{1,4})$/

/** The name a symbol goes by without its suffix; its own name when it has none. Months of futures are no suffixes. */
export const bareName = (s: Pick<NamedSymbol, 'symbol' | 'profitMode'>): string => {
  if (s.profitMode === ProfitMode.FOREX) {
    const pair = s.symbol.length > 6 ? PAIR.exec(s.symbol)?.[0] : undefined
    return pair ?? s.symbol
  }
  return s.symbol.replace(SUFFIX, '') || s.symbol
}

/**
 * For each symbol the one it is shown as: its synonym's, else the bearer of the bare name, else the lowest index among
 * those that share it. Only symbols whose results arise in the same way and currency are put together.
 *
 * @returns places in the given list
 */
export const mergeSymbols = (symbols: readonly NamedSymbol[], synonyms: Synonyms = {}): number[] => {
  const keyOf = (s: NamedSymbol, name: string): string =>
    `${name}|${s.profitMode}|${s.profitMode === ProfitMode.FOREX ? '' : s.currency}`
  const first = new Map<string, number>()
  const keys = symbols.map((s) => {
    const meant = synonyms[s.symbol] ?? bareName(s)
    return keyOf(s, synonyms[meant] ?? meant)
  })
  for (let i = 0; i < symbols.length; i++) {
    const s = symbols[i] as NamedSymbol
    const key = keys[i] as string
    const known = first.get(key)
    const isBare = keyOf(s, s.symbol) === key
    const before = known === undefined ? undefined : (symbols[known] as NamedSymbol)
    if (before === undefined || (keyOf(before, before.symbol) !== key && (isBare || s.index < before.index)))
      first.set(key, i)
  }
  return symbols.map((_, i) => first.get(keys[i] as string) as number)
}
