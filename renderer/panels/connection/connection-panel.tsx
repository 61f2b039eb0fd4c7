import type { DeskStatus } from '../../../shared/api/models.ts'
import { useDesk } from '../../data/desk-context.ts'
import { type LinkView, useLink } from '../../data/link-store.ts'
import { useMay } from '../../data/session-store.ts'
import { useSecond } from '../../data/use-second.ts'
import { reconnect, resync } from '../../shell/link-actions.ts'
import { linkWords } from '../../shell/link-words.ts'
import {
  formatAge,
  formatBytes,
  formatMoment,
  formatMs,
  formatNumber,
  formatOffset,
  formatPercent,
  formatTime,
} from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { Sparkline } from './sparkline.tsx'
import './connection.css'

type Fact = readonly [name: string, value: string]

const linkFacts = ({ link }: DeskStatus, deskNow: number): Fact[] => [
  ['Bridge', link.bridge],
  ['Address', link.url],
  // Nothing is known of a bridge that was not heard since the desk started.
  ['Lag of the newest data', link.lastHeard > 0 ? formatMs(link.lagMs) : ''],
  ['Round trip', link.lastHeard > 0 ? formatMs(link.roundTripMs) : ''],
  [
    'Bridge clock against the desk’s',
    link.lastHeard > 0 ? `${link.clockOffset < 0 ? '−' : '+'}${formatMs(Math.abs(link.clockOffset))}` : '',
  ],
  ['Server’s time zone', formatOffset(link.serverTimeOffset)],
  ['Last heard', link.lastHeard > 0 ? `${formatAge(deskNow - link.lastHeard)} ago` : 'never'],
  ['Live', link.liveSince > 0 ? `for ${formatAge(deskNow - link.liveSince)}` : 'not now'],
]

const counters = ({ link: { counters: c } }: DeskStatus): Fact[] => [
  ['Frames', formatNumber(c.frames)],
  ['Received', formatBytes(c.bytes)],
  ['Ticks', formatNumber(c.ticks)],
  ['Changes', formatNumber(c.changes)],
  ['Refused', formatNumber(c.refused)],
  ['Gaps', formatNumber(c.gaps)],
  ['Snapshots', formatNumber(c.snapshots)],
  ['Resumes', formatNumber(c.resumes)],
  ['Resyncs', formatNumber(c.resyncs)],
  ['Reconnects', formatNumber(c.reconnects)],
  ['Hash mismatches', formatNumber(c.hashMismatches)],
]

const bookFacts = ({ book, store }: DeskStatus, deskNow: number): Fact[] => [
  [
    'Book as of',
    book.asOf > 0
      ? `${formatMoment(book.asOf, deskNow)}${book.source === 'file' ? ', from disk' : ''}`
      : 'none',
  ],
  ['Kept on disk', book.kept.detail || (book.kept.asOf > 0 ? formatMoment(book.kept.asOf, deskNow) : '')],
  ['Accounts', formatNumber(book.accounts)],
  ['Positions', formatNumber(book.positions)],
  ['Pending orders', formatNumber(book.pendings)],
  ['Symbols', formatNumber(book.symbols)],
  ['Groups', formatNumber(book.groups)],
  ['Valuation of everything', formatMs(book.passMs)],
  ['Memory of the book', formatBytes(book.memoryBytes)],
  ['Store', store.ok ? 'in order' : store.detail],
]

const Facts = ({ title, facts }: { readonly title: string; readonly facts: readonly Fact[] }) => (
  <section aria-label={title}>
    <h3>{title}</h3>
    <dl className="connection-facts">
      {facts
        .filter(([, value]) => value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  </section>
)

const Story = ({ view, now }: { readonly view: LinkView; readonly now: number }) => {
  const words = linkWords(view, now)
  const link = view.status?.link
  const wait = link && link.nextAttempt > 0 ? Math.max(0, link.nextAttempt - now - view.deskOffset) : 0
  return (
    <section className="connection-story" data-tone={words.tone}>
      <strong>{words.state}</strong>
      <p>{view.window.phase === 'open' ? link?.detail : view.window.detail}</p>
      {link?.phase === 'synchronising' && (
        <label>
          <progress max={1} value={link.progress} /> {formatNumber(link.rowsReceived)} of{' '}
          {formatNumber(link.rowsExpected)} rows, {formatPercent(link.progress, 0)}
        </label>
      )}
      {wait > 0 && (
        <p className="muted">
          Attempt {formatNumber((link?.attempts ?? 0) + 1)} in {formatAge(wait)}
        </p>
      )}
    </section>
  )
}

/** The way from the trade server to this window: what it does, how well, and what went wrong last. */
export const ConnectionPanel = () => {
  const { client } = useDesk()
  const view = useLink()
  const now = useSecond()
  const controls = useMay('link:control')
  const { status } = view
  const reached = view.window.phase === 'open'
  const refusal = status?.link.lastRefusal

  return (
    <Panel
      title="Connection"
      status={status ? (reached ? 'live' : 'offline') : reached ? 'loading' : 'error'}
      error={status ? null : view.window.detail}
      onRetry={client.retry}
      age={status ? now - view.heardAt : null}
      offlineHint="This window reconnects to the desk by itself."
      toolbar={
        controls && (
          <>
            <button
              type="button"
              className="button"
              disabled={!reached}
              onClick={() => void reconnect(client.api)}
            >
              Reconnect
            </button>
            <button
              type="button"
              className="button"
              disabled={!reached}
              title="Takes a fresh copy of everything; the old one stays on screen meanwhile"
              onClick={() => void resync(client.api)}
            >
              Take a fresh snapshot
            </button>
          </>
        )
      }
    >
      {status && (
        <div className="connection" role="group" aria-label="State of the link" tabIndex={0}>
          <Story view={view} now={now} />
          {status.link.lastHeard > 0 && <Sparkline values={view.lagHistory} />}
          <Facts title="Link" facts={linkFacts(status, now + view.deskOffset)} />
          <Facts title="Since the desk started" facts={counters(status)} />
          {refusal && (
            <section aria-label="Last refusal">
              <h3>Last refusal</h3>
              <p>
                {refusal.fault}: {refusal.detail}{' '}
                <span className="muted">at {formatTime(refusal.at)} desk</span>
              </p>
            </section>
          )}
          <Facts title="Book and store" facts={bookFacts(status, now + view.deskOffset)} />
        </div>
      )}
    </Panel>
  )
}
