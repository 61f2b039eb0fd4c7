import { type KeyboardEvent, useState } from 'react'
import type { ClientCard } from '../../../../shared/api/models.ts'
import {
  type Interaction,
  type InteractionKind,
  interactionKinds,
} from '../../../../shared/documents/interaction.ts'
import { useDesk } from '../../../data/desk-context.ts'
import { useMay } from '../../../data/session-store.ts'
import { usePage } from '../../../data/use-page.ts'
import { formatDay, formatNumber, formatTime } from '../../../ui/format.ts'
import { CallForm } from './call-form.tsx'
import { NoteForm } from './note-form.tsx'
import { callBackWords, interactionHead } from './timeline-words.ts'
import { changeWork, useWorkDraft } from './work-drafts.ts'
import './timeline.css'

const STEP = 25
/** Most rows the desk gives at once. */
const MOST = 200

const kindNames: Readonly<Record<InteractionKind, string>> = {
  call: 'Calls',
  note: 'Notes',
  message: 'Messages',
  ticket: 'Tickets',
}
const shapes: Readonly<Record<InteractionKind, string>> = { call: '☎', note: '✎', message: '✉', ticket: '▤' }

const Row = ({ each }: { readonly each: Interaction }) => (
  <li className="timeline-row" data-kind={each.kind}>
    <span className="timeline-shape" aria-hidden="true">
      {shapes[each.kind]}
    </span>
    <div>
      <p className="timeline-head">
        <strong>{interactionHead(each)}</strong>
        {each.pinned && (
          <span className="badge" data-tone="warning">
            Important
          </span>
        )}
        <span className="muted">
          {each.by} · {formatDay(each.at)} {formatTime(each.at)} desk
        </span>
      </p>
      {each.title && <p>{each.title}</p>}
      {each.text && <p className="timeline-text">{each.text}</p>}
      {each.callBackAt > 0 && <p className="muted">{callBackWords(each)}</p>}
    </div>
  </li>
)

const Tools = ({ login }: { readonly login: number }) => {
  const { open } = useWorkDraft(login)
  const notes = useMay('note:write')
  const contacts = useMay('client:contact')
  const toggle = (form: 'note' | 'call'): void =>
    changeWork(login, {
      open: open === form ? null : form,
      ...(form === 'call' && open !== 'call' ? { startedAt: Date.now() } : {}),
    })
  return (
    <>
      {notes && (
        <button
          type="button"
          className="button"
          aria-expanded={open === 'note'}
          onClick={() => toggle('note')}
        >
          Add note
        </button>
      )}
      {contacts && (
        <button
          type="button"
          className="button"
          aria-expanded={open === 'call'}
          onClick={() => toggle('call')}
        >
          Log a call
        </button>
      )}
    </>
  )
}

/** Calls, notes, messages and tickets about a client, newest first; works without any connection. */
export const Timeline = ({ card }: { readonly card: ClientCard }) => {
  const { client } = useDesk()
  const { login } = card
  const draft = useWorkDraft(login)
  const [kind, setKind] = useState<InteractionKind | null>(null)
  const [from, setFrom] = useState(0)
  const [count, setCount] = useState(STEP)
  const page = usePage(`${login}/${kind}`, `${from}/${count}`, (signal) =>
    client.api.interactions.watch(
      { about: { login }, ...(kind === null ? {} : { kind }), from, count },
      { signal },
    ),
  )
  const choose = (next: InteractionKind | null): void => {
    setKind(next)
    setFrom(0)
    setCount(STEP)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
      event.currentTarget.querySelector<HTMLFormElement>('form')?.requestSubmit()
    else if (event.key === 'Escape' && draft.open !== null) changeWork(login, { open: null })
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const older = page.total - from - page.rows.length

  return (
    // The section takes the keys of the forms that stand in it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section className="timeline" aria-label="Timeline" onKeyDown={onKeyDown}>
      <div className="timeline-tools">
        <Tools login={login} />
        <span className="timeline-kinds" role="group" aria-label="Show">
          <button type="button" className="tab" aria-pressed={kind === null} onClick={() => choose(null)}>
            All
          </button>
          {interactionKinds.map((each) => (
            <button
              key={each}
              type="button"
              className="tab"
              aria-pressed={kind === each}
              onClick={() => choose(each)}
            >
              {kindNames[each]}
            </button>
          ))}
        </span>
      </div>
      {draft.open === 'note' && <NoteForm login={login} />}
      {draft.open === 'call' && <CallForm card={card} />}
      {page.error && (
        <p className="work-failure" role="alert">
          The timeline could not be read; nothing was lost. {page.error}
        </p>
      )}
      {page.loading && <p className="muted">Reading…</p>}
      {!page.loading && !page.error && page.total === 0 && (
        <p className="muted">
          {kind === null
            ? 'Nothing yet. Notes and calls you write here are kept on this machine, also while the server is away.'
            : `No ${kindNames[kind].toLowerCase()}.`}
        </p>
      )}
      <ol className="timeline-rows">
        {page.rows.map((each) => (
          <Row key={each.id} each={each} />
        ))}
      </ol>
      <div className="work-end">
        {from > 0 && (
          <button type="button" className="button" onClick={() => setFrom(Math.max(0, from - MOST))}>
            Newer
          </button>
        )}
        {older > 0 && (
          <button
            type="button"
            className="button"
            onClick={() => (count < MOST ? setCount(Math.min(MOST, count * 2)) : setFrom(from + MOST))}
          >
            Older: {formatNumber(older)}
          </button>
        )}
      </div>
    </section>
  )
}
