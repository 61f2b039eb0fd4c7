import { appendFile, open, rm } from 'node:fs/promises'
import { z } from 'zod'
import { type CollectionName, collectionNames } from '../documents/collections.ts'
import { flush } from '../maintenance/files.ts'
import type { Documents } from '../repository/documents.ts'
import type { Repository } from '../repository/types.ts'
import type { KeyRing } from '../sqlite-storage/sealing/key-ring.ts'
import { contextOf, createSealer } from '../sqlite-storage/sealing/sealer.ts'

const entrySchema = z.object({
  collection: z.enum(collectionNames as [CollectionName, ...CollectionName[]]),
  id: z.string(),
  /** As it was; null: it was not there. */
  before: z.record(z.string(), z.unknown()).nullable(),
})
type Entry = z.infer<typeof entrySchema>

/** Where it lies, and what its lines are sealed with; null: nothing of the desk is. */
export type UndoFile = { readonly path: string; readonly keys: KeyRing | null }

const context = contextOf('import.undo')

/** A line of the file: the entry as JSON, sealed and in base64 where there are keys. */
const linesOf = (keys: KeyRing | null) => {
  const sealer = keys && createSealer(keys)
  return {
    write: (entry: Entry): string => {
      const json = JSON.stringify(entry)
      return sealer ? sealer.seal(json, context).toString('base64') : json
    },
    read: (line: string): Entry => {
      const json = sealer ? sealer.openText(Buffer.from(line, 'base64'), context) : line
      return entrySchema.parse(JSON.parse(json))
    },
  }
}

export type UndoLog = {
  /** What is about to be overwritten. On the disk when the promise resolves. */
  readonly note: (entries: readonly Entry[]) => Promise<void>
  /** Everything was written: nothing is to be undone any more. */
  readonly forget: () => Promise<void>
}

/** What an import overwrites, so that one that does not come to its end leaves nothing behind. */
export const createUndoLog = ({ path, keys }: UndoFile): UndoLog => {
  const { write } = linesOf(keys)
  return {
    note: async (entries) => {
      await appendFile(path, entries.map((entry) => `${write(entry)}\n`).join(''), { mode: 0o600 })
      await flush(path)
    },
    forget: () => rm(path, { force: true }),
  }
}

/**
 * Puts back what an import that was killed or failed had overwritten; answers how many documents. Documents that
 * somebody changed after the import are put back too: the import had not ended.
 */
export const undoImport = async ({ path, keys }: UndoFile, documents: Documents): Promise<number> => {
  const { read } = linesOf(keys)
  const handle = await open(path, 'r').catch(() => null)
  if (handle === null) return 0
  let undone = 0
  try {
    for await (const line of handle.readLines()) {
      let entry: Entry
      try {
        entry = read(line)
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
