import { useState } from 'react'
import { may } from '../../../shared/api/permissions.ts'
import { isMoney } from '../../../shared/bridge/verdict.ts'
import type { OutboxRow } from '../../../shared/outbox/rows.ts'
import { useDesk } from '../../data/desk-context.ts'
import { useSession } from '../../data/session-store.ts'
import { decide } from './outbox-actions.ts'
import { actsOf, actWords, laneWords, type OutboxAct, type StateWords, whatWords } from './outbox-words.ts'

type DecisionProps = {
  readonly row: OutboxRow
  readonly state: StateWords
  readonly onClose: () => void
}

/** The first thing to choose takes the keyboard when it appears. */
const focus = (button: HTMLButtonElement | null): void => button?.focus()

const isMoneyRow = ({ command }: OutboxRow): boolean =>
  typeof command?.['type'] === 'string' && isMoney(command['type'])

/** One command, what is known of it, and what may be decided. Each decision is asked once more before it is made. */
export const OutboxDecision = ({ row, state, onClose }: DecisionProps) => {
  const { api } = useDesk().client
  const role = useSession()?.role ?? null
  const [asked, setAsked] = useState<OutboxAct | null>(null)
  const allowed = role !== null && may(role, 'outbox:work') && (!isMoneyRow(row) || may(role, 'money:write'))
  const acts = allowed ? actsOf(row) : []
  // What changed meanwhile may have taken the choice away.
  const act = asked !== null && acts.includes(asked) ? asked : null
  const name = `${whatWords(row)}, ${laneWords(row.lane)}`
  return (
    // The region takes Esc for the buttons that stand in it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      className="outbox-decision"
      aria-label={name}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        if (act === null) onClose()
        else setAsked(null)
      }}
    >
      <p>
        <strong>{name}</strong>{' '}
        <span data-tone={state.tone ?? undefined}>
          {state.sign} {state.word}
        </span>
      </p>
      {row.reason && <p className="muted">{row.reason}</p>}
      {act === null ? (
        <div className="outbox-buttons">
          {acts.map((each, i) => (
            <button
              key={each}
              ref={i === 0 ? focus : null}
              type="button"
              className="button"
              onClick={() => setAsked(each)}
            >
              {actWords[each].word}
            </button>
          ))}
          <button ref={acts.length === 0 ? focus : null} type="button" className="button" onClick={onClose}>
            Close
          </button>
          {acts.length === 0 && (
            <span className="muted">
              {actsOf(row).length > 0 ? 'Your role may not decide about it.' : 'There is nothing to decide.'}
            </span>
          )}
        </div>
      ) : (
        <div className="outbox-buttons" role="alertdialog" aria-label={actWords[act].word}>
          <span>{actWords[act].after}</span>
          <button
            type="button"
            className="button button-primary"
            onClick={() => {
              setAsked(null)
              void decide(api, act, row.key)
            }}
          >
            {actWords[act].word}
          </button>
          <button ref={focus} type="button" className="button" onClick={() => setAsked(null)}>
            Back
          </button>
        </div>
      )}
    </section>
  )
}
