import { dirname, join } from 'node:path'
import { addRxPlugin, createRxDatabase, type RxCollection, type RxDocument } from 'rxdb'
import { RxDBMigrationSchemaPlugin } from 'rxdb/plugins/migration-schema'
import { type Alert, alertSchema, type PlRule, plRuleSchema } from '../../shared/api/models.ts'
import type { Clock, Log } from '../../shared/runtime/ports.ts'
import {
  type AlertDocument,
  alertDocument,
  alertDocumentSchema,
  collections,
  type SettingDocument,
  type SettingKind,
  settingDocument,
  settingDocumentSchema,
} from './documents.ts'
import { BadDocument, StoreWriteFailed } from './errors.ts'
import { createGroupWriter } from './group-writer.ts'
import { createJournal } from './journal.ts'
import { ensureSoundFile } from './sound-file.ts'
import { createSqliteStorage } from './sqlite-storage/sqlite-storage.ts'
import type { Store } from './types.ts'

export type StoreOptions = {
  /** The document file; the journal lies beside it as `journal.sqlite`. Null keeps both in memory. */
  path: string | null
  clock: Clock
  log: Log
}

type Collections = { alerts: RxCollection<AlertDocument>; settings: RxCollection<SettingDocument> }

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/**
 * The desk's documents and its journal. One process at a time. A damaged file is moved aside and a fresh one opened;
 * `health()` says so until the next start. What is stored is checked against its schema before it is written and
 * when it is read; a stored document that does not fit is left where it is, logged and not answered.
 * @throws StoreInUse, StoreTooNew, StoreUnavailable
 */
export const createStore = async ({ path, clock, log }: StoreOptions): Promise<Store> => {
  addRxPlugin(RxDBMigrationSchemaPlugin)
  const journalPath = path && join(dirname(path), 'journal.sqlite')
  const complaints: string[] = []
  for (const file of [path, journalPath]) {
    const moved = file && ensureSoundFile(file, clock)
    if (!moved) continue
    complaints.push(`${file} was damaged. It was kept as ${moved}, and a fresh one is in use.`)
    log.error({ file, moved }, 'a database file was damaged and has been moved aside')
  }

  const database = await createRxDatabase<Collections>({
    name: 'desk',
    storage: createSqliteStorage({ path, exclusive: true }),
    multiInstance: false,
    eventReduce: false,
  })
  const { alerts, settings } = await database.addCollections(collections)
  const journal = createJournal(journalPath, log)
  let lastFailure: string | null = null

  const writerOf = <D>(collection: RxCollection<D>) =>
    createGroupWriter<D>(async (documents) => {
      try {
        const { error } = await collection.bulkUpsert(documents)
        if (error.length > 0)
          throw new StoreWriteFailed(error.map((e) => `${e.documentId} (status ${e.status})`).join(', '))
        lastFailure = null
      } catch (error) {
        lastFailure = `The last write failed: ${messageOf(error)}`
        throw error instanceof StoreWriteFailed ? error : new StoreWriteFailed(messageOf(error), error)
      }
    })
  const alertWriter = writerOf(alerts)
  const settingWriter = writerOf(settings)

  const readable = (documents: RxDocument<AlertDocument>[]): Alert[] => {
    const read: Alert[] = []
    for (const document of documents) {
      const { id, alert } = document.toJSON()
      const parsed = alertSchema.safeParse(alert)
      if (parsed.success) read.push(parsed.data)
      else log.error({ id, issues: parsed.error.issues }, 'a stored alert is not readable')
    }
    return read
  }
  const readRule = (json: string) => {
    try {
      return plRuleSchema.safeParse(JSON.parse(json))
    } catch (error) {
      return { success: false as const, error }
    }
  }
  const putSetting = async (kind: SettingKind, key: string, json: string): Promise<void> => {
    const document = settingDocumentSchema.safeParse(settingDocument(kind, key, json))
    if (!document.success) throw new BadDocument(`${kind} ${key}`, document.error.message)
    await settingWriter.put(document.data.id, document.data)
  }

  return {
    alerts: {
      get: async (id) => {
        const document = await alerts.findOne(id).exec()
        return document ? (readable([document])[0] ?? null) : null
      },
      put: async (alert) => {
        const document = alertDocumentSchema.safeParse(alertDocument(alert))
        if (!document.success) throw new BadDocument(`Alert ${alert.id}`, document.error.message)
        await alertWriter.put(alert.id, document.data)
      },
      current: async (closedSince) => {
        const found = await alerts.find({ selector: { endedAt: { $gte: Math.max(0, closedSince) } } }).exec()
        return readable(found).sort((a, b) => b.raisedAt - a.raisedAt)
      },
      forLogin: async (login, limit) =>
        readable(
          await alerts
            .find({ selector: { login }, sort: [{ login: 'desc' }, { raisedAt: 'desc' }], limit })
            .exec(),
        ),
    },
    rules: {
      list: async () => {
        const rules: PlRule[] = []
        for (const { key, json } of await settings.find({ selector: { kind: 'rule' } }).exec()) {
          const parsed = readRule(json)
          if (parsed.success) rules.push(parsed.data)
          else log.error({ rule: key, error: parsed.error }, 'a stored rule is not readable')
        }
        return rules
      },
      put: async (rule) => {
        const parsed = plRuleSchema.safeParse(rule)
        if (!parsed.success) throw new BadDocument(`Rule ${rule.id}`, parsed.error.message)
        await putSetting('rule', rule.id, JSON.stringify(parsed.data))
      },
    },
    layouts: {
      get: async (key) => (await settings.findOne(`layout:${key}`).exec())?.json ?? null,
      put: (key, json) => putSetting('layout', key, json),
    },
    journal,
    health: () => {
      const waiting = journal.waiting()
      const said = [
        ...complaints,
        ...(lastFailure === null ? [] : [lastFailure]),
        ...(waiting === 0 ? [] : [`${waiting} journal lines wait for the disk.`]),
      ]
      return { ok: said.length === 0, detail: said.join(' ') || (path ?? 'in memory') }
    },
    close: async () => {
      await database.close()
      journal.close()
    },
  }
}
