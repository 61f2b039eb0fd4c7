import {
  type Checkpoint,
  checkpointSchema,
  type Follow,
  type FollowAnswer,
  type Seqs,
  type SnapshotBegin,
  snapshotBeginSchema,
  snapshotEndSchema,
} from '../../shared/bridge/protocol.ts'
import {
  changeTables,
  type RecordStream,
  recordStreams,
  recordTables,
  streamName,
} from '../../shared/bridge/streams.ts'
import { type Quote, quotesTable, ticksTable } from '../../shared/bridge/tables.ts'
import { readJson, readTable } from '../../shared/wire/frames.ts'
import { FLAG_MORE, type FrameHeader, FrameType, openFrame } from '../../shared/wire/header.ts'
import { rowAt, type TableSchema } from '../../shared/wire/schema.ts'
import { sameHash } from '../../shared/wire/state-hash.ts'
import { createTestTables } from './test-tables.ts'

const zero: Seqs = { symbols: 0, groups: 0, users: 0, trades: 0, ticks: 0 }
const streams = [...recordStreams, 'ticks'] as const

type Resume = NonNullable<Follow['resume']>
type Frame = Uint8Array<ArrayBuffer>

/**
 * The receiving end of the frames: rebuilds the tables and notes in `problems` everything that docs/bridge.md does
 * not allow. It repairs nothing.
 */
export const createTestBook = () => {
  const tables = createTestTables()
  const quotes = new Map<number, Quote>()
  const problems: string[] = []
  const headers: FrameHeader[] = []
  const checkpoints: Checkpoint[] = []
  let epoch = ''
  let seqs: Seqs = zero
  let followId = 0
  let lastFrame = 0
  let inGroup = false
  let begin: SnapshotBegin | undefined
  let settled: Seqs | undefined
  let live = false
  let mismatches = 0
  let ticks = 0
  let settledViews = 0

  const expecting = (right: boolean, problem: string): void => {
    if (!right) problems.push(problem)
  }

  const putQuotes = (header: FrameHeader, frame: Frame): void => {
    const data = readTable(quotesTable, frame, header.rows)
    for (let i = 0; i < data.rows; i++)
      quotes.set(data.columns.symbol[i] as number, rowAt(quotesTable, data, i))
  }

  const onBegin = (frame: Frame): void => {
    begin = snapshotBeginSchema.parse(readJson(frame))
    tables.clear()
    quotes.clear()
    seqs = begin.seqs
    epoch = begin.epoch
    settled = undefined
    inGroup = false
    live = false
  }

  const onRows = (header: FrameHeader, frame: Frame): void => {
    expecting(begin !== undefined, 'rows outside a snapshot')
    const name = streamName(header.stream)
    if (name === 'ticks') putQuotes(header, frame)
    else if (name) tables.put(name, readTable(recordTables[name] as TableSchema, frame, header.rows))
    else expecting(false, `rows of stream ${header.stream}`)
  }

  const onChanges = (header: FrameHeader, frame: Frame): void => {
    const name = streamName(header.stream) as RecordStream
    expecting(begin === undefined, 'changes inside a snapshot')
    expecting(header.first === seqs[name] + 1, `${name} ${header.first} follows ${seqs[name]}`)
    tables.change(name, readTable(changeTables[name] as TableSchema, frame, header.rows))
    seqs = { ...seqs, [name]: header.first + header.rows - 1 }
    inGroup = (header.flags & FLAG_MORE) !== 0
  }

  const onTicks = (header: FrameHeader, frame: Frame): void => {
    expecting(header.first === seqs.ticks + 1, `tick ${header.first} follows ${seqs.ticks}`)
    const data = readTable(ticksTable, frame, header.rows)
    for (let i = 0; i < data.rows; i++) {
      const { symbol, bid, ask, time } = rowAt(ticksTable, data, i)
      const known = quotes.get(symbol)
      const high = Math.max(known?.high ?? bid, bid)
      const low = Math.min(known?.low ?? bid, bid)
      quotes.set(symbol, { symbol, bid, ask, high, low, time })
    }
    ticks += header.rows
    seqs = { ...seqs, ticks: header.first + header.rows - 1 }
  }

  const onQuotes = (header: FrameHeader, frame: Frame): void => {
    expecting(header.first >= seqs.ticks, `quotes ${header.first} behind ${seqs.ticks}`)
    putQuotes(header, frame)
    seqs = { ...seqs, ticks: header.first }
  }

  const onCheckpoint = (frame: Frame): void => {
    const content = checkpointSchema.parse(readJson(frame))
    checkpoints.push(content)
    expecting(!inGroup && begin === undefined, 'checkpoint inside a group or a snapshot')
    expecting(JSON.stringify(content.seqs) === JSON.stringify(seqs), 'checkpoint at other numbers')
    const mine = tables.hashes()
    if (recordStreams.some((s) => !sameHash(mine[s], content.hashes[s]))) mismatches++
  }

  const onEnd = (frame: Frame): void => {
    settled = snapshotEndSchema.parse(readJson(frame)).settled
    begin = undefined
  }

  const apply = (header: FrameHeader, frame: Frame): void => {
    if (header.type === FrameType.SNAPSHOT_BEGIN) onBegin(frame)
    else if (header.type === FrameType.SNAPSHOT_ROWS) onRows(header, frame)
    else if (header.type === FrameType.SNAPSHOT_END) onEnd(frame)
    else if (header.type === FrameType.CHANGES) onChanges(header, frame)
    else if (header.type === FrameType.TICKS) onTicks(header, frame)
    else if (header.type === FrameType.QUOTES) onQuotes(header, frame)
    else if (header.type === FrameType.CHECKPOINT) onCheckpoint(frame)
    else expecting(false, `frame type ${header.type}`)
    const target = settled
    if (target && !inGroup && streams.every((s) => seqs[s] >= target[s])) {
      live = true
      settledViews++
    }
  }

  return {
    /** A follow begins: what came before is over. */
    follow: (answer: FollowAnswer, resume?: Resume) => {
      if (!answer.ok) return
      followId = answer.followId
      epoch = answer.epoch
      lastFrame = 0
      begin = undefined
      inGroup = false
      live = answer.mode === 'resume'
      settled = undefined
      if (answer.mode === 'resume') {
        seqs = resume?.seqs ?? zero
        settled = seqs
      }
    },
    /** Takes a frame as it came. Answers whether it belongs to this follow and could be read. */
    accept: (bytes: Uint8Array): boolean => {
      try {
        const { header, frame } = openFrame(bytes)
        if (header.scope !== followId) return false
        headers.push(header)
        expecting(header.n === lastFrame + 1, `frame ${header.n} follows ${lastFrame}`)
        lastFrame = Math.max(lastFrame, header.n)
        apply(header, frame)
        return true
      } catch (error) {
        problems.push(String(error))
        return false
      }
    },
    /** What another book holds, to resume from. */
    takeOver: (other: { rows: ReturnType<typeof createTestTables>['rows'] }) => {
      for (const stream of recordStreams) tables.copy(stream, other.rows(stream))
    },
    resumeFrom: (): Resume => ({ epoch, seqs }),
    rows: tables.rows,
    hashes: tables.hashes,
    quotes: (): ReadonlyMap<number, Quote> => quotes,
    seqs: () => seqs,
    followId: () => followId,
    problems,
    headers,
    checkpoints,
    mismatches: () => mismatches,
    live: () => live,
    lastFrame: () => lastFrame,
    /** Ticks received one by one. */
    ticks: () => ticks,
    /** How many frames left the book in one consistent moment. */
    settledViews: () => settledViews,
  }
}
