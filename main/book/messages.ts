import type { ViewSpec } from '../../shared/api/views.ts'
import type { Shock } from '../../shared/api/what-if.ts'
import type { RecordStream } from '../../shared/bridge/streams.ts'
import type { Applied, Refused } from '../../shared/runtime/frame-sink.ts'
import type { FrameHeader } from '../../shared/wire/header.ts'
import type { BookSettings } from './book-core.ts'
import type { KeepQuestion } from './last-book/keeper.ts'
import type { RestorePart } from './last-book/restore.ts'
import type { Marks } from './types.ts'

/** What the desk's thread and the book's worker say to each other. Buffers are transferred, never copied. */

export type Question =
  | { readonly about: 'account' | 'others' | 'explainAccount'; readonly login: number }
  | { readonly about: 'explain'; readonly order: number }
  | { readonly about: 'whatIf'; readonly shock: Shock; readonly limit: number }
  | { readonly about: 'limits'; readonly login: number; readonly target: number }
  | { readonly about: 'search'; readonly text: string; readonly limit: number }
  | { readonly about: 'stats' }
  | { readonly about: 'hashes' }
  | { readonly about: 'keep'; readonly question: KeepQuestion }
  | { readonly about: 'restore'; readonly part: RestorePart }

/** What a worker is started with. */
export type WorkerStart = { readonly base: string; readonly settings: BookSettings }

export type ToWorker =
  | { readonly kind: 'frame'; readonly header: FrameHeader; readonly frame: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'open'; readonly viewId: number; readonly spec: ViewSpec; readonly after: number }
  | { readonly kind: 'change'; readonly viewId: number; readonly spec: ViewSpec }
  | { readonly kind: 'close'; readonly viewId: number }
  | { readonly kind: 'ack'; readonly viewId: number; readonly n: number }
  | { readonly kind: 'live'; readonly live: boolean }
  | { readonly kind: 'ask'; readonly id: number; readonly question: Question }
  /** The last message: the worker lets go of everything and ends. */
  | { readonly kind: 'quit' }

export type FromWorker =
  | { readonly kind: 'applied'; readonly applied: Applied }
  | { readonly kind: 'refused'; readonly refused: Refused }
  | { readonly kind: 'mismatch'; readonly streams: RecordStream[] }
  | { readonly kind: 'marks'; readonly marks: Marks }
  | { readonly kind: 'view'; readonly viewId: number; readonly frame: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }

const kinds = new Set(['applied', 'refused', 'mismatch', 'marks', 'view', 'answer', 'failed'])

/** The worker is ours: it is enough to know its messages from anything else. */
export const isFromWorker = (message: unknown): message is FromWorker =>
  typeof message === 'object' && message !== null && 'kind' in message && kinds.has(message.kind as string)
