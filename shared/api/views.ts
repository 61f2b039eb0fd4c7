import { z } from 'zod'
import { type ColumnsOf, table } from '../wire/schema.ts'

/**
 * Views: what a window sees of the book. A window opens a view with a spec and gets binary frames (FrameType.VIEW): the
 * asked-for slice, then what changes in it, see `shared/wire/view-frames.ts`. Money columns are in the account's currency; columns ending in `Base` are in
 * the desk's base currency. NaN is a blank figure (not computable or not defined).
 */

/** Desk of an account or position: who stands behind it. */
export const books = ['B', 'A', 'coverage'] as const
export type Book = (typeof books)[number]

/**
 * One row an account. `lots` in 1/100; `marginLevel` % or money by the group's `marginType`. `dayPl` = `dayRealised` (price
 * results of trades closed since the server's day began) + `daySwap` + `dayCommission` (with taxes) of these +
 * `dayUnrealised` (change of the open result since then); `dayAgent` went to the agent and is no part of it.
 */
export const accountsView = table('accounts', {
  login: 'i32',
  name: 'str',
  group: 'dict',
  country: 'dict',
  currency: 'dict',
  leverage: 'i32',
  balance: 'f64',
  credit: 'f64',
  floating: 'f64',
  equity: 'f64',
  dayPl: 'f64',
  dayRealised: 'f64',
  dayUnrealised: 'f64',
  daySwap: 'f64',
  dayCommission: 'f64',
  dayAgent: 'f64',
  margin: 'f64',
  freeMargin: 'f64',
  marginLevel: 'f64',
  levelType: 'u8',
  lots: 'i32',
  positions: 'i32',
  floatingBase: 'f64',
  dayPlBase: 'f64',
  equityBase: 'f64',
})

/** One row an open position (cmd 0, 1). `price` is the live close-side price; `total` = profit + storage + commission + taxes. */
export const positionsView = table('positions', {
  order: 'i32',
  login: 'i32',
  name: 'str',
  symbol: 'dict',
  digits: 'u8',
  cmd: 'u8',
  lots: 'i32',
  openTime: 'i32',
  openPrice: 'f64',
  sl: 'f64',
  tp: 'f64',
  price: 'f64',
  profit: 'f64',
  storage: 'f64',
  commission: 'f64',
  taxes: 'f64',
  total: 'f64',
  currency: 'dict',
  totalBase: 'f64',
  book: 'dict',
  comment: 'dict',
})

/** Pending orders (cmd 2…5) by distance to the market. `distance` in points; negative = price already beyond. */
export const pendingsView = table('pendings', {
  order: 'i32',
  login: 'i32',
  name: 'str',
  symbol: 'dict',
  digits: 'u8',
  cmd: 'u8',
  lots: 'i32',
  openTime: 'i32',
  openPrice: 'f64',
  price: 'f64',
  distance: 'f64',
  expiration: 'i32',
})

/**
 * SymbolSummary: clients against coverage, lots in 1/100, prices volume-weighted, profit in base currency. Clients are B- and
 * A-book together; `notionalBase` is what the clients' net lots are worth at the market, long positive. Symbols that
 * mean the same (suffixes, synonyms) are one row where the desk is set so.
 */
export const exposureView = table('exposure', {
  symbol: 'str',
  digits: 'u8',
  orders: 'i32',
  buyLots: 'f64',
  sellLots: 'f64',
  buyPrice: 'f64',
  sellPrice: 'f64',
  netLots: 'f64',
  notionalBase: 'f64',
  bNetLots: 'f64',
  aNetLots: 'f64',
  covBuyLots: 'f64',
  covSellLots: 'f64',
  covBuyPrice: 'f64',
  covSellPrice: 'f64',
  uncoveredLots: 'f64',
  bid: 'f64',
  ask: 'f64',
  clientsPlBase: 'f64',
  bPlBase: 'f64',
  aPlBase: 'f64',
  covPlBase: 'f64',
  netBase: 'f64',
})

/** ExposureValue: net amounts by currency, clients and coverage, in that currency; `netBase` in base currency. */
export const currenciesView = table('currencies', {
  currency: 'str',
  clients: 'f64',
  coverage: 'f64',
  net: 'f64',
  netBase: 'f64',
})

/**
 * Accounts or positions added up, one row a group of them (`groupBy`); `key` is what they have in common, '' where they have
 * nothing. By group, country, currency and manager a row is what the accounts view shows of these accounts in sum. By
 * symbol and book it is what the positions view shows of these positions; what belongs to whole accounts is blank then,
 * and `marginCalls` and `stopOuts` count the accounts that hold such a position. Lots in 1/100.
 */
export const groupsView = table('groups', {
  key: 'str',
  accounts: 'i32',
  positions: 'i32',
  buyLots: 'f64',
  sellLots: 'f64',
  netLots: 'f64',
  floatingBase: 'f64',
  dayPlBase: 'f64',
  balanceBase: 'f64',
  equityBase: 'f64',
  marginBase: 'f64',
  marginCalls: 'i32',
  stopOuts: 'i32',
})

/** What the rows of a groups view have in common. */
export const groupings = ['group', 'country', 'currency', 'manager', 'symbol', 'book'] as const
export type Grouping = (typeof groupings)[number]

/** Market watch. `time` is server-local ms; `spread` in points; `direction` 0 up, 1 down, 2 none. */
export const quotesView = table('quotes', {
  symbol: 'str',
  description: 'str',
  digits: 'u8',
  bid: 'f64',
  ask: 'f64',
  spread: 'f64',
  high: 'f64',
  low: 'f64',
  direction: 'u8',
  time: 'f64',
})

export const viewTables = {
  accounts: accountsView,
  positions: positionsView,
  pendings: pendingsView,
  exposure: exposureView,
  currencies: currenciesView,
  quotes: quotesView,
  groups: groupsView,
} as const
export type ViewKind = keyof typeof viewTables
export type ViewData<K extends ViewKind> = ColumnsOf<(typeof viewTables)[K]>

/** Filter of a view; every given part must hold. `text` is matched without case on name, login, symbol, group, country. */
const viewFilterSchema = z.strictObject({
  text: z.string().max(100).optional(),
  login: z.int().min(1).optional(),
  symbol: z.string().max(11).optional(),
  group: z.string().max(15).optional(),
  country: z.string().max(31).optional(),
  currency: z.string().max(11).optional(),
  book: z.enum(books).optional(),
  /** Name of a manager whose groups are meant, see the desk's settings; '' = those that are nobody's. */
  manager: z.string().max(64).optional(),
  /** accounts: only those with at least one open position. */
  withPositions: z.boolean().optional(),
  /** accounts: LevelType at least this (1 = margin call or worse). */
  minLevelType: z.int().min(0).max(2).optional(),
})
export type ViewFilter = z.infer<typeof viewFilterSchema>

export const viewSpecSchema = z.strictObject({
  kind: z.enum(['accounts', 'positions', 'pendings', 'exposure', 'currencies', 'quotes', 'groups']),
  filter: viewFilterSchema,
  /** Column of the view's table and direction; ties are settled by key, so that the order is total and calm. */
  sort: z.strictObject({ column: z.string().max(32), descending: z.boolean() }),
  from: z.int().min(0),
  count: z.int().min(0).max(1000),
  /** Most frames a second; the window's acknowledgements may slow it further. */
  pace: z.number().min(0.2).max(30),
  /** Of the kind `groups`: what rows have in common; `group` where it is left out. */
  groupBy: z.enum(groupings).optional(),
  /** Columns that are wanted; those of the table that are not named are not sent. All where it is left out. */
  columns: z.array(z.string().max(32)).max(100).optional(),
  /** While true rows keep their places (the user points at one); figures go on. */
  hold: z.boolean(),
})
export type ViewSpec = z.infer<typeof viewSpecSchema>

/** JSON head of a view frame. Totals are sums over all rows that pass the filter, in base currency where money. */
export const viewMetaSchema = z.object({
  kind: viewSpecSchema.shape.kind,
  /** Rows that pass the filter, and rows there are. */
  matched: z.int().min(0),
  all: z.int().min(0),
  /** Place of the first row of this slice among the matched. */
  from: z.int().min(0),
  totals: z.record(z.string(), z.number()),
  /** Server-local ms of the newest data in the book; 0 before the first. */
  serverTime: z.number(),
  /** UTC ms at which the book was last valued. */
  valuedAt: z.number(),
  /** The book's data are complete and the link is live. */
  live: z.boolean(),
  base: z.string(),
})
export type ViewMeta = z.infer<typeof viewMetaSchema>
