import { ChangeKind, recordTables } from '../../shared/bridge/streams.ts'
import type { TradeRecord, UserRecord } from '../../shared/bridge/tables.ts'
import { addRow, emptyHash, rowObjectHash, type StateHash } from '../../shared/wire/state-hash.ts'
import type { Change, SourceState } from '../source.ts'
import { createWorld } from './create-world.ts'
import { type DemoOptions, stateOf, worldOptions } from './demo-source.ts'
import { QUANTUM_MS, step } from './step.ts'
import type { World } from './world.ts'

/** A Wednesday morning, server-local ms. */
export const WEDNESDAY = Date.UTC(2026, 2, 4, 10, 20, 30)

/** What a hub would hold: state loaded at the start, changes applied since. */
export type Mirror = {
  readonly users: Map<number, UserRecord>
  readonly trades: Map<number, TradeRecord>
  /** Every change since the start, in order. */
  readonly changes: Change[]
  readonly transactions: (readonly Change[])[]
  readonly ticks: { symbol: number; bid: number; ask: number; time: number }[]
  readonly start: SourceState
}

export type Watched = { readonly world: World; readonly mirror: Mirror; readonly run: (ms: number) => void }

const small: DemoOptions = { seed: 'test', clients: 200, accounts: 300, positions: 600 }

/** A world whose output is collected as a hub would collect it. */
export const watchedWorld = (options: DemoOptions = {}, now = WEDNESDAY): Watched => {
  const world = createWorld(worldOptions({ ...small, ...options }), now)
  const start = stateOf(world)
  const mirror: Mirror = {
    users: new Map(Array.from(start.users, (row) => [row.login, row])),
    trades: new Map(Array.from(start.trades, (row) => [row.order, row])),
    changes: [],
    transactions: [],
    ticks: [],
    start,
  }
  world.emit = (changes) => {
    mirror.transactions.push(changes)
    for (const change of changes) {
      mirror.changes.push(change)
      if (change.stream === 'users') mirror.users.set(change.row.login, change.row)
      if (change.stream === 'trades') {
        if (change.kind === ChangeKind.DELETED) mirror.trades.delete(change.row.order)
        else mirror.trades.set(change.row.order, change.row)
      }
    }
  }
  world.tick = (symbol, bid, ask, time) => {
    mirror.ticks.push({ symbol, bid, ask, time })
  }
  const run = (ms: number): void => step(world, world.now, world.now + ms)
  return { world, mirror, run }
}

const hashAll = <T extends 'users' | 'trades'>(
  table: T,
  rows: Iterable<T extends 'users' ? UserRecord : TradeRecord>,
): StateHash => {
  let hash = emptyHash
  for (const row of rows) hash = addRow(hash, rowObjectHash(recordTables[table], row as never))
  return hash
}

/** Hashes of users and trades, of the world itself or of what was told about it. */
export const hashesOf = (users: Iterable<UserRecord>, trades: Iterable<TradeRecord>) => ({
  users: hashAll('users', users),
  trades: hashAll('trades', trades),
})

export const worldHashes = (world: World) => {
  const { users, trades } = stateOf(world)
  return hashesOf(users, trades)
}

/** Steps until `done`, at most `limitMs` of the world's time. */
export const runUntil = (world: World, done: () => boolean, limitMs: number): void => {
  const end = world.now + limitMs
  while (!done() && world.now < end) step(world, world.now, world.now + QUANTUM_MS)
}
