import { useAlerts } from '../../data/alerts-store.ts'
import { useDesk } from '../../data/desk-context.ts'
import { dropNotice, useNotices } from '../../data/notice-store.ts'
import { useMay } from '../../data/session-store.ts'
import { formatAmount } from '../../ui/format.ts'
import { alertSentence, breachReason, severityShapes, sideArrows } from './alert-words.ts'
import { markSeen, showAlert } from './alerts-actions.ts'
import { dropAlertToast, useAlertToasts } from './toast-store.ts'
import './toasts.css'

/** New critical alerts, and notices that belong to no panel. */
export const Toasts = () => {
  const { client } = useDesk()
  const works = useMay('alert:work')
  const ids = useAlertToasts()
  const byId = useAlerts((book) => book.byId)
  const notices = useNotices()
  const alerts = ids.map((id) => byId.get(id)).filter((alert) => alert?.state === 'new')

  return (
    <aside aria-label="Notifications">
      <div className="toasts">
        {alerts.map(
          (alert) =>
            alert && (
              <div key={alert.id} className="toast" data-tone="critical">
                <div className="toast-text">
                  <strong>
                    <span className="toast-mark" aria-hidden="true">
                      {severityShapes[alert.severity]}
                    </span>{' '}
                    {alert.name}
                  </strong>
                  <span className={alert.side === 'profit' ? 'gain' : 'loss'}>
                    {sideArrows[alert.side]} {formatAmount(alert.figures.value, alert.figures.currency, true)}
                  </span>
                  <span className="muted">{breachReason(alert)}</span>
                </div>
                <div className="toast-actions">
                  <button
                    type="button"
                    className="button button-primary"
                    onClick={() => {
                      dropAlertToast(alert.id)
                      showAlert(alert)
                      if (works) void markSeen(client.api, [alert.id])
                    }}
                  >
                    Open
                  </button>
                  <button type="button" className="button" onClick={() => dropAlertToast(alert.id)}>
                    Later
                  </button>
                </div>
              </div>
            ),
        )}
        {notices.map(({ id, text, tone }) => (
          <div key={id} className="toast" data-tone={tone} role={tone === 'error' ? 'alert' : 'status'}>
            <span className="toast-text">{text}</span>
            <button type="button" className="button-link" onClick={() => dropNotice(id)}>
              Close
            </button>
          </div>
        ))}
      </div>
      <div className="visually-hidden" role="alert" aria-live="assertive">
        {alerts.map((alert) => alert && <p key={alert.id}>{alertSentence(alert)}</p>)}
      </div>
    </aside>
  )
}
