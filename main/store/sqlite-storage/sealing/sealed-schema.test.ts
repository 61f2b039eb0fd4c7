import { describe, expect, it } from 'vitest'
import { BadSealing } from './errors.ts'
import { sealedParts, withoutSealing } from './sealed-schema.ts'

const schema = {
  primaryKey: 'id',
  indexes: [['state', 'at'], 'login', ['_deleted', '_meta.lwt', 'id']],
  encrypted: ['name', 'contact.phone'],
  attachments: { encrypted: true },
}

describe('what a schema asks to be sealed', () => {
  it('are its paths, and its attachments', () => {
    expect(sealedParts('clients', schema)).toEqual({ paths: ['name', 'contact.phone'], attachments: true })
    expect(sealedParts('clients', { primaryKey: 'id' })).toEqual({ paths: [], attachments: false })
    expect(sealedParts('clients', { primaryKey: 'id', attachments: {} })).toEqual({
      paths: [],
      attachments: false,
    })
  })

  it.each([
    [['state'], 'Field state of collection clients cannot be sealed: it is indexed.'],
    [['id'], 'Field id of collection clients cannot be sealed: it is part of the primary key.'],
    [['_meta'], /_meta.*cannot be sealed/],
    [['_meta.lwt'], /_meta.*cannot be sealed/],
    [['_attachments'], 'Field _attachments of collection clients cannot be sealed: it is the storage’s own.'],
  ])('are not %j', (encrypted, message) => {
    expect(() => sealedParts('clients', { ...schema, encrypted })).toThrow(BadSealing)
    expect(() => sealedParts('clients', { ...schema, encrypted })).toThrow(message)
  })

  it('are not fields around or within an indexed one, nor parts of a composed key', () => {
    const indexes = [['contact.phone']]
    for (const encrypted of [['contact'], ['contact.phone'], ['contact.phone.home']])
      expect(() => sealedParts('c', { primaryKey: 'id', indexes, encrypted })).toThrow(/is indexed/)
    expect(sealedParts('c', { primaryKey: 'id', indexes, encrypted: ['contact.phones'] }).paths).toHaveLength(
      1,
    )
    const primaryKey = { key: 'id', fields: ['desk', 'name'] }
    expect(() => sealedParts('c', { primaryKey, encrypted: ['name'] })).toThrow(/primary key/)
  })

  it('is not shown to RxDB’s own checks', () => {
    expect(withoutSealing(schema)).toEqual({
      primaryKey: 'id',
      indexes: schema.indexes,
      attachments: { encrypted: false },
    })
    expect(withoutSealing({ primaryKey: 'id' })).toEqual({ primaryKey: 'id' })
  })
})
