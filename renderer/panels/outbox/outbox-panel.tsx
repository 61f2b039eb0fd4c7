import { useMemo, useState } from 'react'
import { may } from '../../../shared/api/permissions.ts'
import { useDesk } from '../../data/desk-context.ts'
import { useLink } from '../../data/link-store.ts'
import { useOutbox } from '../../data/outbox-store.ts'
import { useSession } from '../../data/session-store.ts'
import { useSecond } from '../../data/use-second.ts'
import { formatNumber } from '../../ui/format.ts'
import { ListGrid } from '../../ui/grid/list-grid.tsx'
import { Panel } from '../../ui/panel.tsx'
import { pauseChannel } from './outbox-actions.ts'
import { type OutboxLine, outboxColumns } from './outbox-columns.ts'
import { OutboxDecision } from './outbox-decision.tsx'
import { heldLanes, type OutboxFilter, outboxFilters, stateWords } from './outbox-words.ts'
import './outbox.css'

const nothing = (
  <>
    <p className="panel-message-title">Nothing to send</p>
    <p className="muted">
      Deposits, withdrawals and whatever else must reach the server stand here until they are done. They wait
      when the bridge is away and go out, in order, when it is back.
    </p>
  </>
)

const Pause = () => {
  const { api } = useDesk().client
  const role = useSession()?.role ?? null
  const channel = useOutbox(({ channels }) => channels.find((each) => each.channel === 'mt4'))
  if (!channel || role === null || !may(role, 'outbox:work')) return null
  return (
    <button
      type="button"
      className="button outbox-pause"
      aria-pressed={channel.paused}
      title={
        channel.paused
          ? `Nothing goes to the bridge; paused by ${channel.pausedBy}`
          : 'Nothing more goes to the bridge until you let it'
      }
      onClick={() => void pauseChannel(api, 'mt4', !channel.paused)}
    >
      {channel.paused ? '▶ Send again' : '❚❚ Pause'}
    </button>
  )
}

/** What must reach the server: what waits and why, what was done, and what needs a person. */
export const OutboxPanel = () => {
  const { loaded, error, rows, counts, channels } = useOutbox((book) => book)
  const { window } = useLink()
  const now = useSecond()
  const [filter, setFilter] = useState<OutboxFilter>('all')
  const [chosen, setChosen] = useState<string | null>(null)
  const held = useMemo(() => heldLanes(rows), [rows])
  const shown = useMemo(
    () =>
      rows
        .filter(outboxFilters[filter].keeps)
        .map((each): OutboxLine => ({ row: each, state: stateWords(each, channels, held, now), now })),
    [rows, channels, held, filter, now],
  )
  const row = chosen === null ? undefined : rows.find(({ key }) => key === chosen)
  const away = window.phase !== 'open'
  const status = loaded ? (away ? 'offline' : 'live') : error === null ? 'loading' : 'error'
  const paused = channels.find((each) => each.channel === 'mt4' && each.paused)
  return (
    <Panel
      title="Outbox"
      status={status}
      error={error}
      empty={loaded && rows.length === 0 ? nothing : undefined}
      offlineHint="The desk is not reached; it goes on sending by itself."
      keys={[{ keys: ['Enter'], does: 'look at the command and decide' }]}
      filter={filter === 'all' ? '' : outboxFilters[filter].word}
      toolbar={
        <>
          {(Object.keys(outboxFilters) as OutboxFilter[]).map((id) => (
            <button
              key={id}
              type="button"
              className="tab"
              aria-pressed={filter === id}
              onClick={() => setFilter(id)}
            >
              {outboxFilters[id].word} {formatNumber(rows.filter(outboxFilters[id].keeps).length)}
            </button>
          ))}
          <Pause />
        </>
      }
      foot={
        <span>
          {formatNumber(shown.length)} of {formatNumber(rows.length)} · {formatNumber(counts.waiting)} waiting
          {counts.held > 0 && ` · ${formatNumber(counts.held)} to decide`}
          {paused && ` · paused by ${paused.pausedBy}`}
        </span>
      }
    >
      <div className="outbox">
        <div className="outbox-list">
          <ListGrid
            label="Commands"
            rows={shown}
            columns={outboxColumns}
            keyOf={(line) => line.row.key}
            onOpen={(line) => setChosen(line.row.key)}
          />
        </div>
        {row && (
          <OutboxDecision
            key={row.key}
            row={row}
            state={stateWords(row, channels, held, now)}
            onClose={() => setChosen(null)}
          />
        )}
      </div>
    </Panel>
  )
}
