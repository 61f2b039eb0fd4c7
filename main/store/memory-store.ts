import type { Alert, PlRule } from '../../shared/api/models.ts'
import type { JournalEntry, Store } from './types.ts'

/** A store without a disk, for tests of the services. Keeps copies, as a real one would. */
export const createMemoryStore = (): Omit<Store, 'documents' | 'outbox'> => {
  const alerts = new Map<string, Alert>()
  const rules = new Map<string, PlRule>()
  const layouts = new Map<string, string>()
  const journal: JournalEntry[] = []
  const newestFirst = (keep: (alert: Alert) => boolean): Alert[] =>
    structuredClone([...alerts.values()].filter(keep).sort((a, b) => b.raisedAt - a.raisedAt))
  return {
    search: null,
    data: null,
    alerts: {
      get: async (id) => structuredClone(alerts.get(id) ?? null),
      put: async (alert) => {
        alerts.set(alert.id, structuredClone(alert))
      },
      current: async (closedSince) =>
        newestFirst((alert) => alert.closedAt === null || alert.closedAt >= closedSince),
      forLogin: async (login, limit) => newestFirst((alert) => alert.login === login).slice(0, limit),
    },
    rules: {
      list: async () => structuredClone([...rules.values()]),
      put: async (rule) => {
        rules.set(rule.id, structuredClone(rule))
      },
    },
    layouts: {
      get: async (key) => layouts.get(key) ?? null,
      put: async (key, json) => {
        layouts.set(key, json)
      },
    },
    journal: {
      append: async (entry) => {
        journal.push({ ...entry })
      },
      recent: async (limit) => journal.slice(-limit).toReversed(),
    },
    health: () => ({ ok: true, detail: 'in memory' }),
    close: async () => {},
  }
}
