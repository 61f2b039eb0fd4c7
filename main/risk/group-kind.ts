/** What MT4 makes of a group by its name. */
export type GroupKind = 'real' | 'demo' | 'contest' | 'preliminary' | 'manager' | 'coverage'

/** The platform's own rule: case-sensitive, and in this order. Source: MT4 Administrator, group types. */
export const groupKind = (group: string): GroupKind => {
  if (group.includes('demo')) return 'demo'
  if (group === 'manager') return 'manager'
  if (group.includes('contest')) return 'contest'
  if (group === 'preliminary') return 'preliminary'
  if (group === 'coverage') return 'coverage'
  return 'real'
}
