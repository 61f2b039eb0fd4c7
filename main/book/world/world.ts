import { groupsTable, symbolsTable, usersTable } from '../../../shared/bridge/tables.ts'
import { createNumberKeys, createTextKeys } from '../../../shared/table/keys.ts'
import { createTableStore } from '../../../shared/table/table-store.ts'
import { createTextCells } from '../../../shared/table/text-cells.ts'
import { createTextPool } from '../../../shared/table/text-pool.ts'
import { indexPairs } from '../formulas/conversion.ts'
import { decisions, type LiveDecisions } from '../formulas/decisions.ts'
import { createLedger } from '../ledger/ledger.ts'
import { createAccountTexts } from './account-texts.ts'
import { createCells } from './cells.ts'
import { createQuoteBoard, quoteBytes } from './quote-board.ts'
import { createTradeTable } from './trade-table.ts'

/** What a trade record is to the book; CLOSED: a position that was closed. */
export const TradeKind = { NONE: 0, MARKET: 1, PENDING: 2, MONEY: 3, CLOSED: 4 } as const

/**
 * One whole copy of the server's tables with what was worked out from them. The book keeps one on screen and, while a
 * snapshot comes in, builds a second. Rows point at rows by slot, −1 = not there; `links.ts` keeps these pointers.
 */
export type World = ReturnType<typeof createWorld>

export const createWorld = () => {
  const pool = createTextPool()
  const trades = createTradeTable(pool)
  return {
    pool,
    symbols: createTableStore(symbolsTable, 'symbol', createTextKeys(), pool, {
      /** Code of the name in the pool, held as long as the symbol is there. */
      code: 'i32',
    }),
    groups: createTableStore(groupsTable, 'group', createTextKeys(), pool, { currencyId: 'i32' }),
    users: createTableStore(
      usersTable,
      'login',
      createNumberKeys(),
      pool,
      {
        groupSlot: 'i32',
        currencyId: 'i32',
        /** Desk of the account's group, see `cells.ts`. */
        desk: 'u8',
        /** 1/100. */
        lots: 'i32',
        /** Smallest units of the account's currency, since the server's day began: money moved, and of trades closed: price result, swap, commission with taxes, commission of the agent. */
        moneyUnits: 'f64',
        realisedUnits: 'f64',
        swapUnits: 'f64',
        commissionUnits: 'f64',
        agentUnits: 'f64',
        margin: 'f64',
        marginStale: 'u8',
      },
      createTextCells,
    ),
    trades,
    /** The open positions as they are valued. */
    ledger: createLedger((trade, place) => {
      trades.own.place[trade] = place
    }),
    quotes: createQuoteBoard(),
    /** Distinct deposit currencies; a currency id is a place here. */
    currencies: [] as string[],
    /** Rate of each currency id to base currency, NaN = no path. */
    ratesToBase: new Float64Array(16),
    /** Totals over more rows than this are added up by currency and converted once; nobody adds so many by hand. */
    rowsAddedUp: 20_000,
    /** Whether a group's trades are passed on to a liquidity provider; a setting of the desk. */
    isABook: (_group: string): boolean => false,
    /** Who looks after a group, '' for nobody; a setting of the desk. */
    managerOf: (_group: string): string => '',
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
    /** Counts changes of what accounts own: funds, margin, money of the day. */
    fundsVersion: 0,
    /** Positions whose account is not there, and their volume. */
    nobodys: { positions: 0, volume: 0 },
    positions: 0,
    pendings: 0,
    /** Settings of the desk. */
    decisions: decisions as LiveDecisions,
    /** Server-local seconds of the day that sums of the day are counted for. */
    dayStart: 0,
    /** Server-local ms of the newest money operation. */
    newestBooking: 0,
    /** Account margins that could not be computed when last worked out. */
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
  world.symbolByCode[world.trades.at(trade).symbol[trade] as number] ?? -1

export const worldBytes = (world: World): number =>
  world.symbols.bytes() +
  world.groups.bytes() +
  world.users.bytes() +
  world.trades.bytes() +
  world.ledger.bytes() +
  world.pool.bytes() +
  quoteBytes(world.quotes)
