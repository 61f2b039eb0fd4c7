import { io, type Socket } from 'socket.io-client'
import {
  type BeatAnswer,
  type Bye,
  byeSchema,
  type Checkpoint,
  type Command,
  type CommandAnswer,
  checkpointSchema,
  Event,
  type Follow,
  type FollowAnswer,
  followAnswerSchema,
  type HelloAnswer,
  helloAnswerSchema,
  type Seqs,
  type SignIn,
  type SignInAnswer,
  type SnapshotBegin,
  signInAnswerSchema,
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
import { type Quote, quotesTable, type Tick, ticksTable } from '../../shared/bridge/tables.ts'
import { readJson, readTable } from '../../shared/wire/frames.ts'
import { FLAG_MORE, type FrameHeader, FrameType, openFrame } from '../../shared/wire/header.ts'
import { rowAt, type TableSchema } from '../../shared/wire/schema.ts'
import { sameHash } from '../../shared/wire/state-hash.ts'
import { createTestTables } from './test-tables.ts'

export type TestDeskOptions = {
  url: string
  window?: Follow['window']
  /** Acknowledge every frame as it is applied (default); else the test says when. */
  ack?: boolean
}

const zero: Seqs = { symbols: 0, groups: 0, users: 0, trades: 0, ticks: 0 }

/**
 * The smallest desk there is: speaks the protocol over a real socket, rebuilds the tables, and notes in `problems`
 * everything that docs/bridge.md does not allow. It repairs nothing.
 */
export const createTestDesk = (options: TestDeskOptions) => {
  const socket: Socket = io(options.url, { transports: ['websocket'], reconnection: false, forceNew: true })
  const tables = createTestTables()
  const quotes = new Map<number, Quote>()
  const problems: string[] = []
  const headers: FrameHeader[] = []
  const byes: Bye[] = []
  const statuses: unknown[] = []
  const checkpoints: Checkpoint[] = []
  let acking = options.ack ?? true
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

  const problem = (text: string): void => {
    problems.push(text)
  }

  const applySnapshotRows = (header: FrameHeader, frame: Uint8Array<ArrayBuffer>): void => {
    const name = streamName(header.stream)
    if (!begin) problem('rows outside a snapshot')
    if (name === 'ticks') {
      const data = readTable(quotesTable, frame, header.rows)
      for (let i = 0; i < data.rows; i++)
        quotes.set(data.columns.symbol[i] as number, rowAt(quotesTable, data, i))
    } else if (name) tables.put(name, readTable(recordTables[name] as TableSchema, frame, header.rows))
    else problem(`rows of stream ${header.stream}`)
  }

  const applyChanges = (header: FrameHeader, frame: Uint8Array<ArrayBuffer>): void => {
    const name = streamName(header.stream) as RecordStream
    if (begin) problem('changes inside a snapshot')
    if (header.first !== seqs[name] + 1) problem(`${name} ${header.first} follows ${seqs[name]}`)
    tables.change(name, readTable(changeTables[name] as TableSchema, frame, header.rows))
    seqs = { ...seqs, [name]: header.first + header.rows - 1 }
    inGroup = (header.flags & FLAG_MORE) !== 0
  }

  const applyTicks = (header: FrameHeader, frame: Uint8Array<ArrayBuffer>): void => {
    if (header.first !== seqs.ticks + 1) problem(`tick ${header.first} follows ${seqs.ticks}`)
    const data = readTable(ticksTable, frame, header.rows)
    for (let i = 0; i < data.rows; i++) {
      const { symbol, bid, ask, time }: Tick = rowAt(ticksTable, data, i)
      const known = quotes.get(symbol)
      const high = Math.max(known?.high ?? bid, bid)
      const low = Math.min(known?.low ?? bid, bid)
      quotes.set(symbol, { symbol, bid, ask, high, low, time })
    }
    ticks += header.rows
    seqs = { ...seqs, ticks: header.first + header.rows - 1 }
  }

  const applyQuotes = (header: FrameHeader, frame: Uint8Array<ArrayBuffer>): void => {
    if (header.first < seqs.ticks) problem(`quotes ${header.first} behind ${seqs.ticks}`)
    const data = readTable(quotesTable, frame, header.rows)
    for (let i = 0; i < data.rows; i++)
      quotes.set(data.columns.symbol[i] as number, rowAt(quotesTable, data, i))
    seqs = { ...seqs, ticks: header.first }
  }

  const applyCheckpoint = (frame: Uint8Array<ArrayBuffer>): void => {
    const content = checkpointSchema.parse(readJson(frame))
    checkpoints.push(content)
    if (inGroup || begin) problem('checkpoint inside a group or a snapshot')
    if (JSON.stringify(content.seqs) !== JSON.stringify(seqs)) problem('checkpoint at other numbers')
    const mine = tables.hashes()
    if (recordStreams.some((s) => !sameHash(mine[s], content.hashes[s]))) mismatches++
  }

  const apply = (header: FrameHeader, frame: Uint8Array<ArrayBuffer>): void => {
    if (header.type === FrameType.SNAPSHOT_BEGIN) {
      begin = snapshotBeginSchema.parse(readJson(frame))
      tables.clear()
      quotes.clear()
      seqs = begin.seqs
      epoch = begin.epoch
      settled = undefined
      inGroup = false
      live = false
    } else if (header.type === FrameType.SNAPSHOT_ROWS) applySnapshotRows(header, frame)
    else if (header.type === FrameType.SNAPSHOT_END) {
      settled = snapshotEndSchema.parse(readJson(frame)).settled
      begin = undefined
    } else if (header.type === FrameType.CHANGES) applyChanges(header, frame)
    else if (header.type === FrameType.TICKS) applyTicks(header, frame)
    else if (header.type === FrameType.QUOTES) applyQuotes(header, frame)
    else if (header.type === FrameType.CHECKPOINT) applyCheckpoint(frame)
    else problem(`frame type ${header.type}`)
    const target = settled
    if (target && !inGroup && [...recordStreams, 'ticks' as const].every((s) => seqs[s] >= target[s])) {
      live = true
      settledViews++
    }
  }

  const ackTo = (n: number): void => {
    socket.emit(Event.ACK, { followId, n })
  }

  socket.on(Event.FRAME, (bytes: Uint8Array) => {
    try {
      const { header, frame } = openFrame(new Uint8Array(bytes))
      if (header.scope !== followId) return
      headers.push(header)
      if (header.n !== lastFrame + 1) problem(`frame ${header.n} follows ${lastFrame}`)
      lastFrame = Math.max(lastFrame, header.n)
      apply(header, frame)
      if (acking) ackTo(lastFrame)
    } catch (error) {
      problem(String(error))
    }
  })
  socket.on(Event.BYE, (bye) => byes.push(byeSchema.parse(bye)))
  socket.on(Event.STATUS, (status) => statuses.push(status))

  const ask = (event: string, payload: unknown): Promise<unknown> =>
    socket.timeout(5000).emitWithAck(event, payload)

  const hello = async (protocol: readonly [number, number] = [1, 1]): Promise<HelloAnswer> => {
    const [protocolMin, protocolMax] = protocol
    return helloAnswerSchema.parse(
      await ask(Event.HELLO, { protocolMin, protocolMax, client: 'test desk', clientVersion: '1' }),
    )
  }
  const signIn = async (credentials: SignIn): Promise<SignInAnswer> =>
    signInAnswerSchema.parse(await ask(Event.SIGN_IN, credentials))

  const follow = async (resume?: Follow['resume']): Promise<FollowAnswer> => {
    const window = options.window ?? { frames: 64, bytes: 8 * 1024 * 1024 }
    const request: Follow = resume ? { resume, window } : { window }
    // Frames come right behind the answer, before an await would resume: the scope must be known by then.
    const raw = await new Promise<unknown>((resolve, reject) => {
      socket.timeout(5000).emit(Event.FOLLOW, request, (error: Error | null, answer: unknown) => {
        const parsed = followAnswerSchema.safeParse(answer)
        if (parsed.success && parsed.data.ok) {
          followId = parsed.data.followId
          epoch = parsed.data.epoch
          lastFrame = 0
          begin = undefined
          inGroup = false
          live = parsed.data.mode === 'resume'
          settled = undefined
          if (parsed.data.mode === 'resume') {
            seqs = resume?.seqs ?? zero
            settled = seqs
          }
        }
        if (error) reject(error)
        else resolve(answer)
      })
    })
    return followAnswerSchema.parse(raw)
  }

  return {
    socket,
    ask,
    hello,
    signIn,
    follow,
    /** Hello, sign-in and follow, all of which must go well. */
    start: async (credentials: SignIn, resume?: Follow['resume']): Promise<FollowAnswer> => {
      const greeting = await hello()
      const answer = await signIn(credentials)
      if (!greeting.ok || !answer.ok) throw new Error('the bridge did not let the test desk in')
      return follow(resume)
    },
    command: async (command: Command): Promise<CommandAnswer> =>
      (await ask(Event.COMMAND, command)) as CommandAnswer,
    beat: async (sent: number): Promise<BeatAnswer> => (await ask(Event.BEAT, { sent })) as BeatAnswer,
    setAcking: (on: boolean) => {
      acking = on
    },
    ackTo,
    /** Copies of what another desk (or this one before) held, to resume from. */
    resumeFrom: (): NonNullable<Follow['resume']> => ({ epoch, seqs }),
    takeOver: (other: { rows: ReturnType<typeof createTestTables>['rows'] }) => {
      for (const stream of recordStreams)
        for (const [key, row] of other.rows(stream))
          (tables.rows(stream) as Map<number | string, Record<string, number | string>>).set(key, row)
    },
    rows: tables.rows,
    hashes: tables.hashes,
    quotes: (): ReadonlyMap<number, Quote> => quotes,
    seqs: () => seqs,
    epoch: () => epoch,
    problems,
    headers,
    byes,
    statuses,
    checkpoints,
    mismatches: () => mismatches,
    live: () => live,
    lastFrame: () => lastFrame,
    ticks: () => ticks,
    settledViews: () => settledViews,
    connected: () => socket.connected,
    close: () => {
      socket.disconnect()
    },
  }
}

export type TestDesk = ReturnType<typeof createTestDesk>

/** Waits for a condition by looking again and again; fails with `what` after the time is up. */
export const until = async (what: string, condition: () => boolean, withinMs = 15_000): Promise<void> => {
  const end = Date.now() + withinMs
  while (!condition()) {
    if (Date.now() > end) throw new Error(`waited in vain for: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
