import type { AccountExplanation, PositionExplanation } from '../../shared/api/explain.ts'
import type { AccountLimits } from '../../shared/api/limits.ts'
import type { SearchHit } from '../../shared/api/models.ts'
import type { ViewSpec } from '../../shared/api/views.ts'
import type { Shock, WhatIf } from '../../shared/api/what-if.ts'
import type { RecordStream } from '../../shared/bridge/streams.ts'
import type { UserRecord } from '../../shared/bridge/tables.ts'
import type { FrameSink } from '../../shared/runtime/frame-sink.ts'
import { type ColumnsOf, table } from '../../shared/wire/schema.ts'
import type { StateHash } from '../../shared/wire/state-hash.ts'
import type { BookCrashed } from './errors.ts'
import type { BookSource, KeepAnswer, KeepQuestion } from './last-book/keeper.ts'
import type { RestoreFault, RestorePart } from './last-book/restore.ts'

/**
 * What risk rules look at: one row an account that has positions, moved money or a day result. Account currency;
 * × `rateToBase` gives base currency (NaN when there is no path). `moneyToday` = deposits, withdrawals and credit
 * booked since the server's day began; `prevEquity` = equity at its start.
 */
export const marksTable = table('marks', {
  login: 'i32',
  balance: 'f64',
  credit: 'f64',
  floating: 'f64',
  equity: 'f64',
  dayPl: 'f64',
  prevEquity: 'f64',
  moneyToday: 'f64',
  margin: 'f64',
  marginLevel: 'f64',
  levelType: 'u8',
  positions: 'i32',
  rateToBase: 'f64',
})
export type Marks = {
  /** UTC ms of the valuation. */
  readonly valuedAt: number
  /** Server-local ms of the newest quote in it. */
  readonly serverTime: number
  readonly data: ColumnsOf<typeof marksTable>
}

export type BookStats = {
  accounts: number
  positions: number
  pendings: number
  symbols: number
  groups: number
  valuedAt: number
  /** Duration of the last valuation of everything, ms. */
  passMs: number
  memoryBytes: number
  source: BookSource
  /** UTC ms: the last frame of what is shown was applied then; 0 = nothing is shown. */
  asOf: number
}

/** An account as the book knows it. */
export type AccountFacts = {
  user: UserRecord
  currency: string
}

export type Book = FrameSink & {
  onMarks: (fn: (marks: Marks) => void) => void
  /** The worker died; this book is of no more use. Questions under way are rejected with the same error. */
  onCrash: (fn: (error: BookCrashed) => void) => void
  onViewFrame: (fn: (viewId: number, frame: Uint8Array<ArrayBuffer>) => void) => void
  /** `after`: the last frame of this view that was sent by a book before this one; numbers go on behind it. */
  openView: (viewId: number, spec: ViewSpec, after?: number) => void
  changeView: (viewId: number, spec: ViewSpec) => void
  closeView: (viewId: number) => void
  ackView: (viewId: number, n: number) => void
  /** Whether the link is live; goes into the head of every view frame. */
  setLive: (live: boolean) => void
  account: (login: number) => Promise<AccountFacts | null>
  /** Other logins with the same e-mail or phone, compared trimmed and without case. Looks at every account. */
  otherLogins: (login: number) => Promise<number[]>
  explain: (order: number) => Promise<PositionExplanation | null>
  explainAccount: (login: number) => Promise<AccountExplanation | null>
  /** Null: there is no such symbol or currency. `limit`: accounts that are named at most. */
  whatIf: (shock: Shock, limit: number) => Promise<WhatIf | null>
  /** `target`: margin level that a deposit should restore, in % or money by the account's group. */
  limits: (login: number, target: number) => Promise<AccountLimits | null>
  search: (text: string, limit: number) => Promise<SearchHit[]>
  stats: () => Promise<BookStats>
  hashes: () => Promise<Record<RecordStream, StateHash>>
  /** The next part of the book as it is kept on disk, see `last-book/`. */
  keep: (question: KeepQuestion) => Promise<KeepAnswer>
  /** The next part of a kept book; frames are taken over. With the facts it is shown, unless a bridge was quicker. */
  restore: (part: RestorePart) => Promise<RestoreFault | null>
  close: () => Promise<void>
}
