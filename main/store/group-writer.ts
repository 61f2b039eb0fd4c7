/** A document to be written under its id. */
export type GroupWriter<D> = { readonly put: (id: string, document: D) => Promise<void> }

/**
 * Writes what is put in the same turn, or while a write is under way, as one group: one transaction and one wait for
 * the disk instead of many. Groups follow each other, so the last put of a document is the one that stays.
 */
export const createGroupWriter = <D>(write: (documents: D[]) => Promise<void>): GroupWriter<D> => {
  let waiting = new Map<string, D>()
  let next: Promise<void> | null = null
  let running: Promise<void> = Promise.resolve()

  const flush = async (before: Promise<void>): Promise<void> => {
    await before
    const documents = [...waiting.values()]
    waiting = new Map()
    next = null
    await write(documents)
  }
  return {
    put: (id, document) => {
      waiting.set(id, document)
      if (next === null) {
        next = flush(running)
        running = next.catch(() => {})
      }
      return next
    },
  }
}
