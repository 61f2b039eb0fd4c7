import type { Alert } from '../../shared/api/models.ts'

const severityRank: Readonly<Record<Alert['severity'], number>> = { critical: 0, warning: 1, notice: 2 }
const stateRank: Readonly<Record<Alert['state'], number>> = { new: 0, seen: 1, calling: 1, done: 2 }

const compare = (a: Alert, b: Alert): number =>
  severityRank[a.severity] - severityRank[b.severity] ||
  stateRank[a.state] - stateRank[b.state] ||
  Math.abs(b.figures.valueBase) - Math.abs(a.figures.valueBase) ||
  (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/**
 * Critical before warning before notice, unseen first within each, then the most money at the breach, in base
 * currency: an order that does not jump when the next alert comes. Ids settle ties.
 */
export const rankAlerts = (alerts: readonly Alert[]): Alert[] => alerts.toSorted(compare)
