import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useDesk } from '../../data/desk-context.ts'
import { useSession } from '../../data/session-store.ts'
import { changesOf } from './rule-changes.ts'
import { RuleDiff } from './rule-diff.tsx'
import { RuleFields } from './rule-fields.tsx'
import { formOf, type RuleForm } from './rule-form.ts'
import type { FieldErrors } from './rule-messages.ts'
import { readDraft, saveDraft } from './rules-actions.ts'
import { dropDraft, isDirty, type RuleDraft, useRulesFact, writeField } from './rules-store.ts'

/** Before the first try to save, only what was written is judged. */
const toShow = (errors: FieldErrors, { base, form, tried }: RuleDraft): FieldErrors => {
  const start = formOf(base)
  return Object.fromEntries(
    (Object.entries(errors) as [keyof RuleForm, string][]).filter(
      ([field]) => tried || form[field] !== start[field],
    ),
  )
}

const Question = ({ onThrow, onKeep }: { readonly onThrow: () => void; readonly onKeep: () => void }) => {
  const keep = useRef<HTMLButtonElement>(null)
  useEffect(() => keep.current?.focus(), [])
  return (
    <div className="rule-end" role="alertdialog" aria-label="Unsaved changes">
      <span>What you wrote is not saved. Throw it away?</span>
      <button ref={keep} type="button" className="button button-primary" onClick={onKeep}>
        Keep editing
      </button>
      <button type="button" className="button" onClick={onThrow}>
        Throw away
      </button>
    </div>
  )
}

const notSaved = 'The rule was not saved; what was in force still is, and what you wrote is still here.'
const perhapsSaved =
  'The desk’s answer was lost, so it is not certain whether the rule was saved. What you wrote is still here, and the list shows what is in force as soon as the desk is heard again.'

type EditorProps = { readonly id: string; readonly draft: RuleDraft }

/** The form of one rule. Ctrl+Enter saves; Esc cancels and asks only if something was written. */
export const RuleEditor = ({ id, draft }: EditorProps) => {
  const { client } = useDesk()
  const base = useSession()?.base ?? ''
  const form = useRef<HTMLFormElement>(null)
  const [busy, setBusy] = useState(false)
  const [asking, setAsking] = useState(false)
  // The names of the other rules are part of the judgement.
  useRulesFact((book) => book.rules)
  const read = readDraft(id)
  const errors = read && !read.ok ? toShow(read.errors, draft) : {}
  const after = read?.ok ? read.rule : null
  const dirty = isDirty(draft)

  useEffect(() => {
    const own = form.current
    own?.scrollIntoView({ block: 'nearest' })
    if (own?.closest('.panel')?.contains(document.activeElement)) own.querySelector('input')?.focus()
  }, [])

  const focusError = (): void => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (busy || !dirty) return
    if (after && draft.base && changesOf(draft.base, after, base).length === 0) return dropDraft(id)
    setBusy(true)
    const saved = await saveDraft(client.api, id)
    if (saved) return
    setBusy(false)
    focusError()
  }

  const cancel = (): void => (dirty ? setAsking(true) : dropDraft(id))

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      if (asking) setAsking(false)
      else cancel()
    } else if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') form.current?.requestSubmit()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    // The form takes the keys of the fields that stand in it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      ref={form}
      className="rule-editor"
      noValidate
      aria-label={draft.base ? `Edit ${draft.base.name}` : 'New rule'}
      onSubmit={(event) => void submit(event)}
      onKeyDown={onKeyDown}
    >
      <RuleFields form={draft.form} errors={errors} base={base} onWrite={(part) => writeField(id, part)} />
      <div className="rule-foot">
        {draft.moved && (
          <p className="rule-note" role="status">
            Somebody else saved this rule meanwhile, so nothing was overwritten. What you wrote is kept, the
            other fields are theirs. Look at the comparison and save again.
          </p>
        )}
        {draft.failure && (
          <p className="rule-failure" role="alert">
            {draft.failure.certain ? notSaved : perhapsSaved} {draft.failure.reason}
          </p>
        )}
        {dirty && <RuleDiff before={draft.base} after={after} base={base} />}
        {asking ? (
          <Question onThrow={() => dropDraft(id)} onKeep={() => setAsking(false)} />
        ) : (
          <div className="rule-end">
            <button type="submit" className="button button-primary" disabled={busy || !dirty}>
              {busy ? 'Saving…' : draft.base ? 'Save changes' : 'Add rule'}
            </button>
            <button type="button" className="button" onClick={cancel}>
              Cancel
            </button>
            <span className="muted small">
              <kbd>Ctrl</kbd> <kbd>Enter</kbd> saves, <kbd>Esc</kbd> cancels
            </span>
          </div>
        )}
      </div>
    </form>
  )
}
