import type { z } from 'zod'
import type { clientEditSchema } from '../../../../shared/api/crm.ts'
import type { Client } from '../../../../shared/documents/client.ts'

export type ClientEdit = z.infer<typeof clientEditSchema>

/** What the form edits, in the order in which it stands there. */
export const editedFields = [
  'name',
  'phones',
  'emails',
  'messengers',
  'address',
  'birthDate',
  'language',
  'owner',
  'stage',
  'class',
  'tags',
  'consents',
  'nextContactAt',
  'comment',
] as const satisfies readonly (keyof ClientEdit)[]
export type EditedField = (typeof editedFields)[number]
export type ProfileForm = Pick<ClientEdit, EditedField>

export const fieldNames: Readonly<Record<EditedField, string>> = {
  name: 'Name',
  phones: 'Phones',
  emails: 'E-mails',
  messengers: 'Messengers',
  address: 'Address',
  birthDate: 'Birth date',
  language: 'Language',
  owner: 'Looked after by',
  stage: 'Stage',
  class: 'Class',
  tags: 'Tags',
  consents: 'May be contacted by',
  nextContactAt: 'Next contact',
  comment: 'Comment',
}

/** A field of any document as the window calls it. */
export const fieldName = (field: string): string => fieldNames[field as EditedField] ?? field

export const profileForm = (client: Client): ProfileForm => {
  const form: Record<string, unknown> = {}
  for (const field of editedFields) form[field] = client[field]
  return structuredClone(form) as ProfileForm
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Rows that nobody filled in are no entries. */
const tidy = (form: ProfileForm): ProfileForm => ({
  ...form,
  name: form.name.trim(),
  phones: form.phones.filter(({ number }) => number.trim() !== ''),
  emails: form.emails.filter(({ address }) => address.trim() !== ''),
  messengers: form.messengers.filter(({ service, handle }) => service.trim() !== '' && handle.trim() !== ''),
})

/** Fields that were changed, as they were (`base`) and as they shall be (`changes`); null when none was. */
export const editsOf = (
  base: ProfileForm,
  form: ProfileForm,
): { base: Partial<ProfileForm>; changes: Partial<ProfileForm> } | null => {
  const next = tidy(form)
  const changed = editedFields.filter((field) => !same(base[field], next[field]))
  if (changed.length === 0) return null
  const pick = (from: ProfileForm): Partial<ProfileForm> =>
    Object.fromEntries(changed.map((field) => [field, from[field]]))
  return { base: pick(base), changes: pick(next) }
}

/** `vip, swap-free` as tags: trimmed, each once, in alphabetical order. */
export const tagsOf = (text: string): string[] =>
  [...new Set(text.split(/[,;]/).map((tag) => tag.trim().slice(0, 60)))].filter(Boolean).sort()
