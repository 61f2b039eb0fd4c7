import { clientIdOf } from '../../../shared/documents/client.ts'
import { emptyPerson } from '../../../shared/documents/person.ts'
import type { DocumentOf } from '../documents/collections.ts'

const made = {
  createdAt: 5,
  createdBy: 'ann',
  updatedAt: 5,
  updatedBy: 'ann',
  edits: {},
  conflicts: [],
  conflictAt: 0,
}

export const sampleClient = (
  login: number,
  more: Partial<DocumentOf<'clients'>> = {},
): DocumentOf<'clients'> => ({
  id: clientIdOf(login),
  mergedInto: '',
  pointer: false,
  login,
  logins: [login],
  stage: 'active',
  class: 'retail',
  ...emptyPerson(),
  name: `Zoë "${login}" O’Brien 😀`,
  phones: [{ number: '+49 30 123456', kind: 'mobile', note: '' }],
  comment: `=HYPERLINK("x")\r\nsecond line, ${login}`,
  tags: ['vip', 'eu'],
  ...made,
  outgoing: [],
  ...more,
})

export const sampleNote = (id: string, text: string): DocumentOf<'interactions'> => ({
  id,
  kind: 'note',
  subject: clientIdOf(1),
  login: 1,
  at: 7,
  by: 'ann',
  direction: 'none',
  channel: 'none',
  outcome: '',
  state: '',
  durationSeconds: 0,
  number: '',
  title: '',
  text,
  pinned: true,
  callBackAt: 0,
  alert: '',
  ...made,
  outgoing: [],
})
