import {
  type BulkWriteRow,
  type CategorizeBulkWriteRowsOutput,
  categorizeBulkWriteRows,
  type RxDocumentData,
  type RxStorageInstance,
} from 'rxdb'
import { Outcome, type WriteAnswer } from './protocol.ts'

type Written<D> = Pick<CategorizeBulkWriteRowsOutput<D>, 'errors' | 'eventBulk'>

/**
 * Rows of one call in runs that name each document once. RxDB's sorting of rows looks only at what was stored before;
 * a second row on the same document has to be judged by what the first one wrote.
 */
export const runsOfDistinct = <D>(
  rows: BulkWriteRow<D>[],
  idOf: (document: unknown) => string,
): BulkWriteRow<D>[][] => {
  const runs: BulkWriteRow<D>[][] = []
  let seen = new Set<string>()
  let run: BulkWriteRow<D>[] = []
  for (const row of rows) {
    const id = idOf(row.document)
    if (seen.has(id)) {
      runs.push(run)
      run = []
      seen = new Set()
    }
    seen.add(id)
    run.push(row)
  }
  if (run.length > 0) runs.push(run)
  return runs
}

/** Reads outcomes one by one. */
const readerOf = (parts: readonly Uint8Array[]): (() => number) => {
  let part = 0
  let at = 0
  return () => {
    const outcomes = parts[part] as Uint8Array
    const outcome = outcomes[at++] as number
    if (at === outcomes.length) {
      part++
      at = 0
    }
    return outcome
  }
}

/**
 * The errors and events of a write as every storage of RxDB makes them: its own sorting of rows is given what the
 * worker found stored. The worker has judged the same rows by the same rules before it wrote them.
 */
export const writtenOf = <D>(
  instance: RxStorageInstance<D, object, object>,
  primaryPath: string,
  idOf: (document: unknown) => string,
  rows: BulkWriteRow<D>[],
  { first, outcomes, conflicts }: WriteAnswer,
  context: string,
): Written<D>[] => {
  const outcomeOf = readerOf(outcomes)
  const refused = JSON.parse(conflicts) as RxDocumentData<D>[]
  let last = first - 1
  let nextRefused = 0
  return runsOfDistinct(rows, idOf).map((run) => {
    const stored = new Map<string, RxDocumentData<D>>()
    for (const { document, previous } of run) {
      const outcome = outcomeOf()
      if (outcome <= Outcome.UPDATED) last++
      if (outcome === Outcome.CONFLICT)
        stored.set(idOf(document), refused[nextRefused++] as RxDocumentData<D>)
      else if (outcome === Outcome.UPDATED || outcome === Outcome.UPDATE_REFUSED)
        stored.set(idOf(document), previous as RxDocumentData<D>)
    }
    const { errors, eventBulk } = categorizeBulkWriteRows<D>(
      instance,
      primaryPath as never,
      stored,
      run,
      context,
    )
    // RxDB reports an insert as done even where its attachment was refused.
    const failed = new Set(errors.map(({ documentId }) => documentId))
    const events =
      failed.size === 0
        ? eventBulk.events
        : eventBulk.events.filter(({ documentId }) => !failed.has(documentId))
    return { errors, eventBulk: { ...eventBulk, events, checkpoint: { seq: last } } }
  })
}
