import { describe, expect, it } from 'vitest'
import type { Client } from '../../../../shared/documents/client.ts'
import { emptyPerson } from '../../../../shared/documents/person.ts'
import { editsOf, profileForm, tagsOf } from './profile-form.ts'

const client = {
  id: 'login-7',
  stage: 'active',
  class: 'retail',
  ...emptyPerson(),
  name: 'Anna Novák',
  phones: [{ number: '+420 777 111 222', kind: 'mobile', note: '' }],
} as unknown as Client

describe('the form of a profile', () => {
  it('starts from a copy of the client and changes nothing by itself', () => {
    const form = profileForm(client)
    form.phones.push({ number: '1', kind: 'home', note: '' })
    expect(client.phones).toHaveLength(1)
    expect(editsOf(profileForm(client), profileForm(client))).toBeNull()
  })

  it('sends only what was changed, with what it was', () => {
    const base = profileForm(client)
    expect(editsOf(base, { ...base, owner: 'maria', name: ' Anna Novák ' })).toEqual({
      base: { owner: '' },
      changes: { owner: 'maria' },
    })
  })

  it('takes rows that nobody filled in for none', () => {
    const base = profileForm(client)
    const blank = { number: ' ', kind: 'mobile', note: '' } as const
    expect(editsOf(base, { ...base, phones: [...base.phones, blank] })).toBeNull()
  })

  it('reads tags once each', () => {
    expect(tagsOf(' vip, swap-free ;vip,, ')).toEqual(['swap-free', 'vip'])
    expect(tagsOf('')).toEqual([])
  })
})
