import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { type Alert, callOutcomes } from '../../../shared/api/models.ts'
import { useAlerts } from '../../data/alerts-store.ts'
import { useDesk } from '../../data/desk-context.ts'
import { useLinkFact } from '../../data/link-store.ts'
import { useSelect, useSelection } from '../../data/selection-store.ts'
import { useMay } from '../../data/session-store.ts'
import { useCard } from '../../data/use-card.ts'
import type { PanelStatus } from '../../data/view-status.ts'
import { formatNumber } from '../../ui/format.ts'
import { isTyping } from '../../ui/is-typing.ts'
import type { KeyHelp } from '../../ui/keys-card.tsx'
import { Panel } from '../../ui/panel.tsx'
import { openPanel } from '../../workspace/workspace-store.ts'
import { AlertDetail } from './alert-detail.tsx'
import { AlertRow } from './alert-row.tsx'
import { markAllSeen, markSeen, setCursor, useCursor } from './alerts-actions.ts'
import { chooseOutcome } from './outcome-form.tsx'
import './alerts.css'

const keys: readonly KeyHelp[] = [
  { keys: ['J', 'K'], does: 'next and previous alert' },
  { keys: ['C'], does: 'call the client' },
  { keys: ['O'], does: 'outcome form' },
  { keys: ['1', '…', '7'], does: 'choose the outcome' },
  { keys: ['Ctrl', 'Enter'], does: 'save the outcome' },
  { keys: ['S'], does: 'mark as seen' },
  { keys: ['Shift', 'S'], does: 'mark the whole list as seen' },
  { keys: ['Enter'], does: 'open the client’s card' },
  { keys: ['/'], does: 'search in the list' },
]

const matches = (alert: Alert, text: string): boolean =>
  `${alert.name} ${alert.login} ${alert.group} ${alert.country}`.toLowerCase().includes(text.toLowerCase())

const useStatus = (): { status: PanelStatus; error: string | null; hint: string } => {
  const loaded = useAlerts((book) => book.loaded)
  const error = useAlerts((book) => book.error)
  const reached = useLinkFact((link) => link.window.phase === 'open')
  // The list itself is the desk's own and always good; what cannot come is a new alert.
  const watched = useLinkFact(({ status }) => {
    const phase = status?.link.phase
    return phase !== 'offline' && phase !== 'idle' && phase !== 'connecting'
  })
  const live = watched ? 'live' : 'offline'
  const status = loaded ? (reached ? live : 'offline') : error ? 'error' : reached ? 'loading' : 'offline'
  const hint = reached
    ? 'No new alert comes before the bridge is back. Calls and outcomes are noted as ever.'
    : 'You can still read the list; calls are noted once the desk is back.'
  return { status, error, hint }
}

const Empty = ({ done, searched }: { readonly done: boolean; readonly searched: boolean }) =>
  searched ? (
    <>
      <p className="panel-message-title">No alert matches</p>
      <p className="muted">Clear the search to see the others.</p>
    </>
  ) : done ? (
    <>
      <p className="panel-message-title">No alert closed today</p>
      <p className="muted">Alerts come here with the outcome of the call.</p>
    </>
  ) : (
    <>
      <p className="panel-message-title">Nobody to call now</p>
      <p className="muted">
        When a client makes or loses more than a rule allows, the alert stands here with the reason, the
        figures and the number to call.
      </p>
    </>
  )

/** The call queue. J/K, C, a number, Ctrl+Enter: a whole call without the mouse. */
export const AlertsPanel = () => {
  const { client } = useDesk()
  const works = useMay('alert:work')
  const open = useAlerts((book) => book.open)
  const done = useAlerts((book) => book.done)
  const { status, error, hint } = useStatus()
  const cursor = useCursor()
  const { login: selected } = useSelection()
  const select = useSelect()
  const [showDone, setShowDone] = useState(false)
  const [search, setSearch] = useState('')
  const [formFor, setFormFor] = useState<string | null>(null)
  const root = useRef<HTMLDivElement>(null)
  const searchField = useRef<HTMLInputElement>(null)

  const list = useMemo(
    () => (showDone ? done : open).filter((alert) => search === '' || matches(alert, search)),
    [showDone, done, open, search],
  )
  const current = showDone ? undefined : open.find((alert) => alert.id === cursor)
  const { card, error: cardError } = useCard(current?.login)
  const formOpen = current !== undefined && (formFor === current.id || current.state === 'calling')
  const first = list[0]

  // The cursor stays where the person put it; when that alert is gone it goes to the head of the queue.
  useEffect(() => {
    if (showDone || current || !first) return
    setCursor(first.id)
    if (selected === undefined) select({ login: first.login })
  }, [showDone, current, first, selected, select])

  const moveTo = (alert: Alert): void => {
    setCursor(alert.id)
    select({ login: alert.login })
  }

  const showClient = (login: number): void => {
    select({ login })
    openPanel('client')
  }

  const move = (step: number): void => {
    const at = list.findIndex((alert) => alert.id === cursor)
    const next = list[Math.min(list.length - 1, Math.max(0, at + step))]
    if (!next) return
    moveTo(next)
    const row = root.current?.querySelector<HTMLElement>(`[data-alert="${CSS.escape(next.id)}"]`)
    row?.focus()
    row?.scrollIntoView({ block: 'nearest' })
  }

  const onDigit = (key: string): boolean => {
    const outcome = /^[1-9]$/.test(key) ? callOutcomes[Number(key) - 1] : undefined
    if (!outcome || !current || !formOpen) return false
    chooseOutcome(current.id, outcome, card?.timeZone ?? null)
    return true
  }

  const actions: Readonly<Record<string, () => void>> = {
    j: () => move(1),
    ArrowDown: () => move(1),
    k: () => move(-1),
    ArrowUp: () => move(-1),
    c: () => root.current?.querySelector<HTMLElement>('[data-call="true"]')?.click(),
    o: () => works && current && setFormFor(current.id),
    s: () => works && current?.state === 'new' && void markSeen(client.api, [current.id]),
    Enter: () => current && showClient(current.login),
    S: () => works && !showDone && void markAllSeen(client.api, list),
    '/': () => searchField.current?.focus(),
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'Enter')
      return root.current?.querySelector('form')?.requestSubmit()
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape') {
      if (isTyping(event.target)) root.current?.querySelector<HTMLElement>('[data-panel-focus]')?.focus()
      else setFormFor(null)
      return
    }
    if (isTyping(event.target)) return
    const button = event.target instanceof HTMLElement ? event.target.closest('a, button, label') : null
    if (event.key === 'Enter' && button && !button.matches('.alert-row')) return
    const action = actions[event.key] ?? actions[event.key.toLowerCase()]
    if (!action && !onDigit(event.key)) return
    event.preventDefault()
    action?.()
  }

  const tab = (isDone: boolean, name: string, count: number) => (
    <button
      type="button"
      className="tab"
      aria-pressed={showDone === isDone}
      onClick={() => setShowDone(isDone)}
    >
      {name} <span className="muted">{formatNumber(count)}</span>
    </button>
  )

  return (
    <Panel
      title="Alerts"
      status={status}
      error={error}
      offlineHint={hint}
      keys={keys}
      onKeyDown={onKeyDown}
      filter={search && `“${search}”`}
      empty={list.length === 0 && <Empty done={showDone} searched={search !== ''} />}
      foot={
        <span>
          {formatNumber(list.length)} of {formatNumber(open.length + done.length)} ·{' '}
          {showDone ? 'last closed first' : 'by severity, unseen first, then by money'}
        </span>
      }
      toolbar={
        <>
          {tab(false, 'Open', open.length)}
          {tab(true, 'Done today', done.length)}
          <input
            ref={searchField}
            type="search"
            className="field panel-search"
            aria-label="Search alerts"
            placeholder="Search"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </>
      }
    >
      <div ref={root}>
        <ol className="alerts" aria-label={showDone ? 'Alerts closed today' : 'Open alerts'}>
          {list.map((alert) => (
            <AlertRow
              key={alert.id}
              alert={alert}
              current={alert.id === current?.id}
              onSelect={() => (showDone ? showClient(alert.login) : moveTo(alert))}
            >
              {alert.id === current?.id && (
                <AlertDetail
                  alert={alert}
                  card={card}
                  cardError={cardError}
                  formOpen={formOpen}
                  onForm={(wanted) => setFormFor(wanted ? alert.id : null)}
                  onClient={() => showClient(alert.login)}
                  onDone={() => setFormFor(null)}
                />
              )}
            </AlertRow>
          ))}
        </ol>
      </div>
    </Panel>
  )
}
