import { ChangeKind, type RecordStream, recordTables } from '../../../shared/bridge/streams.ts'
import type { quotesTable, ticksTable } from '../../../shared/bridge/tables.ts'
import { isMoneyCmd } from '../../../shared/mt4/enums.ts'
import { packedKeys } from '../../../shared/table/kept-cells.ts'
import type { Waiting } from '../../../shared/table/late-rows.ts'
import type { ColumnsOf } from '../../../shared/wire/schema.ts'
import { columnsHash } from '../../../shared/wire/state-hash.ts'
import { linkNewUser, linkTrade, relinkUser, unlinkTrade } from '../world/links.ts'
import { putQuote, putTick } from '../world/quote-board.ts'
import type { World } from '../world/world.ts'
import type { Rows } from './check-rows.ts'

/** Money operations move the server's clock on, also while quotes rest. */
const noteBookings = (world: World, { rows, columns }: Rows): void => {
  const { cmd, openTime, changeKind } = columns as unknown as Record<string, ArrayLike<number>>
  for (let i = 0; i < rows; i++)
    if (isMoneyCmd(cmd?.[i] ?? 0) && changeKind?.[i] !== ChangeKind.DELETED)
      world.newestBooking = Math.max(world.newestBooking, (openTime?.[i] ?? 0) * 1000)
}

/**
 * Rows of a snapshot into a world that is not linked yet. Frames are checksummed: their hashes can wait until there is
 * time. So can finding accounts and trades by number; a bridge sends none twice, and if one did the hashes would tell. And so
 * can all else of a trade, which is linked from its frame. True: the rows wait, and their frame with them.
 */
export const putSnapshotRows = (world: World, stream: RecordStream, rows: Waiting): boolean => {
  if (stream === 'trades') {
    noteBookings(world, rows)
    if (world.trades.putLater(rows)) return true
  }
  world[stream].putAll(rows, stream === 'users' ? 'keys and hashes' : 'hashes')
  return false
}

/** Columns of a symbol or group that figures rest on; a change of any of them links everything anew. */
const factColumns = {
  symbols: [
    'index',
    'currency',
    'profitMode',
    'contractSize',
    'tickValue',
    'tickSize',
    'marginMode',
    'marginInitial',
    'marginMaintenance',
    'marginHedged',
    'marginDivider',
  ],
  groups: [
    'currency',
    'hedgeLargeLeg',
    'secMargins',
    'marginType',
    'marginCall',
    'marginStopout',
    'stopoutSkipHedged',
  ],
} as const

const factsOf = (world: World, stream: 'symbols' | 'groups', slot: number): string => {
  const columns = world[stream].columns as Record<string, ArrayLike<number | string>>
  return factColumns[stream].map((name) => columns[name]?.[slot]).join('|')
}

type Change = { rows: Rows; i: number; slot: number; hash: number }

const changeListed = (world: World, stream: 'symbols' | 'groups', c: Change): void => {
  const before = c.slot >= 0 ? factsOf(world, stream, c.slot) : ''
  const slot = world[stream].put(c.rows, c.i, c.hash)
  if (before !== factsOf(world, stream, slot)) world.unlinked = true
}

const changeUser = (world: World, c: Change): void => {
  const u = world.users.columns
  const found = (slot: number): string => `${u.name.at(slot)}|${u.group[slot]}|${u.country[slot]}`
  const before = c.slot < 0 ? '' : found(c.slot)
  const slot = world.users.put(c.rows, c.i, c.hash)
  world.texts.delete(slot)
  if (before !== found(slot)) world.textChanges++
  if (c.slot < 0) linkNewUser(world, slot)
  else relinkUser(world, slot)
}

const changeTrade = (world: World, c: Change): void => {
  if (c.slot >= 0) unlinkTrade(world, c.slot)
  linkTrade(world, world.trades.put(c.rows, c.i, c.hash))
}

const removeRow = (world: World, stream: RecordStream, slot: number): void => {
  if (stream === 'trades') unlinkTrade(world, slot)
  else world.unlinked = true
  if (stream === 'symbols') {
    const code = world.symbols.columns.code[slot] as number
    if (code > 0) world.pool.release(code)
  }
  if (stream === 'users') {
    world.texts.delete(slot)
    world.textChanges++
  }
  world[stream].remove(slot)
}

/** Numbered changes, in order. A row that says what is known already does nothing. */
export const applyChanges = (world: World, stream: RecordStream, key: string, rows: Rows): void => {
  const store = world[stream]
  const columns = rows.columns as unknown as Record<string, ArrayLike<number | string>>
  const kinds = columns['changeKind'] as ArrayLike<number>
  const keys = packedKeys(recordTables[stream].columns[key as never], rows, key)
  const hashes = columnsHash(recordTables[stream], rows)
  if (stream === 'trades') noteBookings(world, rows)
  for (let i = 0; i < rows.rows; i++) {
    const slot = store.slotOf(keys[i] as number | string)
    if (kinds[i] === ChangeKind.DELETED) {
      if (slot >= 0) removeRow(world, stream, slot)
      continue
    }
    const hash = hashes[i] as number
    if (slot >= 0 && store.same(slot, hash)) continue
    const change = { rows, i, slot, hash }
    if (stream === 'trades') changeTrade(world, change)
    else if (stream === 'users') changeUser(world, change)
    else changeListed(world, stream, change)
  }
}

export const applyTicks = (world: World, { rows, columns }: ColumnsOf<typeof ticksTable>): void => {
  const { symbol, bid, ask, time } = columns
  for (let i = 0; i < rows; i++)
    putTick(world.quotes, symbol[i] as number, bid[i] as number, ask[i] as number, time[i] as number)
}

export const applyQuotes = (world: World, { rows, columns }: ColumnsOf<typeof quotesTable>): void => {
  const { symbol, bid, ask, high, low, time } = columns
  for (let i = 0; i < rows; i++)
    putQuote(
      world.quotes,
      symbol[i] as number,
      bid[i] as number,
      ask[i] as number,
      high[i] as number,
      low[i] as number,
      time[i] as number,
    )
}
