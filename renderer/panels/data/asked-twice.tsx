import { type FormEvent, useId, useState } from 'react'

type AskedTwiceProps = {
  /** What happens, in a sentence. */
  readonly what: string
  /** The word that has to be typed. */
  readonly word: string
  readonly action: string
  readonly onDone: () => void
  readonly onCancel: () => void
}

/** A question that a slip of the hand cannot answer. */
export const AskedTwice = ({ what, word, action, onDone, onCancel }: AskedTwiceProps) => {
  const [typed, setTyped] = useState('')
  const id = useId()
  const ready = typed.trim().toLowerCase() === word
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (ready) onDone()
  }
  return (
    <div role="alertdialog" aria-label={action}>
      <form className="data-question" onSubmit={submit}>
        <p>{what}</p>
        <div className="data-line">
          <label htmlFor={id}>
            Type <strong>{word}</strong> to go on
          </label>
          <input
            id={id}
            className="field"
            autoComplete="off"
            // The question was asked for by the person who answers it.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <button type="submit" className="button button-primary" disabled={!ready}>
            {action}
          </button>
          <button type="button" className="button" onClick={onCancel}>
            Cancel
          </button>
        </div>
      </form>
    </div>
  )
}
