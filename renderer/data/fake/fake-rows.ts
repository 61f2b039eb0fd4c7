import type { ViewFilter, ViewKind } from '../../../shared/api/views.ts'
import type { FakeAccount, FakePosition, FakeWorld } from './fake-world.ts'

/** A row of any view: column name → value. */
export type FakeRow = Readonly<Record<string, number | string>>

const toBase = (currency: string): number => (currency === 'JPY' ? 1 / 154 : currency === 'GBP' ? 1.27 : 1.02)

export const accountRow = (a: FakeAccount): FakeRow => {
  const equity = a.balance + a.credit + a.floating
  const level = a.margin > 0 ? (equity / a.margin) * 100 : Number.NaN
  const rate = toBase(a.currency)
  return {
    ...a,
    equity,
    dayPl: equity - a.startEquity,
    freeMargin: equity - a.margin,
    marginLevel: level,
    levelType: level < 50 ? 2 : level < 100 ? 1 : 0,
    floatingBase: a.floating * rate,
    dayPlBase: (equity - a.startEquity) * rate,
    equityBase: equity * rate,
  }
}

const positionRow = (p: FakePosition): FakeRow => {
  const total = p.profit + p.storage + p.commission
  return {
    ...p,
    symbol: p.symbol.symbol,
    login: p.account.login,
    name: p.account.name,
    digits: p.symbol.digits,
    sl: 0,
    tp: 0,
    taxes: 0,
    total,
    currency: p.account.currency,
    totalBase: total * toBase(p.account.currency),
    comment: '',
  } as unknown as FakeRow
}

const exposureRows = (world: FakeWorld): FakeRow[] =>
  world.symbols.map((s) => {
    const all = world.positions.filter((p) => p.symbol === s)
    const lots = (cmd: number): number => all.reduce((sum, p) => sum + (p.cmd === cmd ? p.lots : 0), 0)
    const price = (cmd: number): number =>
      lots(cmd)
        ? all.reduce((sum, p) => sum + (p.cmd === cmd ? p.lots * p.openPrice : 0), 0) / lots(cmd)
        : Number.NaN
    const [buyLots, sellLots] = [lots(0), lots(1)]
    const coverage = Math.round((buyLots - sellLots) * 0.4)
    return {
      symbol: s.symbol,
      digits: s.digits,
      orders: all.length,
      buyLots,
      sellLots,
      buyPrice: price(0),
      sellPrice: price(1),
      netLots: buyLots - sellLots,
      covBuyLots: Math.max(0, coverage),
      covSellLots: Math.max(0, -coverage),
      uncoveredLots: buyLots - sellLots - coverage,
      bid: s.bid,
      ask: s.ask,
      clientsPlBase: all.reduce((sum, p) => sum + p.profit * toBase(p.account.currency), 0),
      covPlBase: coverage * 3.2,
      netBase: ((buyLots - sellLots) / 100) * s.contract * s.bid,
    }
  })

const rowsOf = (kind: ViewKind, world: FakeWorld): FakeRow[] => {
  if (kind === 'accounts') return world.accounts.map(accountRow)
  if (kind === 'positions') return world.positions.map(positionRow)
  if (kind === 'exposure') return exposureRows(world)
  if (kind === 'quotes')
    return world.symbols.map((s) => ({ ...s, spread: Math.round(s.spread * 10 ** s.digits) }))
  if (kind === 'currencies')
    return ['EUR', 'GBP', 'JPY', 'USD', 'XAU'].map((currency, i) => ({
      currency,
      clients: (i - 2) * 1_250_000,
      coverage: (2 - i) * 400_000,
      net: (i - 2) * 850_000,
      netBase: (i - 2) * 850_000 * toBase(currency),
    }))
  return []
}

const passes = (filter: ViewFilter, row: FakeRow): boolean => {
  const text = filter.text?.toLowerCase()
  if (filter.login !== undefined && row['login'] !== filter.login) return false
  if (filter.symbol !== undefined && row['symbol'] !== filter.symbol) return false
  if (filter.group !== undefined && row['group'] !== filter.group) return false
  if (filter.withPositions && !row['positions']) return false
  if (filter.minLevelType !== undefined && Number(row['levelType']) < filter.minLevelType) return false
  if (!text) return true
  return ['name', 'login', 'symbol', 'group', 'country'].some((column) =>
    String(row[column] ?? '')
      .toLowerCase()
      .includes(text),
  )
}

const order = (a: FakeRow, b: FakeRow, column: string): number => {
  const [x, y] = [a[column] ?? 0, b[column] ?? 0]
  if (typeof x === 'string' || typeof y === 'string') return String(x).localeCompare(String(y))
  return (Number.isNaN(x) ? -Infinity : x) - (Number.isNaN(y) ? -Infinity : y)
}

/** All rows of a view that pass, in order, and how many there are. */
export const fakeRows = (
  kind: ViewKind,
  world: FakeWorld,
  filter: ViewFilter,
  sort: { readonly column: string; readonly descending: boolean },
): { readonly rows: FakeRow[]; readonly all: number } => {
  const everything = rowsOf(kind, world)
  const rows = everything.filter((row) => passes(filter, row))
  rows.sort((a, b) => order(a, b, sort.column) * (sort.descending ? -1 : 1))
  return { rows, all: everything.length }
}

/** Sums of the money columns in base currency. */
export const fakeTotals = (rows: readonly FakeRow[]): Record<string, number> => {
  const totals: Record<string, number> = {}
  for (const row of rows)
    for (const [name, value] of Object.entries(row))
      if (typeof value === 'number' && /Base$|^lots$|^positions$|^orders$/.test(name))
        totals[name] = (totals[name] ?? 0) + value
  return totals
}
