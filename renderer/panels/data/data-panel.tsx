import { useEffect, useState } from 'react'
import type { StoreStatus } from '../../../shared/api/data.ts'
import { useDesk } from '../../data/desk-context.ts'
import { useLinkFact } from '../../data/link-store.ts'
import { useMay } from '../../data/session-store.ts'
import { formatBytes, formatNumber } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { AskedTwice } from './asked-twice.tsx'
import { Backups } from './backups.tsx'
import { backUp, check, compact, exportAll, loadStatus, useData, type Work } from './data-actions.ts'
import { ImportForm } from './import-form.tsx'
import { OpenConflicts } from './open-conflicts.tsx'
import '../../ui/facts.css'
import './data.css'

const busyWords: Readonly<Record<Work, string>> = {
  backup: 'Making a backup…',
  restore: 'Looking through the backup…',
  compact: 'Compacting…',
  check: 'Reading the whole file…',
  export: 'Exporting…',
  import: 'Reading the folder…',
}

const facts = (status: StoreStatus): (readonly [name: string, value: string])[] => [
  ['State', status.ok ? 'in order' : status.detail],
  ['File', status.file],
  ['Size', formatBytes(status.bytes)],
  ['Free inside', formatBytes(status.freeBytes)],
  ['Personal data on disk', status.sealed ? 'sealed' : 'in the clear'],
]

const Facts = ({ status }: { readonly status: StoreStatus }) => (
  <section aria-label="Store">
    <h3>Store</h3>
    <dl className="facts data-facts" data-ok={status.ok}>
      {facts(status).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
    <h3>Documents</h3>
    <dl className="facts data-counts">
      {status.collections.map(({ name, documents }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="num">{formatNumber(documents)}</dd>
        </div>
      ))}
    </dl>
  </section>
)

const Export = ({ busy }: { readonly busy: boolean }) => {
  const { client } = useDesk()
  const plain = useMay('data:export')
  const personal = useMay('data:export-personal')
  const exported = useData((state) => state.exported)
  const [asked, setAsked] = useState(false)
  if (!plain && !personal) return null
  return (
    <section aria-label="Export">
      <h3>Export in open formats (JSON Lines and CSV)</h3>
      <div className="data-line">
        {plain && (
          <button
            type="button"
            className="button"
            disabled={busy}
            onClick={() => void exportAll(client.api, false)}
          >
            Export without personal data
          </button>
        )}
        {personal && (
          <button type="button" className="button" disabled={busy} onClick={() => setAsked(true)}>
            Export everything…
          </button>
        )}
      </div>
      {exported && <p className="data-path">Last export: {exported}</p>}
      {asked && (
        <AskedTwice
          what="Names, phones, e-mails, addresses and notes of every client will lie in the export in the clear. The export is written into the journal."
          word="personal"
          action="Export everything"
          onDone={() => {
            void exportAll(client.api, true)
            setAsked(false)
          }}
          onCancel={() => setAsked(false)}
        />
      )}
    </section>
  )
}

/** The desk's own data as a whole: how they are, copies of them, and the ways out and in. */
export const DataPanel = () => {
  const { client } = useDesk()
  const { status, reads, error, running } = useData()
  const allowed = useMay('data:read')
  const controls = useMay('data:control')
  const reached = useLinkFact((link) => link.window.phase === 'open')
  const busy = running !== null || !reached

  useEffect(() => {
    if (allowed && reached) void loadStatus(client.api)
  }, [client, allowed, reached])

  if (!allowed)
    return (
      <Panel
        title="Data"
        status="live"
        empty={<p>The desk’s data are looked after by administrators; compliance may look.</p>}
      />
    )
  return (
    <Panel
      title="Data"
      status={status ? (reached ? 'live' : 'offline') : error ? 'error' : 'loading'}
      error={error}
      onRetry={() => void loadStatus(client.api)}
      offlineHint="This window reconnects to the desk by itself."
      toolbar={
        <>
          {controls && (
            <>
              <button
                type="button"
                className="button"
                disabled={busy}
                onClick={() => void backUp(client.api)}
              >
                Back up now
              </button>
              <button type="button" className="button" disabled={busy} onClick={() => void check(client.api)}>
                Check
              </button>
              <button
                type="button"
                className="button"
                disabled={busy}
                onClick={() => void compact(client.api)}
              >
                Compact
              </button>
            </>
          )}
          <button
            type="button"
            className="button"
            disabled={busy}
            onClick={() => void loadStatus(client.api)}
          >
            Refresh
          </button>
          {running && <span role="status">{busyWords[running]}</span>}
        </>
      }
    >
      {status && (
        <div className="data" role="group" aria-label="The desk’s data" tabIndex={0}>
          <Facts status={status} />
          <OpenConflicts revision={reads} />
          <Backups status={status} controls={controls} busy={busy} />
          <Export busy={busy} />
          {controls && <ImportForm busy={busy} />}
        </div>
      )}
    </Panel>
  )
}
