import { setImmediate as nextTurn } from 'node:timers/promises'
import type { BulkWriteRow, RxDocumentData, RxStorageInstance } from 'rxdb'
import { StoreWriteFailed } from '../errors.ts'

/** A step from a document's present state to its next. `undefined` removes it, null leaves it as it is. */
export type Step<D> = (current: D | null) => D | null | undefined

export type WriteQueue<D> = { readonly add: (id: string, step: Step<D>) => Promise<D | null> }

type Waiting<D> = {
  readonly id: string
  readonly step: Step<D>
  readonly done: (state: D | null) => void
  readonly failed: (error: unknown) => void
  tries: number
}

/** Documents in one transaction. More wait for the next turn, so that a storm of writes never holds the thread. */
const AT_ONCE = 64
/** Somebody else may write the same document between our reading and our writing; never so often. */
const MAX_TRIES = 20
const CONFLICT = 409

type Stored<D> = RxDocumentData<D>
/** What of a storage instance is used. */
export type Storage<D> = Pick<RxStorageInstance<D, unknown, unknown>, 'bulkWrite' | 'findDocumentsById'>

/** Whether writing a state causes commands: then it has to be written, whatever becomes of the document next. */
const causes = (state: unknown): boolean =>
  ((state as { outgoing?: readonly unknown[] } | null)?.outgoing?.length ?? 0) > 0

/** The document without what RxDB keeps beside it. */
export const plain = <D>(stored: Stored<D>): D => {
  const { _rev, _meta, _deleted, _attachments, ...document } = stored
  return document as D
}

/**
 * Writes what is put in the same turn, or while a write is under way, in groups: one transaction and one wait for the
 * disk instead of many. Steps on one document follow each other in the order in which they came, and a state that
 * causes commands is written before the next step on it. A step that throws fails alone; a disk that refuses fails
 * the group.
 */
export const createWriteQueue = <D extends { id: string }>(storage: Storage<D>): WriteQueue<D> => {
  let waiting: Waiting<D>[] = []
  let running = false

  /**
   * Runs the steps of one document on its stored state, up to one that causes commands; those behind it come `later`.
   * Null: nothing to write.
   */
  const rowOf = (
    steps: readonly Waiting<D>[],
    stored: Stored<D> | undefined,
    answers: Map<Waiting<D>, D | null>,
    later: Waiting<D>[],
  ): BulkWriteRow<D> | null => {
    const before = stored === undefined || stored._deleted ? null : plain(stored)
    let state = before
    for (const [i, each] of steps.entries()) {
      try {
        const next = each.step(state)
        if (next !== null) state = next ?? null
        answers.set(each, state)
      } catch (error) {
        each.failed(error)
      }
      if (state === before || !causes(state)) continue
      later.push(...steps.slice(i + 1))
      break
    }
    if (state === before) return null
    const document = {
      ...(state ?? before),
      _deleted: state === null,
      _attachments: state === null ? {} : (stored?._attachments ?? {}),
      _meta: stored?._meta ?? { lwt: 1 },
      _rev: stored?._rev ?? '',
    } as Stored<D>
    return stored === undefined ? { document } : { previous: stored, document }
  }

  const writeGroup = async (group: readonly Waiting<D>[]): Promise<void> => {
    const byId = new Map<string, Waiting<D>[]>()
    for (const each of group) {
      const others = byId.get(each.id)
      if (others) others.push(each)
      else byId.set(each.id, [each])
    }
    const found = await storage.findDocumentsById([...byId.keys()], true)
    const stored = new Map(found.map((document) => [document.id, document]))
    const answers = new Map<Waiting<D>, D | null>()
    const rows: BulkWriteRow<D>[] = []
    const again: Waiting<D>[] = []
    const later: Waiting<D>[] = []
    for (const [id, steps] of byId) {
      const row = rowOf(steps, stored.get(id), answers, later)
      if (row) rows.push(row)
    }
    const { error } =
      rows.length === 0 ? { error: [] } : await storage.bulkWrite(rows, 'deskline repository write')
    const refused = new Map(error.map((each) => [each.documentId, each.status]))
    for (const [each, state] of answers) {
      const status = refused.get(each.id)
      if (status === undefined) each.done(state)
      else if (status === CONFLICT && each.tries < MAX_TRIES) {
        each.tries += 1
        again.push(each)
      } else each.failed(new StoreWriteFailed(`${each.id} (status ${status})`))
    }
    waiting = [...again, ...later, ...waiting]
  }

  const run = async (): Promise<void> => {
    // Everything that this turn still puts comes along.
    await Promise.resolve()
    while (waiting.length > 0) {
      const group = waiting.slice(0, AT_ONCE)
      waiting = waiting.slice(AT_ONCE)
      try {
        await writeGroup(group)
      } catch (error) {
        const failure = new StoreWriteFailed(error instanceof Error ? error.message : String(error), error)
        for (const each of group) each.failed(failure)
      }
      if (waiting.length > 0) await nextTurn()
    }
    running = false
  }

  return {
    add: (id, step) =>
      new Promise((done, failed) => {
        waiting.push({ id, step, done, failed, tries: 0 })
        if (running) return
        running = true
        void run()
      }),
  }
}
