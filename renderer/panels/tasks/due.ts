import { NEVER } from '../../../shared/documents/fields.ts'

export type Due = 'overdue' | 'today' | 'later' | 'undated'

export const dueWords: Readonly<Record<Due, string>> = {
  overdue: 'Overdue',
  today: 'Today',
  later: 'Later',
  undated: 'No date',
}

/** Where a task stands against now; `endOfDay`: the end of today at this desk, UTC ms. */
export const dueOf = (dueAt: number, now: number, endOfDay: number): Due => {
  if (dueAt >= NEVER || dueAt === 0) return 'undated'
  if (dueAt < now) return 'overdue'
  return dueAt < endOfDay ? 'today' : 'later'
}

/** The coming midnight of this machine, UTC ms. */
export const endOfDay = (now: number): number => {
  const day = new Date(now)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).getTime()
}
