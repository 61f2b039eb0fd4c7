import type { Alert } from '../../shared/api/models.ts'

const severityRank: Readonly<Record<Alert['severity'], number>> = { critical: 0, warning: 1, notice: 2 }
const stateRank: Readonly<Record<Alert['state'], number>> = { new: 0, seen: 1, calling: 1, done: 2 }

const compare = (a: Alert, b: Alert): number =>
  severityRank[a.severity] - severityRank[b.severity] ||
  stateRank[a.state] - stateRank[b.state] ||
  b.raisedAt - a.raisedAt ||
  (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** Critical before warning before notice, unseen first within each, then the newest; ids settle ties. */
export const rankAlerts = (alerts: readonly Alert[]): Alert[] => alerts.toSorted(compare)
