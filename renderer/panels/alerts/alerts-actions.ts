import { create } from 'zustand'
import type { Alert, CallOutcome } from '../../../shared/api/models.ts'
import type { DeskApi } from '../../data/desk-client.ts'
import { errorText } from '../../data/error-text.ts'
import { notify } from '../../data/notice-store.ts'
import { select } from '../../data/selection-store.ts'
import { openPanel } from '../../workspace/workspace-store.ts'

/** The alert that the queue's cursor stands on; shared, so that toasts and notifications can move it. */
const useCursorStore = create<{ readonly id: string | null }>(() => ({ id: null }))

export const useCursor = (): string | null => useCursorStore((state) => state.id)
export const setCursor = (id: string | null): void => useCursorStore.setState({ id })

/** Opens the queue at an alert, from outside any panel. */
export const showAlert = (alert: Alert): void => {
  setCursor(alert.id)
  select({ login: alert.login })
  openPanel('alerts')
}

const told = async (work: Promise<unknown>, what: string): Promise<boolean> => {
  try {
    await work
    return true
  } catch (error) {
    notify(`${what} ${errorText(error)}`, 'error')
    return false
  }
}

export const markSeen = (api: DeskApi, ids: string[]): Promise<boolean> =>
  told(api.alerts.seen({ ids }), 'The alert could not be marked as seen.')

/** Most ids the desk takes in one call. */
const MOST_SEEN = 500

export const markAllSeen = async (api: DeskApi, alerts: readonly Alert[]): Promise<void> => {
  const ids = alerts.filter(({ state }) => state === 'new').map(({ id }) => id)
  for (let from = 0; from < ids.length; from += MOST_SEEN)
    if (!(await markSeen(api, ids.slice(from, from + MOST_SEEN)))) return
}

/** Notes that a call was started; the `tel:` link itself is followed by the browser. */
export const noteCall = (api: DeskApi, id: string, number: string): Promise<boolean> =>
  told(api.alerts.call({ id, number }), 'The call was started but could not be noted.')

export const noteOutcome = (
  api: DeskApi,
  given: { id: string; outcome: CallOutcome; note: string; callBackAt: number | null },
): Promise<boolean> =>
  told(api.alerts.outcome(given), 'The outcome was not saved; what you wrote is still in the form.')
