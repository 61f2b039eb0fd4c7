import type { AccountExplanation, PositionExplanation } from '../../shared/api/explain.ts'
import type { AccountLimits } from '../../shared/api/limits.ts'
import type { SearchHit } from '../../shared/api/models.ts'
import type { ViewSpec } from '../../shared/api/views.ts'
import type { Shock, WhatIf } from '../../shared/api/what-if.ts'
import { type RecordStream, recordStreams } from '../../shared/bridge/streams.ts'
import { groupMatcher } from '../../shared/mt4/group-mask.ts'
import type { Clock } from '../../shared/runtime/ports.ts'
import type { FrameHeader } from '../../shared/wire/header.ts'
import { emptyHash, type StateHash } from '../../shared/wire/state-hash.ts'
import { accountFacts, otherLogins } from './ask/account-facts.ts'
import { explainAccount } from './ask/explain/explain-account.ts'
import { explainPosition } from './ask/explain/explain-position.ts'
import { accountLimits } from './ask/limits/account-limits.ts'
import { searchBook } from './ask/search.ts'
import { whatIf } from './ask/what-if/what-if.ts'
import { decisions, type LiveDecisions } from './formulas/decisions.ts'
import { createIntake, type IntakeSink } from './intake/intake.ts'
import { createKeeper, type KeepAnswer, type KeepQuestion } from './last-book/keeper.ts'
import { createRestore, type RestoreFault, type RestorePart } from './last-book/restore.ts'
import type { AccountFacts, BookStats, Marks } from './types.ts'
import { marksOf } from './value/marks.ts'
import { valueAll } from './value/value-all.ts'
import { createSources, type ViewSources } from './views/sources.ts'
import { createViewSet } from './views/view-set.ts'
import { newestServerTime } from './world/links.ts'
import { createManagers, type Manager } from './world/managers.ts'
import type { Synonyms } from './world/synonyms.ts'
import { createWorld, type World, worldBytes } from './world/world.ts'

export type BookSink = IntakeSink & {
  readonly marks: (marks: Marks) => void
  readonly viewFrame: (viewId: number, frame: Uint8Array<ArrayBuffer>) => void
}

/** The book itself: synchronous, without timers or threads. `tick` does what is due; call it often. */
export type BookCore = {
  readonly accept: (header: FrameHeader, frame: Uint8Array<ArrayBuffer>) => void
  /** Values the book if it changed and the last time is long enough ago, then sends marks and view frames that are due. */
  readonly tick: () => void
  /** Values everything now, whatever the pace. */
  readonly valueNow: () => void
  /** Works out the exposure of the whole book on the last valuation; how many symbols have one. */
  readonly exposureNow: () => number
  readonly openView: (viewId: number, spec: ViewSpec, after?: number) => void
  readonly changeView: (viewId: number, spec: ViewSpec) => void
  readonly closeView: (viewId: number) => void
  readonly ackView: (viewId: number, n: number) => void
  readonly setLive: (live: boolean) => void
  readonly account: (login: number) => AccountFacts | null
  readonly otherLogins: (login: number) => number[]
  readonly explain: (order: number) => PositionExplanation | null
  readonly explainAccount: (login: number) => AccountExplanation | null
  readonly whatIf: (shock: Shock, limit: number) => WhatIf | null
  readonly limits: (login: number, target: number) => AccountLimits | null
  readonly search: (text: string, limit: number) => SearchHit[]
  readonly stats: () => BookStats
  readonly hashes: () => Record<RecordStream, StateHash>
  /** The next part of the book as it is kept on disk. */
  readonly keep: (question: KeepQuestion) => KeepAnswer
  /** The next part of a kept book; null: taken. With the facts, the last: the book is shown until a bridge's comes. */
  readonly restore: (part: RestorePart) => RestoreFault | null
}

const VALUE_MS = 50
const MARKS_MS = 250

/** How a desk reads its book. */
export type BookSettings = {
  /** Groups whose trades are passed on to a liquidity provider: masks as in ConManager.groups. Nobody's by default. */
  readonly aBookGroups?: readonly string[]
  /** Who looks after which groups; nobody after any by default. */
  readonly managers?: readonly Manager[]
  /** Symbols that mean the same are shown together, suffixes besides; null keeps each on a row of its own. */
  readonly synonyms?: Synonyms | null
  /** Where the platform's papers are silent (docs/formulas.md); the reference's decisions by default. */
  readonly decided?: Partial<LiveDecisions>
  /** Up to so many rows totals are what the rows show, added up; beyond, each currency's sum is converted once. */
  readonly rowsAddedUp?: number
}

/**
 * @param base currency in which figures of different accounts are added up
 * @param stopwatch milliseconds of a clock fine enough to time a valuation
 */
export const createBookCore = (
  base: string,
  clock: Clock,
  stopwatch: () => number,
  sink: BookSink,
  { aBookGroups = [], managers = [], synonyms = null, rowsAddedUp = 20_000, decided = {} }: BookSettings = {},
): BookCore => {
  const isABook = groupMatcher(aBookGroups)
  const managerOf = createManagers(managers)
  /** Nothing is half applied. */
  let settled = false
  /** An empty world with the settings of the desk. */
  const newWorld = (): World => {
    const empty = createWorld()
    empty.isABook = isABook
    empty.managerOf = managerOf
    empty.rowsAddedUp = rowsAddedUp
    empty.decisions = { ...decisions, ...decided }
    return empty
  }
  const intake = createIntake(
    {
      ...sink,
      applied: (applied) => {
        settled = applied.settled
        sink.applied(applied)
      },
    },
    newWorld,
  )
  const keeper = createKeeper(intake, clock.now)
  let restore = createRestore(newWorld)
  const views = createViewSet(sink.viewFrame)
  let live = false
  let world: World | null = null
  let sources: ViewSources | null = null
  let valuation = 0
  let valuedVersion = -1
  let valuedAt = 0
  /** Valuations keep to turns of the clock, so that views of the same pace go out together, on the same figures. */
  let valuedTurn = -1
  let marksAt = 0
  let markedValuation = 0
  let passMs = 0
  /** Counts what a view frame depends on. */
  let facts = 0

  const takeWorld = (): void => {
    if (world === intake.world()) return
    world = intake.world()
    sources = world ? createSources(world, base, () => valuation, synonyms) : null
    valuedVersion = -1
  }

  const value = (): void => {
    takeWorld()
    if (!world || valuedVersion === intake.version()) return
    const start = stopwatch()
    valueAll(world, base, intake.secMargins)
    passMs = stopwatch() - start
    valuedVersion = intake.version()
    // A book from the disk, or one that waits for a snapshot, is no younger for being valued again.
    valuedAt = keeper.source() === 'bridge' && intake.complete() ? clock.now() : keeper.asOf()
    valuation++
    facts++
  }

  const pump = (now: number): void => {
    views.pump(
      sources,
      facts,
      {
        serverTime: world ? newestServerTime(world) : 0,
        valuedAt,
        live: live && intake.complete() && keeper.source() === 'bridge',
        base,
      },
      now,
    )
  }

  const tick = (): void => {
    const now = clock.now()
    if (intake.inTransaction(now)) return
    const turn = Math.floor(now / VALUE_MS)
    if (turn !== valuedTurn || views.asked()) value()
    valuedTurn = turn
    pump(now)
    // What was kept on disk raises no alerts: nobody can act on a price of hours ago.
    if (keeper.source() === 'file') markedValuation = valuation
    if (world && valuation !== markedValuation && (now - marksAt >= MARKS_MS || now < marksAt)) {
      marksAt = now
      markedValuation = valuation
      sink.marks(marksOf(world, valuedAt))
    }
    intake.catchUp()
  }

  /** For questions about figures: those of the moment. */
  const current = (): World | null => {
    value()
    return world
  }

  return {
    accept: (header, frame) => {
      const before = intake.version()
      intake.accept(header, frame, clock.now())
      if (intake.version() !== before) keeper.applied(header, frame, settled)
    },
    tick,
    valueNow: value,
    exposureNow: () => sources?.exposure.all() ?? 0,
    openView: (id, spec, after) => {
      views.open(id, spec, after)
      tick()
    },
    changeView: (id, spec) => {
      views.change(id, spec)
      tick()
    },
    closeView: views.close,
    ackView: views.ack,
    setLive: (given) => {
      if (live === given) return
      facts++
      live = given
      if (live) keeper.live()
      // What is called live from now on is valued first.
      valuedTurn = -1
    },
    otherLogins: (login) => {
      const at = intake.world()
      return at ? otherLogins(at, login) : []
    },
    account: (login) => {
      const at = intake.world()
      return at && accountFacts(at, login)
    },
    explain: (order) => {
      const at = current()
      return at && explainPosition(at, base, valuedAt, order)
    },
    explainAccount: (login) => {
      const at = current()
      return at && explainAccount(at, base, valuedAt, login)
    },
    whatIf: (shock, limit) => {
      const at = current()
      const start = stopwatch()
      const answer = at && whatIf(at, base, valuedAt, shock, limit, synonyms ?? {})
      return answer && { ...answer, tookMs: stopwatch() - start }
    },
    limits: (login, target) => {
      const at = current()
      return at && accountLimits(at, valuedAt, login, target)
    },
    search: (text, limit) => {
      const at = current()
      return at ? searchBook(at, text, limit) : []
    },
    stats: () => ({
      accounts: world?.users.size() ?? 0,
      positions: world?.positions ?? 0,
      pendings: world?.pendings ?? 0,
      symbols: world?.symbols.size() ?? 0,
      groups: world?.groups.size() ?? 0,
      valuedAt,
      passMs,
      memoryBytes: world ? worldBytes(world) : 0,
      source: keeper.source(),
      asOf: keeper.asOf(),
    }),
    hashes: () => {
      const at = intake.world()
      const all = recordStreams.map((name) => [name, at ? at[name].hash() : emptyHash])
      return Object.fromEntries(all) as Record<RecordStream, StateHash>
    },
    keep: keeper.read,
    restore: (part) => {
      if ('frames' in part) return restore.take(part.frames)
      const read = part.kept && restore.finish(part.kept)
      restore = createRestore(newWorld)
      if (!read || 'fault' in read) return read
      // A bridge that was quicker has the word.
      if (intake.adopt(read.world, read.kept.seqs)) keeper.restored(read.kept)
      return null
    },
  }
}
