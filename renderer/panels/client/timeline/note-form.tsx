import { useId } from 'react'
import { useDesk } from '../../../data/desk-context.ts'
import { SaveKeys } from '../../../ui/save-keys.tsx'
import { useSaving } from '../use-saving.ts'
import { changeWork, dropNote, useWorkDraft } from './work-drafts.ts'

/** Writes a note about a client. Ctrl+Enter saves, Esc closes; what was written stays until it is saved. */
export const NoteForm = ({ login }: { readonly login: number }) => {
  const { client } = useDesk()
  const draft = useWorkDraft(login)
  const id = useId()
  const text = draft.note.trim()

  const save = async (): Promise<void> => {
    await client.api.interactions.note({ about: { login }, title: '', text, pinned: draft.pinned })
    dropNote(login)
  }
  const { busy, failure, submit } = useSaving(text === '' ? null : save)

  return (
    <form className="work-form" aria-label="New note" onSubmit={submit}>
      <label htmlFor={id} className="visually-hidden">
        Note
      </label>
      <textarea
        id={id}
        className="field"
        rows={3}
        maxLength={20_000}
        // The form was opened by the person who now writes.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        placeholder="What everybody who speaks to this client should know"
        value={draft.note}
        onChange={(event) => changeWork(login, { note: event.target.value })}
      />
      {failure && (
        <p className="work-failure" role="alert">
          The note was not saved; what you wrote is still here. {failure}
        </p>
      )}
      <div className="work-end">
        <button type="submit" className="button button-primary" disabled={busy || text === ''}>
          {busy ? 'Saving…' : 'Save note'}
        </button>
        <button type="button" className="button" onClick={() => changeWork(login, { open: null })}>
          Close
        </button>
        <label className="work-check">
          <input
            type="checkbox"
            checked={draft.pinned}
            onChange={(event) => changeWork(login, { pinned: event.target.checked })}
          />
          Important
        </label>
        <SaveKeys />
      </div>
    </form>
  )
}
