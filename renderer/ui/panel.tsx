import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import type { ViewMeta } from '../../shared/api/views.ts'
import type { PanelStatus } from '../data/view-status.ts'
import { formatAge, formatMoment, formatNumber, formatServerTime } from './format.ts'
import { isTyping } from './is-typing.ts'
import { type KeyHelp, KeysCard } from './keys-card.tsx'
import './panel.css'

export type PanelProps = {
  /** Accessible name, and the key under which the panel's keys are shown. */
  readonly title: string
  readonly status: PanelStatus
  /** Set while there is nothing to show: what the panel is for and what to do next. */
  readonly empty?: ReactNode
  /** What failed; shown whole where there are no data, as a strip above old data. */
  readonly error?: string | null | undefined
  readonly onRetry?: (() => void) | undefined
  /** Age of the data, ms. */
  readonly age?: number | null
  /** Head of the newest view frame: rows and server time of the foot line. */
  readonly meta?: ViewMeta | null
  /** The filter in words; nothing when all rows show. */
  readonly filter?: string
  /** What still works while offline. */
  readonly offlineHint?: string
  readonly toolbar?: ReactNode
  /** More of the foot line, such as totals. */
  readonly foot?: ReactNode
  readonly keys?: readonly KeyHelp[]
  readonly onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void
  readonly children?: ReactNode
}

const Skeleton = () => (
  <div className="panel-skeleton" role="status" aria-label="Loading">
    {Array.from({ length: 9 }, (_, row) => (
      <div key={row} className="panel-skeleton-row" style={{ width: `${92 - ((row * 37) % 41)}%` }} />
    ))}
  </div>
)

const Failure = ({ error, onRetry }: Pick<PanelProps, 'error' | 'onRetry'>) => (
  <div className="panel-message" role="alert">
    <p className="panel-message-title">This panel has no data</p>
    <p>{error ?? 'The desk gave no reason.'}</p>
    <p className="muted">Nothing you entered was lost.</p>
    {onRetry && (
      <button type="button" className="button" onClick={onRetry}>
        Try again
      </button>
    )}
  </div>
)

/** Frames of a view are there, and there was no book yet to fill them from. */
const bookless = ({ status, meta }: PanelProps): boolean => status !== 'live' && meta?.valuedAt === 0

/** Of which moment the figures are, and how long ago that was. */
const ageWords = ({ age, meta }: PanelProps): string => {
  if (age == null) return ''
  const { valuedAt = 0 } = meta ?? {}
  return valuedAt > 0
    ? ` Book as of ${formatMoment(valuedAt, valuedAt + age)}, ${formatAge(age)} ago.`
    : ` Data are ${formatAge(age)} old.`
}

const strip = (props: PanelProps): string | null => {
  const age = ageWords(props)
  if (props.error && props.status !== 'error') return `${props.error}${age}`
  if (bookless(props)) return null
  if (props.status === 'offline')
    return `Offline.${age} ${props.offlineHint ?? 'The last known figures stay.'}`
  if (props.status === 'stale') return `Stale.${age} Figures are not moving with the market.`
  return null
}

const Body = (props: PanelProps) => {
  const { status, empty, children } = props
  if (status === 'loading') return <Skeleton />
  if (status === 'error') return <Failure error={props.error} onRetry={props.onRetry} />
  if ((status === 'offline' && props.meta === null) || bookless(props))
    return (
      <div className="panel-message">
        <p className="panel-message-title">
          {status === 'offline' ? 'Offline, and nothing received yet' : 'Nothing received yet'}
        </p>
        <p className="muted">
          The panel fills by itself as soon as the {props.meta ? 'bridge' : 'desk'} is reached.
        </p>
      </div>
    )
  if (empty) return <div className="panel-message">{empty}</div>
  return children
}

const Foot = ({ status, meta, filter, age, foot }: PanelProps) => (
  <footer className="panel-foot">
    {meta && (
      <span>
        {formatNumber(meta.matched)} of {formatNumber(meta.all)}
      </span>
    )}
    {filter && (
      <span className="panel-foot-filter" title={filter}>
        Filter: {filter}
      </span>
    )}
    {foot}
    <span className="panel-foot-space" />
    {age != null && (
      <span className={status === 'live' ? '' : 'panel-foot-stale'}>
        {status === 'live' ? 'Age ' : status === 'stale' ? 'Stale, ' : 'Offline, '}
        {formatAge(age)}
      </span>
    )}
    {meta && meta.serverTime > 0 && (
      <span title="Time of the trade server">{formatServerTime(meta.serverTime)} server</span>
    )}
  </footer>
)

/** The frame of every panel: its five states, its keys (`?`) and its foot line. */
export const Panel = (props: PanelProps) => {
  const id = useId()
  const [showKeys, setShowKeys] = useState(false)
  const { title, status, toolbar, keys = [] } = props
  const text = strip(props)

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === '?' && !isTyping(event.target)) {
      setShowKeys((shown) => !shown)
      event.preventDefault()
    } else if (event.key === 'Escape' && showKeys) {
      setShowKeys(false)
      event.stopPropagation()
    } else props.onKeyDown?.(event)
  }

  return (
    // The section takes keys for what stands in it, as a toolbar or grid does.
    <section
      className="panel"
      data-status={status}
      data-panel={title}
      aria-labelledby={id}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <h2 id={id} className="visually-hidden">
        {title}
      </h2>
      {toolbar && <div className="panel-toolbar">{toolbar}</div>}
      {text && (
        <div className="panel-strip" role="status">
          {text}
          {props.error && props.onRetry && status !== 'error' && (
            <button type="button" className="button-link" onClick={props.onRetry}>
              Try again
            </button>
          )}
        </div>
      )}
      <div className="panel-body">
        <div className="panel-scroll">
          <Body {...props} />
        </div>
      </div>
      <Foot {...props} />
      {showKeys && <KeysCard title={title} keys={keys} onClose={() => setShowKeys(false)} />}
    </section>
  )
}
