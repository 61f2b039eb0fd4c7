import { z } from 'zod'
import { outgoingCommandSchema } from '../../../shared/outbox/outgoing.ts'
import { contextOf, type Sealer } from '../sqlite-storage/sealing/sealer.ts'
import type { Companion } from '../sqlite-storage/types.ts'
import { outboxMethods } from './calls.ts'
import type { BodySeal } from './record.ts'
import { createOutboxTable } from './table.ts'

/** Name under which the storage knows it. */
export const OUTBOX = 'outbox'

/** What is said on the main side when commands were committed. */
export type OutboxNotice = { readonly lanes: readonly string[]; readonly keys: readonly string[] }

const bodySeal = (sealer: Sealer): BodySeal => ({
  seal: (json, key) => sealer.seal(json, contextOf(OUTBOX, key)),
  open: (sealed, key) => sealer.openText(sealed, contextOf(OUTBOX, key)),
})

const documentSchema = z.object({ id: z.string(), outgoing: z.array(outgoingCommandSchema) })

/** The outbox inside the document file: takes over what documents carry in `outgoing` as they are written. */
export const outboxCompanion: Companion = {
  name: OUTBOX,
  open: ({ db, transaction, notify, sealer, enterSealedColumn }) => {
    const table = createOutboxTable(db, sealer && bodySeal(sealer))
    if (sealer)
      transaction(() =>
        enterSealedColumn({ table: 'outbox', column: 'sealed', prefix: [OUTBOX], idColumns: ['key'] }),
      )
    const methods: { [method: string]: (input: never) => unknown } = outboxMethods(table, transaction)
    let news = new Map<string, string>()
    return {
      wants: (_, json) => json.includes('"outgoing":[{'),
      written: (collection, documents) => {
        for (const document of documents) {
          const { id, outgoing } = documentSchema.parse(document)
          for (const { key, lane } of table.insert(outgoing, collection, id)) news.set(key, lane)
        }
      },
      committed: () => {
        if (news.size === 0) return
        const notice: OutboxNotice = { lanes: [...new Set(news.values())], keys: [...news.keys()] }
        news = new Map()
        notify(notice)
      },
      call: (method, input) => {
        const asked = Object.hasOwn(methods, method) ? methods[method] : undefined
        if (!asked) throw new Error(`The outbox knows no ${method}.`)
        return asked(input as never)
      },
    }
  },
}
