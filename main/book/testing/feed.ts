import type { Seqs } from '../../../shared/bridge/protocol.ts'
import {
  changeTables,
  type RecordStream,
  recordStreams,
  recordTables,
  StreamId,
} from '../../../shared/bridge/streams.ts'
import {
  type GroupRecord,
  type Quote,
  quotesTable,
  type SymbolRecord,
  type Tick,
  type TradeRecord,
  ticksTable,
  type UserRecord,
} from '../../../shared/bridge/tables.ts'
import { columnsFromRows } from '../../../shared/wire/columns.ts'
import { jsonFrame, tableFrame } from '../../../shared/wire/frames.ts'
import { FLAG_MORE, FrameType, openFrame } from '../../../shared/wire/header.ts'
import type { TableSchema } from '../../../shared/wire/schema.ts'
import type { StateHash } from '../../../shared/wire/state-hash.ts'

export type Frame = Uint8Array<ArrayBuffer>
export type RecordRows = {
  symbols: readonly SymbolRecord[]
  groups: readonly GroupRecord[]
  users: readonly UserRecord[]
  trades: readonly TradeRecord[]
}
export type AnyRow = SymbolRecord | GroupRecord | UserRecord | TradeRecord
export type Change = { stream: RecordStream; kind: number; row: AnyRow }

type Head = { type: FrameType; stream: number; first: number; flags?: number }

/** Writes frames as a bridge does, with numbers. `deliver` gets them opened, as the link hands them on. */
export const createFeed = (
  deliver: (header: ReturnType<typeof openFrame>['header'], frame: Frame) => void,
) => {
  let scope = 1
  let n = 0
  const seqs: Seqs = { symbols: 0, groups: 0, users: 0, trades: 0, ticks: 0 }
  const head = ({ type, stream, first, flags = 0 }: Head) => ({ type, stream, n: ++n, scope, first, flags })
  const send = (bytes: Frame): void => {
    const { header, frame } = openFrame(bytes)
    deliver(header, frame)
  }
  const rowsFrame = (h: Head, table: TableSchema, rows: readonly object[]): Frame =>
    tableFrame(head(h), table, columnsFromRows(table, rows as never))
  const body = (type: FrameType, value: unknown): Frame =>
    jsonFrame(head({ type, stream: 0, first: 0 }), value)

  const changeFrame = (changes: readonly Change[], more: boolean): Frame => {
    const { stream } = changes[0] as Change
    const first = seqs[stream] + 1
    seqs[stream] += changes.length
    return rowsFrame(
      { type: FrameType.CHANGES, stream: StreamId[stream], first, flags: more ? FLAG_MORE : 0 },
      changeTables[stream],
      changes.map(({ kind, row }) => ({ changeKind: kind, ...row })),
    )
  }

  return {
    seqs,
    send,
    newScope: () => {
      scope++
      n = 0
    },
    begin: (rows: RecordRows, quotes: readonly Quote[] = []) => {
      const counts = recordStreams.map((stream) => [stream, rows[stream].length] as const)
      send(
        body(FrameType.SNAPSHOT_BEGIN, {
          epoch: 'e1',
          seqs,
          rows: { ...Object.fromEntries(counts), quotes: quotes.length },
          serverTimeOffset: 7200,
        }),
      )
    },
    rows: (stream: RecordStream, rows: readonly AnyRow[], first = 0) => {
      const h = { type: FrameType.SNAPSHOT_ROWS, stream: StreamId[stream], first }
      send(rowsFrame(h, recordTables[stream], rows))
    },
    end: (settled: Seqs = seqs) => send(body(FrameType.SNAPSHOT_END, { settled })),
    snapshot(rows: RecordRows, quotes: readonly Quote[]) {
      this.begin(rows, quotes)
      for (const stream of recordStreams) if (rows[stream].length > 0) this.rows(stream, rows[stream])
      if (quotes.length > 0)
        send(
          rowsFrame({ type: FrameType.SNAPSHOT_ROWS, stream: StreamId.ticks, first: 0 }, quotesTable, quotes),
        )
      this.end()
    },
    changeFrame,
    changes: (changes: readonly Change[], more = false) => send(changeFrame(changes, more)),
    tickFrame: (ticks: readonly Tick[]): Frame => {
      const first = seqs.ticks + 1
      seqs.ticks += ticks.length
      const h = { type: FrameType.TICKS, stream: StreamId.ticks, first }
      return rowsFrame(h, ticksTable, ticks)
    },
    ticks(ticks: readonly Tick[]) {
      send(this.tickFrame(ticks))
    },
    quotes: (quotes: readonly Quote[]) => {
      seqs.ticks += quotes.length
      const h = { type: FrameType.QUOTES, stream: StreamId.ticks, first: seqs.ticks }
      send(rowsFrame(h, quotesTable, quotes))
    },
    checkpoint: (hashes: Record<RecordStream, StateHash>, given: Seqs = seqs) =>
      send(body(FrameType.CHECKPOINT, { seqs: given, hashes })),
  }
}
