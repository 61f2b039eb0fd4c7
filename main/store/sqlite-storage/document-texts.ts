import { setImmediate as turn } from 'node:timers/promises'
import type { RxDocumentData } from 'rxdb'
import type { Documents } from './protocol.ts'

/** How long one turn of the event loop is used for parsing. */
const BUDGET_MS = 8

/** Documents from the JSON of the worker; a long answer is parsed in several turns, so that nothing else waits for it. */
export const parseDocuments = async <D>(pieces: Documents): Promise<RxDocumentData<D>[]> => {
  if (pieces.length < 2)
    return pieces.length === 0 ? [] : (JSON.parse(pieces[0] as string) as RxDocumentData<D>[])
  const all: RxDocumentData<D>[] = []
  let began = performance.now()
  for (const piece of pieces) {
    for (const document of JSON.parse(piece) as RxDocumentData<D>[]) all.push(document)
    if (performance.now() - began < BUDGET_MS) continue
    await turn()
    began = performance.now()
  }
  return all
}
