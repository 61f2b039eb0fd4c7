import { type BridgeStatus, type Seqs, statusSchema } from '../../shared/bridge/protocol.ts'
import { ChangeKind, type RecordStream, recordStreams } from '../../shared/bridge/streams.ts'
import type { Log, Random } from '../../shared/runtime/ports.ts'
import type { StateHash } from '../../shared/wire/state-hash.ts'
import type { Change, SourceSink, SourceState } from '../source.ts'
import { BridgeError } from './errors.ts'
import { createJournal, type Entry, type Journal } from './journal.ts'
import type { BridgeLimits } from './limits.ts'
import { createQuoteBoard, type QuoteBoard } from './quote-board.ts'
import type { Row } from './row-check.ts'
import { below } from './seeded-random.ts'
import { createTickRing, type TickRing } from './tick-ring.ts'
import type { BridgeCounters } from './types.ts'
import { createWorld, eachStream, type Table, type World } from './world.ts'

/** The bridge's copy of the source's world, numbered. It knows no desk. */
export type Hub = {
  readonly sink: SourceSink
  readonly world: World
  readonly journal: Journal
  readonly ticks: TickRing
  readonly quotes: QuoteBoard
  readonly serverTimeOffset: number
  epoch: () => string
  loaded: () => boolean
  status: () => BridgeStatus
  seqs: () => Seqs
  hashes: () => Record<RecordStream, StateHash>
  /** The same world under a new epoch, every stream at another number. */
  restart: () => void
}

/** Who hears of what: called synchronously, must be cheap. */
export type HubListeners = {
  /** Something new may be sent. */
  moved: () => void
  statusChanged: (status: BridgeStatus) => void
  /** The numbering starts anew: whatever was sent belongs to another epoch. */
  epochChanged: () => void
}

export type HubOptions = {
  readonly limits: BridgeLimits
  readonly serverTimeOffset: number
  readonly ids: () => string
  readonly random: Random
  readonly log: Log
  readonly counters: BridgeCounters
  readonly listeners: HubListeners
}

const MAX_RESTART_NUMBER = 1_000_000

/** Rows taken in at once when a source loads its world. */
const LOAD_ROWS = 8192

/** @throws BridgeError SOURCE_ROW */
const loadRows = (table: Table, rows: Iterable<Row>): void => {
  let block: Row[] = []
  for (const row of rows) {
    table.check(row)
    block.push(row)
    if (block.length < LOAD_ROWS) continue
    table.load(block)
    block = []
  }
  table.load(block)
}

export const createHub = (options: HubOptions): Hub => {
  const { limits, ids, random, log, counters, listeners } = options
  const world = createWorld()
  const journal = createJournal(limits.journalEntries, limits.journalBytes)
  const ticks = createTickRing(limits.tickRing)
  const quotes = createQuoteBoard()
  const knownIndexes = new Set<number>()
  let epoch = ids()
  let loaded = false
  let status: BridgeStatus = { direct: false, pumping: false, dealing: false, detail: 'starting' }

  const recordSeqs = (): Record<RecordStream, number> => eachStream((s) => world[s].seq())

  const newEpoch = (): void => {
    epoch = ids()
    journal.reset(recordSeqs())
    listeners.epochChanged()
  }

  /** Ticks name symbols by index: only those of symbols that stand are let through. */
  const moveIndex = (before: Row | undefined, after: Row | undefined): void => {
    if (before && before['index'] !== after?.['index']) {
      knownIndexes.delete(before['index'] as number)
      quotes.drop(before['index'] as number)
    }
    if (after) knownIndexes.add(after['index'] as number)
  }

  const empty = (): void => {
    for (const stream of recordStreams) world[stream].reset(0)
    knownIndexes.clear()
    ticks.reset(0)
    quotes.reset()
    loaded = false
  }

  const load = (state: SourceState): void => {
    empty()
    try {
      for (const stream of recordStreams) loadRows(world[stream], state[stream])
      world.trades.arrange(world.users.cut())
      for (const row of state.symbols) moveIndex(undefined, row)
      for (const quote of state.quotes) if (knownIndexes.has(quote.symbol)) quotes.load(quote, 0)
      loaded = true
    } catch (error) {
      // Half a world is none.
      empty()
      throw error
    } finally {
      newEpoch()
    }
  }

  const entryOf = (change: Change): Entry | undefined => {
    const table = world[change.stream]
    if (change.stream === 'symbols') {
      const gone = change.kind === ChangeKind.DELETED
      moveIndex(table.get(change.row.symbol), gone ? undefined : change.row)
    }
    const row = table.apply(change.kind, change.row)
    if (!row) return undefined
    return { stream: change.stream, kind: change.kind, row, seq: table.seq(), bytes: table.sizeOf(row) }
  }

  const transaction = (changes: readonly Change[]): void => {
    try {
      if (!loaded) throw new BridgeError('SOURCE_EMPTY', 'a transaction before the world was loaded')
      for (const change of changes) world[change.stream].check(change.row)
    } catch (error) {
      counters.refusedTransactions++
      log.error({ err: error, changes: changes.length }, 'transaction of the source refused')
      return
    }
    const entries = changes.map(entryOf).filter((entry) => entry !== undefined)
    if (entries.length === 0) return
    counters.transactions++
    journal.append(entries)
    listeners.moved()
  }

  const tick = (symbol: number, bid: number, ask: number, time: number): void => {
    const sound = bid >= 0 && ask >= 0 && bid + ask < Number.POSITIVE_INFINITY && Number.isFinite(time)
    if (!sound || !knownIndexes.has(symbol)) {
      counters.refusedTicks++
      return
    }
    counters.ticks++
    quotes.tick(ticks.push(symbol, bid, ask, time), symbol, bid, ask, time)
    listeners.moved()
  }

  return {
    sink: {
      load,
      transaction,
      tick,
      status: (given) => {
        const parsed = statusSchema.safeParse({ ...given, detail: given.detail.slice(0, 200) })
        if (!parsed.success) {
          log.error({ status: given }, 'status of the source refused')
          return
        }
        status = parsed.data
        listeners.statusChanged(status)
      },
    },
    world,
    journal,
    ticks,
    quotes,
    serverTimeOffset: options.serverTimeOffset,
    epoch: () => epoch,
    loaded: () => loaded,
    status: () => status,
    seqs: () => ({ ...recordSeqs(), ticks: ticks.seq() }),
    hashes: () => eachStream((s) => world[s].hash()),
    restart: () => {
      for (const stream of recordStreams) world[stream].renumber(below(random, MAX_RESTART_NUMBER))
      const tickSeq = below(random, MAX_RESTART_NUMBER)
      ticks.reset(tickSeq)
      quotes.renumber(tickSeq)
      newEpoch()
    },
  }
}
