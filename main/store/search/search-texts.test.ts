import { describe, expect, it } from 'vitest'
import { clientSchema } from '../../../shared/documents/client.ts'
import { emptyPerson } from '../../../shared/documents/person.ts'
import { searchTexts } from './search-texts.ts'

const client = {
  id: 'login-1001',
  mergedInto: '',
  login: 1001,
  logins: [1001, 1002],
  stage: 'active',
  class: 'retail',
  ...emptyPerson(),
  name: 'Ann Example',
  phones: [{ number: '+44 20 7946 0958', kind: 'home', note: 'after six' }],
  emails: [{ address: 'ann@mail.test', note: '' }],
  messengers: [{ service: 'telegram', handle: '@ann_e' }],
  address: { street: '1 High Street', city: 'Leeds', zipCode: 'LS1' },
  comment: 'Prefers evenings',
  tags: ['vip'],
}

describe('what of a document is searched', () => {
  it('of a client', () => {
    const shape = clientSchema.shape
    for (const field of Object.keys(client)) expect(shape).toHaveProperty(field)
    const found = searchTexts('clients', client)
    expect(found?.kind).toBe('client')
    expect(found?.fields.map(({ field, kind, text }) => [field, kind, text])).toEqual([
      ['name', 'name', 'Ann Example'],
      ['login', 'login', '1001'],
      ['login', 'login', '1002'],
      ['phone', 'phone', '+44 20 7946 0958'],
      ['phone note', 'text', 'after six'],
      ['email', 'email', 'ann@mail.test'],
      ['messenger', 'text', '@ann_e'],
      ['tag', 'tag', 'vip'],
      ['address', 'text', '1 High Street, LS1, Leeds'],
      ['comment', 'text', 'Prefers evenings'],
    ])
  })

  it('of a ticket', () => {
    const ticket = { kind: 'ticket', login: 1001, number: '', title: 'Payout late', text: 'Since Monday' }
    expect(searchTexts('interactions', ticket)).toEqual({
      kind: 'ticket',
      fields: [
        { field: 'title', kind: 'text', text: 'Payout late' },
        { field: 'text', kind: 'text', text: 'Since Monday' },
        { field: 'login', kind: 'login', text: '1001' },
      ],
    })
  })

  it('is nothing of a client that was merged into another, or of another collection', () => {
    expect(searchTexts('clients', { ...client, mergedInto: 'login-7' })).toBeNull()
    expect(searchTexts('settings', { id: 'layout:a' })).toBeNull()
  })

  it('is refused of what is no document of its collection', () => {
    expect(() => searchTexts('interactions', { kind: 'letter' })).toThrow(/kind/)
    expect(() => searchTexts('leads', { name: 5 })).toThrow(/name/)
  })
})
