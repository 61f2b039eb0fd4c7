import { type ColumnMap, type TableSchema, table } from '../wire/schema.ts'
import { groupsTable, symbolsTable, tradesTable, usersTable } from './tables.ts'

/** Numbers of the streams in frame headers. Each record stream and the ticks count on their own, from 1. */
export const StreamId = { symbols: 1, groups: 2, users: 3, trades: 4, ticks: 5 } as const
export type StreamName = keyof typeof StreamId
/** Streams of keyed records, in the order in which a snapshot sends them. */
export const recordStreams = ['symbols', 'groups', 'users', 'trades'] as const
export type RecordStream = (typeof recordStreams)[number]

export const recordTables = {
  symbols: symbolsTable,
  groups: groupsTable,
  users: usersTable,
  trades: tradesTable,
} as const

/** The key column of each record table. */
export const recordKeys = { symbols: 'symbol', groups: 'group', users: 'login', trades: 'order' } as const

/**
 * What a change did. All but DELETED carry the whole record; a DELETED row carries its key, the rest blank.
 * For trades: ADDED = opened, placed or booked; ACTIVATED = a pending became a position; CLOSED = closed or a
 * pending removed (the record stays, with its close time, until the day ends); DELETED = erased or the day ended.
 * For users: MOVED = the account changed its group.
 */
export const ChangeKind = { ADDED: 0, UPDATED: 1, ACTIVATED: 2, CLOSED: 3, DELETED: 4, MOVED: 5 } as const
export type ChangeKind = (typeof ChangeKind)[keyof typeof ChangeKind]

const withKind = <C extends ColumnMap>(t: TableSchema<C>) =>
  table(t.name, { changeKind: 'u8' as const, ...t.columns })

/** Tables of CHANGES frames: the record table behind a `changeKind` column. */
export const changeTables = {
  symbols: withKind(symbolsTable),
  groups: withKind(groupsTable),
  users: withKind(usersTable),
  trades: withKind(tradesTable),
} as const

export const streamName = (id: number): StreamName | undefined => {
  for (const [name, value] of Object.entries(StreamId)) if (value === id) return name as StreamName
  return undefined
}
