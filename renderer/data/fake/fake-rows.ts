import type { Grouping, ViewFilter, ViewKind } from '../../../shared/api/views.ts'
import type { FakeAccount, FakePosition, FakeWorld } from './fake-world.ts'

/** A row of any view: column name → value. */
export type FakeRow = Readonly<Record<string, number | string>>

const toBase = (currency: string): number => (currency === 'JPY' ? 1 / 154 : currency === 'GBP' ? 1.27 : 1.02)

export const accountRow = (a: FakeAccount): FakeRow => {
  const equity = a.balance + a.credit + a.floating
  const level = a.margin > 0 ? (equity / a.margin) * 100 : Number.NaN
  const rate = toBase(a.currency)
  const day = equity - a.startEquity
  return {
    ...a,
    equity,
    dayPl: day,
    dayRealised: day * 0.6,
    dayUnrealised: day * 0.42,
    daySwap: day * -0.005,
    dayCommission: day * -0.015,
    dayAgent: Math.abs(day) * 0.01,
    freeMargin: equity - a.margin,
    marginLevel: level,
    levelType: level < 50 ? 2 : level < 100 ? 1 : 0,
    floatingBase: a.floating * rate,
    dayPlBase: day * rate,
    equityBase: equity * rate,
  }
}

const isABook = ({ account }: FakePosition): boolean => account.group.startsWith('pro')

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
    book: isABook(p) ? 'A' : 'B',
    comment: '',
  } as unknown as FakeRow
}

type Sums = Readonly<Record<'buy' | 'sell' | 'buyOpen' | 'sellOpen' | 'pl', number>>

const sumsOf = (positions: readonly FakePosition[]): Sums => {
  const sums = { buy: 0, sell: 0, buyOpen: 0, sellOpen: 0, pl: 0 }
  for (const p of positions) {
    const side = p.cmd === 0 ? 'buy' : 'sell'
    sums[side] += p.lots
    sums[`${side}Open`] += p.lots * p.openPrice
    sums.pl += p.profit * toBase(p.account.currency)
  }
  return sums
}

const passesOn = ({ group, country, currency }: ViewFilter, { account }: FakePosition): boolean =>
  (group === undefined || account.group === group) &&
  (country === undefined || account.country === country) &&
  (currency === undefined || account.currency === currency)

const exposureRow = (
  s: FakeWorld['symbols'][number],
  open: readonly FakePosition[],
  covered: boolean,
): FakeRow => {
  const clients = sumsOf(open)
  const a = sumsOf(open.filter(isABook))
  const net = clients.buy - clients.sell
  const coverage = covered ? Math.round(net * 0.4) : 0
  const covPl = coverage * 3.2
  return {
    symbol: s.symbol,
    digits: s.digits,
    orders: open.length,
    buyLots: clients.buy,
    sellLots: clients.sell,
    buyPrice: clients.buyOpen / clients.buy,
    sellPrice: clients.sellOpen / clients.sell,
    netLots: net,
    notionalBase: (net / 100) * s.contract * s.bid,
    aNetLots: a.buy - a.sell,
    bNetLots: net - a.buy + a.sell,
    covBuyLots: Math.max(0, coverage),
    covSellLots: Math.max(0, -coverage),
    covBuyPrice: coverage > 0 ? s.bid - s.step * 8 : Number.NaN,
    covSellPrice: coverage < 0 ? s.bid + s.step * 8 : Number.NaN,
    uncoveredLots: net - coverage,
    bid: s.bid,
    ask: s.ask,
    clientsPlBase: clients.pl,
    aPlBase: a.pl,
    bPlBase: clients.pl - a.pl,
    covPlBase: covPl,
    netBase: clients.pl - covPl,
  }
}

const exposureRows = (world: FakeWorld, filter: ViewFilter): FakeRow[] => {
  const covered = [filter.group, filter.country, filter.currency].every((part) => part === undefined)
  return world.symbols.flatMap((s) => {
    const open = world.positions.filter((p) => p.symbol === s && passesOn(filter, p))
    return open.length > 0 ? [exposureRow(s, open, covered)] : []
  })
}

const groupRows = (world: FakeWorld, by: Grouping): FakeRow[] => {
  const keys = new Map<string, FakeWorld['accounts'][number][]>()
  for (const account of world.accounts) {
    const key = by === 'group' || by === 'country' || by === 'currency' ? account[by] : ''
    keys.set(key, [...(keys.get(key) ?? []), account])
  }
  return [...keys].map(([key, accounts]) => {
    const sum = (column: string): number =>
      accounts.reduce((total, account) => total + Number(accountRow(account)[column]), 0)
    return {
      key,
      accounts: accounts.length,
      positions: sum('positions'),
      buyLots: sum('lots') * 0.55,
      sellLots: sum('lots') * 0.45,
      netLots: sum('lots') * 0.1,
      floatingBase: sum('floatingBase'),
      dayPlBase: sum('dayPlBase'),
      balanceBase: sum('equityBase') - sum('floatingBase'),
      equityBase: sum('equityBase'),
      marginBase: sum('equityBase') * 0.2,
      marginCalls: 0,
      stopOuts: 0,
    }
  })
}

const rowsOf = (kind: ViewKind, world: FakeWorld, filter: ViewFilter, by: Grouping): FakeRow[] => {
  if (kind === 'groups') return groupRows(world, by)
  if (kind === 'accounts') return world.accounts.map(accountRow)
  if (kind === 'positions') return world.positions.map(positionRow)
  if (kind === 'exposure') return exposureRows(world, filter)
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

const passes = (kind: ViewKind, filter: ViewFilter, row: FakeRow): boolean => {
  const text = filter.text?.toLowerCase()
  if (filter.login !== undefined && row['login'] !== filter.login) return false
  if (filter.symbol !== undefined && row['symbol'] !== filter.symbol) return false
  // Exposure and currencies have no such columns: their rows are made of what passes.
  for (const part of ['group', 'country', 'currency'] as const)
    if (kind === 'accounts' && filter[part] !== undefined && row[part] !== filter[part]) return false
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
  groupBy: Grouping = 'group',
): { readonly rows: FakeRow[]; readonly all: number } => {
  const everything = rowsOf(kind, world, filter, groupBy)
  const rows = everything.filter((row) => passes(kind, filter, row))
  rows.sort((a, b) => order(a, b, sort.column) * (sort.descending ? -1 : 1))
  return { rows, all: everything.length }
}

/** Sums of the money columns in base currency. */
export const fakeTotals = (rows: readonly FakeRow[]): Record<string, number> => {
  const totals: Record<string, number> = {}
  for (const row of rows)
    for (const [name, value] of Object.entries(row))
      if (typeof value === 'number' && /Base$|^(buy|sell)?lots$|^positions$|^orders$/i.test(name))
        totals[name] = (totals[name] ?? 0) + value
  return totals
}
