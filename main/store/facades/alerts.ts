import { type AlertDocument, alertDocument } from '../documents/alerts.ts'
import type { Repository } from '../repository/types.ts'
import type { Store } from '../types.ts'

/** Alerts by what they are looked up by. */
export const alertsOf = (alerts: Repository<AlertDocument>): Store['alerts'] => ({
  get: async (id) => (await alerts.get(id))?.alert ?? null,
  put: (alert) => alerts.put(alertDocument(alert)),
  current: async (closedSince) => {
    const found = await alerts.find({ selector: { endedAt: { $gte: Math.max(0, closedSince) } } })
    return found.map(({ alert }) => alert).sort((a, b) => b.raisedAt - a.raisedAt)
  },
  forLogin: async (login, limit) => {
    const found = await alerts.find({
      selector: { login },
      sort: [{ login: 'desc' }, { raisedAt: 'desc' }, { id: 'desc' }],
      limit,
    })
    return found.map(({ alert }) => alert)
  },
})
