import { type DragEvent, type KeyboardEvent, useRef, useState } from 'react'
import { useDesk } from '../../data/desk-context.ts'
import { useMay } from '../../data/session-store.ts'
import { isTyping } from '../../ui/is-typing.ts'
import type { KeyHelp } from '../../ui/keys-card.tsx'
import { Panel } from '../../ui/panel.tsx'
import { StatementLines } from './statement-lines.tsx'
import { forgetStatement, readStatementFile, type StatementState, useStatement } from './statement-store.ts'
import { StatementTrades } from './statement-trades.tsx'
import { StatementVerdict } from './statement-verdict.tsx'
import './statement.css'

const keys: readonly KeyHelp[] = [{ keys: ['O'], does: 'open a statement' }]

const Empty = ({ allowed, onChoose }: { readonly allowed: boolean; readonly onChoose: () => void }) =>
  allowed ? (
    <>
      <p className="panel-message-title">Drop a statement here</p>
      <p className="muted">
        A Statement or Detailed Statement saved by an MT4 terminal (HTML or CSV), in any language. The desk
        recomputes every trade, the balance and the summary, and names the first difference. The file is not
        kept.
      </p>
      <button type="button" className="button button-primary" onClick={onChoose}>
        Choose a file
      </button>
    </>
  ) : (
    <>
      <p className="panel-message-title">Statements are read by dealers, compliance and administrators</p>
      <p className="muted">Your role has no right to them.</p>
    </>
  )

const Failed = ({
  file,
  why,
  onChoose,
}: {
  readonly file: string
  readonly why: string
  readonly onChoose: () => void
}) => (
  <div role="alert">
    <p className="panel-message-title">{file} could not be read</p>
    <p>{why}</p>
    <button type="button" className="button" onClick={onChoose}>
      Choose another file
    </button>
  </div>
)

const Report = ({ state }: { readonly state: StatementState }) => {
  if (state.phase !== 'done') return null
  const { report } = state
  return (
    <div className="statement">
      <StatementVerdict report={report} />
      <div className="statement-body">
        {report.lines.length > 0 && <StatementLines report={report} />}
        <StatementTrades key={`${report.file} ${report.time} ${report.rows.length}`} report={report} />
      </div>
    </div>
  )
}

/** A statement dropped in, and what the desk makes of it. */
export const StatementPanel = () => {
  const { client } = useDesk()
  const allowed = useMay('statement:read')
  const state = useStatement()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const choose = (): void => input.current?.click()
  const take = (file: File | undefined | null): void => {
    if (file && allowed) void readStatementFile(client.api, file)
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (
      event.key.toLowerCase() !== 'o' ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      isTyping(event.target)
    )
      return
    if (allowed) choose()
    event.preventDefault()
  }
  const onDrag = (event: DragEvent<HTMLElement>): void => {
    if (!allowed || !event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
    setOver(true)
  }
  const onDrop = (event: DragEvent<HTMLElement>): void => {
    setOver(false)
    if (!allowed) return
    event.preventDefault()
    take(event.dataTransfer.files.item(0))
  }

  const empty =
    state.phase === 'done' ? undefined : state.phase === 'failed' ? (
      <Failed file={state.file} why={state.why} onChoose={choose} />
    ) : state.phase === 'reading' ? undefined : (
      <Empty allowed={allowed} onChoose={choose} />
    )

  return (
    // A file may be dropped anywhere in the panel; keys and buttons do the same.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className="statement-drop"
      data-over={over}
      onDragEnter={onDrag}
      onDragOver={onDrag}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        accept=".htm,.html,.csv,.txt"
        aria-label="Statement file"
        tabIndex={-1}
        onChange={(event) => {
          take(event.target.files?.item(0))
          // The same file may be chosen again.
          event.target.value = ''
        }}
      />
      <Panel
        title="Statement"
        status={state.phase === 'reading' ? 'loading' : 'live'}
        keys={allowed ? keys : []}
        onKeyDown={onKeyDown}
        empty={empty}
        foot={
          <span>
            {state.phase === 'reading'
              ? `Reading ${state.file}…`
              : 'Contract sizes are inferred from the statement; nothing of it is kept'}
          </span>
        }
        toolbar={
          allowed &&
          state.phase !== 'none' && (
            <>
              <button type="button" className="button" onClick={choose}>
                Open a statement
              </button>
              <button type="button" className="button" onClick={forgetStatement}>
                Clear
              </button>
            </>
          )
        }
      >
        <Report state={state} />
      </Panel>
    </div>
  )
}
