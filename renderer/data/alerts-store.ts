import { create } from 'zustand'
import type { AlertEvent } from '../../shared/api/contract.ts'
import type { Alert } from '../../shared/api/models.ts'
import { rankAlerts } from './rank-alerts.ts'

export type AlertBook = {
  /** Before the desk's first answer there is nothing to say, not even "none". */
  readonly loaded: boolean
  readonly error: string | null
  readonly byId: ReadonlyMap<string, Alert>
  /** Not done, ranked. */
  readonly open: readonly Alert[]
  /** Done today, newest first. */
  readonly done: readonly Alert[]
}

export const noAlerts: AlertBook = { loaded: false, error: null, byId: new Map(), open: [], done: [] }

/** The book of alerts after one more event of the desk. */
export const withAlerts = (book: AlertBook, event: AlertEvent): AlertBook => {
  const byId = new Map(event.kind === 'all' ? [] : book.byId)
  for (const alert of event.alerts) byId.set(alert.id, alert)
  const all = [...byId.values()]
  return {
    loaded: true,
    error: null,
    byId,
    open: rankAlerts(all.filter((alert) => alert.state !== 'done')),
    done: all
      .filter((alert) => alert.state === 'done')
      .sort((a, b) => (b.closedAt ?? 0) - (a.closedAt ?? 0) || (a.id < b.id ? -1 : 1)),
  }
}

/** Differs whenever an alert of this login was raised, worked or closed. */
export const alertsRevision = (book: AlertBook, login: number): string =>
  [...book.byId.values()]
    .filter((alert) => alert.login === login)
    .map(({ id, state, calls, callBackAt }) => `${id} ${state} ${calls.length} ${callBackAt ?? ''}`)
    .join()

const useAlertBook = create<AlertBook>(() => noAlerts)

export const applyAlerts = (event: AlertEvent): void =>
  useAlertBook.setState((book) => withAlerts(book, event))
export const setAlertsError = (error: string): void => useAlertBook.setState({ error })
export const useAlerts = <T>(pick: (book: AlertBook) => T): T => useAlertBook(pick)
export const alertsNow = (): AlertBook => useAlertBook.getState()
/** Answers an unsubscribe. */
export const onAlerts = (fn: (now: AlertBook, before: AlertBook) => void): (() => void) =>
  useAlertBook.subscribe(fn)
