import type { Alert, PlRule } from '../../shared/api/models.ts'
import type { StoreData } from './maintenance/store-data.ts'
import type { OutboxDoor } from './outbox/create-outbox.ts'
import type { Documents } from './repository/documents.ts'
import type { DocumentSearch } from './search/document-search.ts'
import type { KeyRing } from './sqlite-storage/sealing/key-ring.ts'

/** One line of the journal: who did what through which procedure, and what came of it. Append-only. */
export type JournalEntry = {
  at: number
  user: string
  role: string
  procedure: string
  /** Input as JSON, cut at 2,000 characters. */
  input: string
  /** `ok` or the error's name. */
  result: string
}

/** The desk's documents. Writes are durable when their promise resolves. Works without any connection. */
export type Store = {
  /** Every collection as it is; what follows are the same documents under their own names. */
  documents: Documents
  /** The outbox in the document file: takes over what documents carry in `outgoing`. */
  outbox: OutboxDoor
  /** Clients, leads and what passed with them by their texts. Null: a store that has none (in memory). */
  search: DocumentSearch<KeyRing | null> | null
  alerts: {
    get: (id: string) => Promise<Alert | null>
    put: (alert: Alert) => Promise<void>
    /** Open alerts (state other than done) and those closed at or after the given UTC ms; newest first. */
    current: (closedSince: number) => Promise<Alert[]>
    forLogin: (login: number, limit: number) => Promise<Alert[]>
  }
  rules: {
    list: () => Promise<PlRule[]>
    put: (rule: PlRule) => Promise<void>
  }
  layouts: {
    get: (key: string) => Promise<string | null>
    put: (key: string, json: string) => Promise<void>
  }
  journal: {
    /** Answers when the line is on the disk, or when the disk refused it: then it waits and goes before the next. */
    append: (entry: JournalEntry) => Promise<void>
    /** Newest first. */
    recent: (limit: number) => Promise<JournalEntry[]>
  }
  /** The data as a whole: copies of it, ways out and in. Null: a store in memory. */
  data: StoreData | null
  health: () => { ok: boolean; detail: string }
  close: () => Promise<void>
}
