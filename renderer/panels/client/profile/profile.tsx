import type { KeyboardEvent } from 'react'
import type { Client } from '../../../../shared/documents/client.ts'
import { useDesk } from '../../../data/desk-context.ts'
import { useMay } from '../../../data/session-store.ts'
import { useFollowed } from '../../../data/use-followed.ts'
import { formatDay, formatTime } from '../../../ui/format.ts'
import { SaveKeys } from '../../../ui/save-keys.tsx'
import { useSaving } from '../use-saving.ts'
import { Conflicts } from './conflicts.tsx'
import { beginProfile, changeProfile, dropProfile, useProfileDraft } from './profile-drafts.ts'
import { ProfileFields } from './profile-fields.tsx'
import { editedFields, editsOf, fieldNames } from './profile-form.ts'
import { valueWords } from './value-words.ts'
import './profile.css'

const Editor = ({ login }: { readonly login: number }) => {
  const { client } = useDesk()
  const draft = useProfileDraft(login)
  const edits = draft ? editsOf(draft.base, draft.form) : null
  const save = async (): Promise<void> => {
    if (edits !== null) await client.api.crm.save({ login, ...edits })
    dropProfile(login)
  }
  const { busy, failure, submit } = useSaving(edits === null ? null : save)
  if (!draft) return null

  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit()
    else if (event.key === 'Escape' && edits === null) dropProfile(login)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    // The form takes the keys of the fields that stand in it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form className="work-form" aria-label="Edit profile" onSubmit={submit} onKeyDown={onKeyDown}>
      <ProfileFields form={draft.form} onChange={(part) => changeProfile(login, part)} />
      {failure && (
        <p className="work-failure" role="alert">
          The profile was not saved; what you wrote is still here. {failure}
        </p>
      )}
      <div className="work-end">
        <button type="submit" className="button button-primary" disabled={busy || edits === null}>
          {busy ? 'Saving…' : 'Save changes'}
        </button>
        <button type="button" className="button" onClick={() => dropProfile(login)}>
          {edits === null ? 'Close' : 'Throw away changes'}
        </button>
        <SaveKeys />
      </div>
    </form>
  )
}

const Facts = ({ client }: { readonly client: Client }) => {
  const known = editedFields
    .map((field) => [field, valueWords(field, client[field])] as const)
    .filter(([field, words]) => words !== 'nothing' && field !== 'consents')
  const asked = Object.entries(client.consents).filter(([, said]) => said !== 'unknown')
  return (
    <dl className="facts">
      {known.map(([field, words]) => (
        <div key={field}>
          <dt>{fieldNames[field]}</dt>
          <dd>{words}</dd>
        </div>
      ))}
      {asked.length > 0 && (
        <div>
          <dt>{fieldNames.consents}</dt>
          <dd>{asked.map(([way, said]) => `${way}: ${said === 'given' ? 'yes' : 'no'}`).join(', ')}</dd>
        </div>
      )}
    </dl>
  )
}

/** What the desk itself knows of a client beside the MT4 record. Works without any connection. */
export const Profile = ({ login }: { readonly login: number }) => {
  const desk = useDesk()
  const writes = useMay('client:write')
  const draft = useProfileDraft(login)
  const { value, error } = useFollowed(`profile/${login}`, (signal) =>
    desk.client.api.crm.watchProfile({ login }, { signal }),
  )
  if (!value)
    return error ? (
      <p className="work-failure" role="alert">
        The profile could not be read; nothing was lost. {error}
      </p>
    ) : (
      <p className="muted">Reading…</p>
    )
  const { client, stored, openTasks } = value
  return (
    <div className="profile">
      <Conflicts
        conflicts={client.conflicts}
        onChoose={(conflict, choose) => desk.client.api.crm.resolve({ login, conflict, choose })}
      />
      {draft ? (
        <Editor login={login} />
      ) : (
        <>
          <Facts client={client} />
          <div className="work-end">
            {writes && (
              <button type="button" className="button" onClick={() => beginProfile(login, client)}>
                Edit profile
              </button>
            )}
            <span className="muted small">
              {stored
                ? `Changed by ${client.updatedBy}, ${formatDay(client.updatedAt)} ${formatTime(client.updatedAt)} desk`
                : 'As the server’s record says; nobody has written anything yet.'}
              {openTasks > 0 && ` · ${openTasks} open ${openTasks === 1 ? 'task' : 'tasks'}.`}
            </span>
          </div>
        </>
      )}
    </div>
  )
}
