import { appendFile, open, rm } from 'node:fs/promises'
import { z } from 'zod'
import { type CollectionName, collectionNames } from '../documents/collections.ts'
import { flush } from '../maintenance/files.ts'
import type { Documents } from '../repository/documents.ts'
import type { Repository } from '../repository/types.ts'

const entrySchema = z.object({
  collection: z.enum(collectionNames as [CollectionName, ...CollectionName[]]),
  id: z.string(),
  /** As it was; null: it was not there. */
  before: z.record(z.string(), z.unknown()).nullable(),
})
type Entry = z.infer<typeof entrySchema>

export type UndoLog = {
  /** What is about to be overwritten. On the disk when the promise resolves. */
  readonly note: (entries: readonly Entry[]) => Promise<void>
  /** Everything was written: nothing is to be undone any more. */
  readonly forget: () => Promise<void>
}

/** What an import overwrites, so that one that does not come to its end leaves nothing behind. */
export const createUndoLog = (path: string): UndoLog => ({
  note: async (entries) => {
    await appendFile(path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''), { mode: 0o600 })
    await flush(path)
  },
  forget: () => rm(path, { force: true }),
})

/**
 * Puts back what an import that was killed or failed had overwritten; answers how many documents. Documents that
 * somebody changed after the import are put back too: the import had not ended.
 */
export const undoImport = async (path: string, documents: Documents): Promise<number> => {
  const handle = await open(path, 'r').catch(() => null)
  if (handle === null) return 0
  let undone = 0
  try {
    for await (const line of handle.readLines()) {
      let entry: Entry
      try {
        entry = entrySchema.parse(JSON.parse(line))
      } catch {
        // The last line of a killed process: its documents were not written yet.
        continue
      }
      const repository = documents[entry.collection] as unknown as Repository<{ id: string }>
      const { before } = entry
      if (before === null) await repository.remove(entry.id)
      else await repository.put(before as { id: string })
      undone += 1
    }
  } finally {
    await handle.close()
  }
  await rm(path, { force: true })
  return undone
}
