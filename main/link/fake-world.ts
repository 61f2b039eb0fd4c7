import type { Seqs } from '../../shared/bridge/protocol.ts'
import {
  type ChangeKind,
  changeTables,
  ChangeKind as Kind,
  type RecordStream,
  recordKeys,
  recordStreams,
  recordTables,
  StreamId,
} from '../../shared/bridge/streams.ts'
import { quotesTable, ticksTable } from '../../shared/bridge/tables.ts'
import { columnsFromRows } from '../../shared/wire/columns.ts'
import { jsonFrame, tableFrame } from '../../shared/wire/frames.ts'
import { FLAG_MORE, type FrameHeader, FrameType, openFrame, sealFrame } from '../../shared/wire/header.ts'
import type { TableSchema } from '../../shared/wire/schema.ts'
import { addRow, emptyHash, rowObjectHash, type StateHash } from '../../shared/wire/state-hash.ts'

type Row = Record<string, number | string>
export type FakeChange = { stream: RecordStream; kind: ChangeKind; row: Row }
type Journalled = FakeChange & { seq: number; more: boolean }

/** Makes a frame once its place in a follow is known. */
export type Draft = (n: number, scope: number) => Uint8Array<ArrayBuffer>

/** Encodes a frame once; afterwards only its place is written anew. */
const encodedOnce = (draft: Draft): Draft => {
  let kept: { bytes: Uint8Array<ArrayBuffer>; header: FrameHeader } | undefined
  return (n, scope) => {
    if (!kept) {
      const bytes = draft(n, scope)
      kept = { header: openFrame(bytes.slice()).header, bytes }
    }
    return sealFrame(kept.bytes.slice(), { ...kept.header, n, scope })
  }
}

/** A row whose cells are empty but for those given. */
export const blankRow = (stream: RecordStream, cells: Row): Row => {
  const schema: TableSchema = recordTables[stream]
  const row: Row = {}
  for (const [name, type] of Object.entries(schema.columns))
    row[name] = cells[name] ?? (type === 'str' || type === 'dict' ? '' : 0)
  return row
}

/** Test support: what a fake bridge tells of. Numbers, frames and hashes are right; nothing else is clever. */
export const createFakeWorld = (epoch: string, startAt = 0) => {
  const tables: Record<RecordStream, Map<number | string, Row>> = {
    symbols: new Map([['EURUSD', blankRow('symbols', { symbol: 'EURUSD', index: 1, digits: 5 })]]),
    groups: new Map([['demo', blankRow('groups', { group: 'demo', currency: 'USD' })]]),
    users: new Map([[1, blankRow('users', { login: 1, group: 'demo', name: 'Zoë', balance: 100.5 })]]),
    trades: new Map([[7, blankRow('trades', { order: 7, login: 1, symbol: 'EURUSD', volume: 100 })]]),
  }
  const seqs: Seqs = { symbols: startAt, groups: startAt, users: startAt, trades: startAt, ticks: startAt }
  const journal: (Journalled & { draft: Draft })[] = []
  let snapshot: Draft[] | undefined

  const json =
    (type: FrameType, body: unknown): Draft =>
    (n, scope) =>
      jsonFrame({ type, stream: 0, n, scope, first: 0, flags: 0 }, body)

  const changeDraft =
    ({ stream, kind, row, seq, more }: Journalled): Draft =>
    (n, scope) =>
      tableFrame(
        {
          type: FrameType.CHANGES,
          stream: StreamId[stream],
          n,
          scope,
          first: seq,
          flags: more ? FLAG_MORE : 0,
        },
        changeTables[stream] as TableSchema,
        columnsFromRows(changeTables[stream] as TableSchema, [{ ...row, changeKind: kind }]),
      )

  const hashes = (): Record<RecordStream, StateHash> => {
    const of = (stream: RecordStream): StateHash => {
      let hash = emptyHash
      for (const row of tables[stream].values())
        hash = addRow(hash, rowObjectHash(recordTables[stream], row as never))
      return hash
    }
    return { symbols: of('symbols'), groups: of('groups'), users: of('users'), trades: of('trades') }
  }

  const quoteRow = (bid: number, time: number): Row => ({
    symbol: 1,
    bid,
    ask: bid + 0.0001,
    high: bid,
    low: bid,
    time,
  })

  return {
    epoch,
    seqs: (): Seqs => ({ ...seqs }),
    hashes,
    /** One transaction; answers its frames. */
    transact: (changes: readonly FakeChange[]): Draft[] =>
      changes.map((change, i) => {
        const { stream, kind, row } = change
        const key = row[recordKeys[stream]] as number | string
        if (kind === Kind.DELETED) tables[stream].delete(key)
        else tables[stream].set(key, row)
        const entry = { ...change, seq: ++seqs[stream], more: i < changes.length - 1 }
        const draft = encodedOnce(changeDraft(entry))
        journal.push({ ...entry, draft })
        snapshot = undefined
        return draft
      }),
    tick: (bid: number, time: number): Draft => {
      const first = ++seqs.ticks
      snapshot = undefined
      return encodedOnce((n, scope) =>
        tableFrame(
          { type: FrameType.TICKS, stream: StreamId.ticks, n, scope, first, flags: 0 },
          ticksTable,
          columnsFromRows(ticksTable, [{ symbol: 1, bid, ask: bid + 0.0001, time }]),
        ),
      )
    },
    quotes: (bid: number, time: number): Draft => {
      const first = seqs.ticks
      return encodedOnce((n, scope) =>
        tableFrame(
          { type: FrameType.QUOTES, stream: StreamId.ticks, n, scope, first, flags: 0 },
          quotesTable,
          columnsFromRows(quotesTable, [quoteRow(bid, time) as never]),
        ),
      )
    },
    checkpoint: (): Draft => encodedOnce(json(FrameType.CHECKPOINT, { seqs: { ...seqs }, hashes: hashes() })),
    snapshot: (): Draft[] => {
      if (snapshot) return snapshot
      const rows = Object.fromEntries(recordStreams.map((s) => [s, tables[s].size]))
      const begin = { epoch, seqs: { ...seqs }, rows: { ...rows, quotes: 1 }, serverTimeOffset: 7200 }
      const part = (stream: RecordStream): Draft => {
        const copy = [...tables[stream].values()]
        return (n, scope) =>
          tableFrame(
            { type: FrameType.SNAPSHOT_ROWS, stream: StreamId[stream], n, scope, first: 0, flags: 0 },
            recordTables[stream] as TableSchema,
            columnsFromRows(recordTables[stream] as TableSchema, copy),
          )
      }
      const quotes: Draft = (n, scope) =>
        tableFrame(
          { type: FrameType.SNAPSHOT_ROWS, stream: StreamId.ticks, n, scope, first: 0, flags: 0 },
          quotesTable,
          columnsFromRows(quotesTable, [quoteRow(1.1, 1) as never]),
        )
      const end = json(FrameType.SNAPSHOT_END, { settled: { ...seqs } })
      const drafts = [json(FrameType.SNAPSHOT_BEGIN, begin), ...recordStreams.map(part), quotes, end]
      snapshot = drafts.map(encodedOnce)
      return snapshot
    },
    /** What a desk that stands at these numbers lacks; null when the journal does not reach back. */
    since: (from: Seqs): Draft[] | null =>
      recordStreams.every((s) => from[s] >= startAt && from[s] <= seqs[s])
        ? journal.filter(({ stream, seq }) => seq > from[stream]).map(({ draft }) => draft)
        : null,
  }
}
export type FakeWorld = ReturnType<typeof createFakeWorld>

/** A change of an account, and a new trade; what the tests send most. */
export const userChange = (login: number, balance: number) =>
  ({
    stream: 'users',
    kind: Kind.UPDATED,
    row: blankRow('users', { login, group: 'demo', balance }),
  }) as const
export const tradeChange = (order: number) =>
  ({
    stream: 'trades',
    kind: Kind.ADDED,
    row: blankRow('trades', { order, login: 1, symbol: 'EURUSD', volume: 10 }),
  }) as const
