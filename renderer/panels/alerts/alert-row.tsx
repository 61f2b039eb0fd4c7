import type { ReactNode } from 'react'
import type { Alert } from '../../../shared/api/models.ts'
import { useSecond } from '../../data/use-second.ts'
import { formatAge, formatAmount, formatMinute, formatPercent, formatTime } from '../../ui/format.ts'
import { breachReason, outcomeWords, severityShapes, severityWords, sideArrows } from './alert-words.ts'

const stateWords = { new: 'New', seen: 'Seen', calling: 'On call', done: 'Done' } as const

type RowProps = {
  readonly alert: Alert
  readonly current: boolean
  readonly onSelect: () => void
  readonly children?: ReactNode
}

const State = ({ alert }: { readonly alert: Alert }) => {
  const now = useSecond()
  if (alert.state === 'done')
    return `${alert.outcome ? outcomeWords[alert.outcome] : 'Closed'} ${formatTime(alert.closedAt ?? 0)} desk`
  if (alert.state === 'seen' && alert.callBackAt !== null)
    return `Call back ${formatMinute(alert.callBackAt)} desk`
  return `${stateWords[alert.state]} ${formatAge(now - alert.raisedAt)}`
}

/** One alert in two lines; whoever is on the cursor opens below. */
export const AlertRow = ({ alert, current, onSelect, children }: RowProps) => {
  const { figures, side, severity } = alert
  return (
    <li className="alert" data-severity={severity} data-state={alert.state} data-current={current}>
      <button
        type="button"
        className="alert-row"
        aria-expanded={alert.state === 'done' ? undefined : current}
        data-alert={alert.id}
        data-panel-focus={current ? '' : undefined}
        onClick={onSelect}
      >
        <span className="alert-mark" title={severityWords[severity]}>
          <span aria-hidden="true">{severityShapes[severity]}</span>
          <span className="visually-hidden">{severityWords[severity]}</span>
        </span>
        <span className="alert-who">
          <strong>{alert.name}</strong> <span className="muted">{alert.login}</span>
        </span>
        <span className="alert-state">
          <State alert={alert} />
        </span>
        <span className={`alert-value ${side === 'profit' ? 'gain' : 'loss'}`}>
          <span aria-hidden="true">{sideArrows[side]}</span>{' '}
          {formatAmount(figures.value, figures.currency, true)}
        </span>
        <span className="alert-why muted">
          {breachReason(alert)}
          {alert.note && ` · ${alert.note}`}
        </span>
        <span className="alert-share muted">
          {figures.currency !== figures.base && <>{formatAmount(figures.valueBase, figures.base, true)} · </>}
          {figures.share === null ? 'no own funds' : `${formatPercent(figures.share, 0, true)} of funds`}
        </span>
      </button>
      {children}
    </li>
  )
}
