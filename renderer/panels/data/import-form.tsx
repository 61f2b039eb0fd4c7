import { useState } from 'react'
import type { ImportReport } from '../../../shared/api/data.ts'
import { useDesk } from '../../data/desk-context.ts'
import { formatNumber } from '../../ui/format.ts'
import { importFolder, useData } from './data-actions.ts'

const Report = ({ report }: { readonly report: ImportReport }) => (
  <>
    <table className="compact">
      <caption className="visually-hidden">
        {report.written ? 'What was taken in' : 'What would be taken in'}
      </caption>
      <thead>
        <tr>
          <th scope="col">Collection</th>
          {['Rows', 'New', 'Replaced', 'The same', 'Refused'].map((name) => (
            <th key={name} scope="col" className="num">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {report.collections.map(({ name, rows, added, replaced, same, bad }) => (
          <tr key={name}>
            <td>{name}</td>
            <td className="num">{formatNumber(rows)}</td>
            <td className="num">{formatNumber(added)}</td>
            <td className="num">{formatNumber(replaced)}</td>
            <td className="num">{formatNumber(same)}</td>
            <td className="num">{formatNumber(bad)}</td>
          </tr>
        ))}
      </tbody>
    </table>
    {report.badRows.length > 0 && (
      <ul className="data-bad">
        {report.badRows.slice(0, 50).map(({ file, line, why }) => (
          <li key={`${file}:${line}`}>
            {file}, line {formatNumber(line)}: {why}
          </li>
        ))}
      </ul>
    )}
  </>
)

/** Takes in a folder that an export made: first looked through, then written, whole or not at all. */
export const ImportForm = ({ busy }: { readonly busy: boolean }) => {
  const { client } = useDesk()
  const report = useData((state) => state.report)
  const [name, setName] = useState('')
  const [looked, setLooked] = useState('')
  const folder = name.trim()
  const ready = report !== null && looked === folder && !report.written && report.badRows.length === 0
  return (
    <section aria-label="Import">
      <h3>Import</h3>
      <div className="data-line">
        <label>
          Folder under imports or exports{' '}
          <input className="field" value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <button
          type="button"
          className="button"
          disabled={busy || folder === ''}
          onClick={() => {
            setLooked(folder)
            void importFolder(client.api, folder, false)
          }}
        >
          Look through
        </button>
        <button
          type="button"
          className="button"
          disabled={busy || !ready}
          onClick={() => void importFolder(client.api, folder, true)}
        >
          Take in
        </button>
      </div>
      {report && looked === folder && <Report report={report} />}
    </section>
  )
}
