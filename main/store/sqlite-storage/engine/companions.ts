import type { DatabaseSync } from 'node:sqlite'
import { StorageFailed } from '../errors.ts'
import type { EngineStart } from '../protocol.ts'
import type { Companion, CompanionHandlers } from '../types.ts'
import type { FileSealing } from './file-sealing.ts'
import type { Transactions } from './transactions.ts'

export type Companions = {
  /** Tells of documents that were written, as JSON, inside their transaction. */
  readonly written: (collection: string, documents: () => readonly string[]) => void
  readonly call: (name: string, method: string, input: unknown) => unknown
  readonly close: () => void
}

/** Opens the companions of a file, in the order given. */
export const openCompanions = (
  companions: readonly Companion[],
  db: DatabaseSync,
  transactions: Transactions,
  sealing: FileSealing,
  { databaseName, filename, hostData }: EngineStart,
  notify: (companion: string, message: unknown) => void,
): Companions => {
  const opened = new Map<string, CompanionHandlers>()
  const close = (): void => {
    for (const { close } of [...opened.values()].toReversed()) close?.()
    opened.clear()
  }
  try {
    for (const { name, open } of companions)
      opened.set(
        name,
        open({
          db,
          databaseName,
          filename,
          workerData: hostData,
          notify: (message) => notify(name, message),
          transaction: transactions.write,
          sealer: sealing.sealer,
          enterSealedColumn: sealing.enterColumn,
        }),
      )
  } catch (error) {
    close()
    throw error
  }
  const writers = [...opened.values()].filter(({ written }) => written)
  transactions.onCommit(() => {
    for (const { committed } of opened.values()) committed?.()
  })
  return {
    written: (collection, documents) => {
      if (writers.length === 0) return
      const all = documents()
      for (const { wants, written } of writers) {
        const wanted = wants ? all.filter((json) => wants(collection, json)) : all
        if (wanted.length > 0)
          written?.(
            collection,
            wanted.map((json) => JSON.parse(json) as object),
          )
      }
    },
    call: (name, method, input) => {
      const companion = opened.get(name)
      if (!companion?.call) throw new StorageFailed(`There is no companion ${name} that can be asked.`)
      return companion.call(method, input)
    },
    close,
  }
}
