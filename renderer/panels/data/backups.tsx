import { useState } from 'react'
import type { Backup, StoreStatus } from '../../../shared/api/data.ts'
import { useDesk } from '../../data/desk-context.ts'
import { formatBytes, formatDay, formatNumber, formatTime } from '../../ui/format.ts'
import { AskedTwice } from './asked-twice.tsx'
import { restore } from './data-actions.ts'

type BackupsProps = { readonly status: StoreStatus; readonly controls: boolean; readonly busy: boolean }

/** Copies of the whole store, the newest first, and the way back to one of them. */
export const Backups = ({ status, controls, busy }: BackupsProps) => {
  const { client } = useDesk()
  const [asked, setAsked] = useState<Backup | null>(null)
  const { backups, restoresAtStart } = status
  return (
    <section aria-label="Backups">
      <h3>Backups</h3>
      {restoresAtStart !== null && (
        <p role="status">
          <strong>{restoresAtStart}</strong> takes the place of the present file at the next start.
        </p>
      )}
      {backups.length === 0 && <p className="muted">None yet.</p>}
      {backups.length > 0 && (
        <table className="compact">
          <thead>
            <tr>
              <th scope="col">Made, desk’s time</th>
              <th scope="col" className="num">
                Documents
              </th>
              <th scope="col" className="num">
                Size
              </th>
              <th scope="col">State</th>
              {controls && <th scope="col">Action</th>}
            </tr>
          </thead>
          <tbody>
            {backups.map((backup) => (
              <tr key={backup.name}>
                <td>
                  {formatDay(backup.at)} {formatTime(backup.at)}
                </td>
                <td className="num">{formatNumber(backup.documents)}</td>
                <td className="num">{formatBytes(backup.bytes)}</td>
                <td>{backup.verified ? '✓ opened and whole' : '! not verified'}</td>
                {controls && (
                  <td>
                    <button
                      type="button"
                      className="button-link"
                      disabled={busy}
                      aria-label={`Restore the backup of ${formatDay(backup.at)} ${formatTime(backup.at)}`}
                      onClick={() => setAsked(backup)}
                    >
                      Restore…
                    </button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {asked && (
        <AskedTwice
          what={`At the next start the desk's data will be those of ${formatDay(asked.at)} ${formatTime(asked.at)}. What was written since then stays in the present file, which is kept aside.`}
          word="restore"
          action="Restore at the next start"
          onDone={() => {
            void restore(client.api, asked.name)
            setAsked(null)
          }}
          onCancel={() => setAsked(null)}
        />
      )}
    </section>
  )
}
