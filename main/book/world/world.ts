import { groupsTable, symbolsTable, tradesTable, usersTable } from '../../../shared/bridge/tables.ts'
import { indexPairs } from '../formulas/conversion.ts'
import { createNumberKeys, createTableStore, createTextKeys } from '../store/table-store.ts'
import { createTextPool } from '../store/text-pool.ts'
import { createAccountTexts } from './account-texts.ts'
import { createCells } from './cells.ts'
import { createQuoteBoard, quoteBytes } from './quote-board.ts'

/** What a trade record is to the book. */
export const TradeKind = { NONE: 0, MARKET: 1, PENDING: 2, MONEY: 3 } as const

/**
 * One whole copy of the server's tables with what was worked out from them. The book keeps one on screen and, while a
 * snapshot comes in, builds a second. Rows point at rows by slot, −1 = not there; `links.ts` keeps these pointers.
 */
export type World = ReturnType<typeof createWorld>

export const createWorld = () => {
  const pool = createTextPool()
  return {
    pool,
    symbols: createTableStore(symbolsTable, 'symbol', createTextKeys(), pool, {
      /** Code of the name in the pool, held as long as the symbol is there. */
      code: 'i32',
    }),
    groups: createTableStore(groupsTable, 'group', createTextKeys(), pool, { currencyId: 'i32' }),
    users: createTableStore(usersTable, 'login', createNumberKeys(), pool, {
      groupSlot: 'i32',
      currencyId: 'i32',
      coverage: 'u8',
      /** First of the account's open positions. */
      head: 'i32',
      positions: 'i32',
      /** 1/100. */
      lots: 'i32',
      /** Smallest units of the account's currency: money moved today; open result of the running pass. */
      moneyUnits: 'f64',
      floatUnits: 'f64',
      floating: 'f64',
      equity: 'f64',
      margin: 'f64',
      freeMargin: 'f64',
      marginLevel: 'f64',
      dayPl: 'f64',
      levelType: 'u8',
      marginStale: 'u8',
    }),
    trades: createTableStore(tradesTable, 'order', createNumberKeys(), pool, {
      kind: 'u8',
      account: 'i32',
      /** −1: no open position. */
      cell: 'i32',
      next: 'i32',
      prev: 'i32',
      lots: 'f64',
      /** Units of the account's currency: storage + commission + taxes of a position; the amount of money counted today. */
      extraUnits: 'f64',
      /** Price result in the same units, NaN = not computable. */
      openUnits: 'f64',
    }),
    quotes: createQuoteBoard(),
    /** Distinct deposit currencies; a currency id is a place here. */
    currencies: [] as string[],
    /** Rate of each currency id to base currency, NaN = no path. */
    ratesToBase: new Float64Array(16),
    pairs: indexPairs([]),
    cells: createCells(),
    /** Slot of the symbol whose name has a text code. */
    symbolByCode: new Int32Array(0),
    /** Per group slot: divider by symbol slot where the group overrides it. */
    dividers: [] as (Map<number, number> | undefined)[],
    /** The pointers are out of date and must be made anew before the next valuation. */
    unlinked: true,
    /** Logins of trades whose account is not there. */
    orphans: new Set<number>(),
    staleAccounts: [] as number[],
    /** Texts that accounts are found by, see `account-texts.ts`. */
    texts: createAccountTexts(),
    /** Counts changes of account names, groups and countries. */
    textChanges: 0,
    positions: 0,
    pendings: 0,
    /** Server-local seconds of the day `moneyUnits` is counted for. */
    dayStart: 0,
    /** Server-local ms of the newest money operation. */
    newestBooking: 0,
    /** Positions and account margins that could not be computed in the last pass. */
    blankPositions: 0,
    blankMargins: 0,
  }
}

export const currencyId = (world: World, currency: string): number => {
  const known = world.currencies.indexOf(currency)
  if (known >= 0) return known
  world.currencies.push(currency)
  if (world.currencies.length > world.ratesToBase.length) {
    const more = new Float64Array(world.ratesToBase.length * 2)
    more.set(world.ratesToBase)
    world.ratesToBase = more
  }
  world.ratesToBase[world.currencies.length - 1] = Number.NaN
  return world.currencies.length - 1
}

/** Deposit currency of an account; empty when its group is not known. */
export const accountCurrency = (world: World, account: number): string =>
  account < 0 ? '' : (world.currencies[world.users.columns.currencyId[account] as number] ?? '')

/** Slot of the symbol of a trade, −1 when the symbol list does not have it. */
export const symbolOfTrade = (world: World, trade: number): number =>
  world.symbolByCode[world.trades.columns.symbol[trade] as number] ?? -1

export const worldBytes = (world: World): number =>
  world.symbols.bytes() +
  world.groups.bytes() +
  world.users.bytes() +
  world.trades.bytes() +
  world.pool.bytes() +
  quoteBytes(world.quotes)
