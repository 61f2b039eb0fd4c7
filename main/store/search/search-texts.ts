import { z } from 'zod'
import { interactionKinds } from '../../../shared/documents/interaction.ts'
import type { SearchField } from './types.ts'

const list = <T>(of: z.ZodType<T>) => z.array(of).default([])
const text = z.string().default('')

/** What is read of a person. Everything else may be as it likes: an older document is searched as far as it goes. */
const personSchema = z.object({
  mergedInto: text,
  login: z.number().default(0),
  logins: list(z.number()),
  name: text,
  phones: list(z.object({ number: text, note: text })),
  emails: list(z.object({ address: text, note: text })),
  messengers: list(z.object({ handle: text })),
  address: z
    .object({ street: text, city: text, zipCode: text })
    .default({ street: '', city: '', zipCode: '' }),
  comment: text,
  tags: list(z.string()),
})
const interactionSchema = z.object({
  kind: z.enum(interactionKinds),
  login: z.number().default(0),
  number: text,
  title: text,
  text,
})

type Texts = { readonly kind: string; readonly fields: readonly SearchField[] }

const personTexts = (kind: 'client' | 'lead', document: unknown): Texts | null => {
  const person = personSchema.parse(document)
  if (person.mergedInto !== '') return null
  const logins = new Set([person.login, ...person.logins].filter((login) => login > 0))
  const { street, city, zipCode } = person.address
  return {
    kind,
    fields: [
      { field: 'name', kind: 'name', text: person.name },
      ...[...logins].map((login) => ({ field: 'login', kind: 'login', text: String(login) }) as const),
      ...person.phones.flatMap(({ number, note }) => [
        { field: 'phone', kind: 'phone', text: number } as const,
        { field: 'phone note', kind: 'text', text: note } as const,
      ]),
      ...person.emails.flatMap(({ address, note }) => [
        { field: 'email', kind: 'email', text: address } as const,
        { field: 'email note', kind: 'text', text: note } as const,
      ]),
      ...person.messengers.map(({ handle }) => ({ field: 'messenger', kind: 'text', text: handle }) as const),
      ...person.tags.map((tag) => ({ field: 'tag', kind: 'tag', text: tag }) as const),
      { field: 'address', kind: 'text', text: [street, zipCode, city].filter(Boolean).join(', ') },
      { field: 'comment', kind: 'text', text: person.comment },
    ],
  }
}

const interactionTexts = (document: unknown): Texts => {
  const { kind, login, number, title, text } = interactionSchema.parse(document)
  return {
    kind,
    fields: [
      { field: 'title', kind: 'text', text: title },
      { field: 'text', kind: 'text', text },
      { field: 'login', kind: 'login', text: login > 0 ? String(login) : '' },
      { field: 'number', kind: 'phone', text: number },
    ],
  }
}

/**
 * What of a stored document is searched. `kind`: client, lead, call, note, message or ticket. Null for a document that
 * is not searched: another collection's, or a client that was merged into another.
 * @throws ZodError when it is not a document of its collection
 */
export const searchTexts = (collection: string, document: unknown): Texts | null => {
  const texts =
    collection === 'clients'
      ? personTexts('client', document)
      : collection === 'leads'
        ? personTexts('lead', document)
        : collection === 'interactions'
          ? interactionTexts(document)
          : null
  return texts && { kind: texts.kind, fields: texts.fields.filter(({ text }) => text !== '') }
}
