import { useEffect } from 'react'
import { systemTimers } from '../../../shared/runtime/ports.ts'
import { alertsNow, applyAlerts, onAlerts, setAlertsError } from '../../data/alerts-store.ts'
import { useDesk } from '../../data/desk-context.ts'
import { followStream } from '../../data/follow-stream.ts'
import { useSession } from '../../data/session-store.ts'
import { useSettings } from '../../data/settings-store.ts'
import { alertSentence } from './alert-words.ts'
import { showAlert } from './alerts-actions.ts'
import { createBeeper } from './beeper.ts'
import { isOnCall, soundPlan } from './sound-plan.ts'
import { addAlertToast } from './toast-store.ts'

/** A critical alert that nobody has seen sounds this often. */
const REPEAT_MS = 4000

const ringer = (user: string): { look: (fresh: ReadonlySet<string>) => void; close: () => void } => {
  const beeper = createBeeper()
  const look = (fresh: ReadonlySet<string>): void => {
    const { open } = alertsNow()
    const { muted } = useSettings.getState()
    if (soundPlan(open, fresh, { muted, onCall: isOnCall(open, user, Date.now()) }) !== 'none') beeper.beep()
  }
  const timer = setInterval(() => look(new Set()), REPEAT_MS)
  return {
    look,
    close: () => {
      clearInterval(timer)
      beeper.close()
    },
  }
}

/** Keeps the alerts of this window current, sounds them, and puts new critical ones before the person. */
export const useAlertFeed = (): void => {
  const { client } = useDesk()
  const user = useSession()?.user ?? ''

  useEffect(() => {
    const ring = ringer(user)
    const end = followStream({
      client,
      timers: systemTimers,
      open: (signal) => client.api.alerts.watch(undefined, { signal }),
      take: applyAlerts,
      fail: setAlertsError,
    })
    const unsubscribe = onAlerts((now, before) => {
      const raised = now.open.filter((alert) => alert.state === 'new' && !before.byId.has(alert.id))
      if (raised.length === 0) return
      ring.look(new Set(raised.map((alert) => alert.id)))
      if (!before.loaded) return
      for (const alert of raised) {
        if (alert.severity !== 'critical') continue
        addAlertToast(alert.id)
        if (!document.hidden || !('Notification' in window) || Notification.permission !== 'granted') continue
        const note = new Notification('Deskline', { body: alertSentence(alert), tag: alert.id })
        note.addEventListener('click', () => {
          window.focus()
          showAlert(alert)
        })
      }
    })
    return () => {
      end()
      unsubscribe()
      ring.close()
    }
  }, [client, user])
}
