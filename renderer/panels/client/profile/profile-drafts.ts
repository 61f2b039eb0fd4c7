import { create } from 'zustand'
import type { Client } from '../../../../shared/documents/client.ts'
import { type ProfileForm, profileForm } from './profile-form.ts'

/** An edit that is not saved yet: what the profile was when it began, and what it shall be. */
export type ProfileDraft = { readonly base: ProfileForm; readonly form: ProfileForm }

/** By login; kept while other clients are looked at. */
const useDrafts = create<Readonly<Record<number, ProfileDraft | undefined>>>(() => ({}))

export const useProfileDraft = (login: number): ProfileDraft | undefined =>
  useDrafts((drafts) => drafts[login])

export const beginProfile = (login: number, client: Client): void => {
  const base = profileForm(client)
  useDrafts.setState({ [login]: { base, form: base } })
}

export const changeProfile = (login: number, part: Partial<ProfileForm>): void =>
  useDrafts.setState((drafts) => {
    const draft = drafts[login]
    return draft ? { [login]: { ...draft, form: { ...draft.form, ...part } } } : {}
  })

export const dropProfile = (login: number): void => useDrafts.setState({ [login]: undefined })
