import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDocumentSealing } from './document-sealing.ts'
import { BadSealing, SealBroken } from './errors.ts'
import { withNewKey } from './key-ring.ts'
import { createSealer } from './sealer.ts'

const sealer = createSealer(withNewKey(null))
const id = Buffer.from('c1')
const client = {
  id: 'c1',
  name: 'Ann "the" Example\n\ud800',
  status: 'live',
  contact: { phone: '+44 20 7946 0958', mail: 'ann@example.com', country: 'GB' },
  notes: [{ text: 'hä?' }, null],
  _deleted: false,
  _meta: { lwt: 1.01 },
}
const sealing = (...paths: string[]) => createDocumentSealing(sealer, 'clients', paths)
const reopened = (own: ReturnType<typeof sealing>, document: object): unknown => {
  const { data, sealed } = own.close(JSON.stringify(document), id)
  return JSON.parse(own.open(data, sealed, id))
}

describe('sealing the fields of a document', () => {
  it('leaves readable what is not named, and puts back the rest', () => {
    const own = sealing('name', 'notes', 'contact')
    const { data, sealed } = own.close(JSON.stringify(client), id)
    expect(JSON.parse(data)).toEqual({ id: 'c1', status: 'live', _deleted: false, _meta: { lwt: 1.01 } })
    expect(JSON.parse(own.open(data, sealed, id))).toEqual(client)
    const { name, notes, contact } = client
    expect(own.openFields(sealed, id)).toEqual({ name, notes, contact })
  })

  it('takes single fields out of what lies deeper', () => {
    const own = sealing('name', 'contact.phone', 'contact.mail', 'missing.deep')
    const { data, sealed } = own.close(JSON.stringify(client), id)
    expect(JSON.parse(data)).toEqual({
      id: 'c1',
      status: 'live',
      contact: { country: 'GB' },
      notes: client.notes,
      _deleted: false,
      _meta: { lwt: 1.01 },
    })
    expect(JSON.parse(own.open(data, sealed, id))).toEqual(client)
    expect(own.openFields(sealed, id)).toEqual({
      name: client.name,
      contact: { phone: client.contact.phone, mail: client.contact.mail },
    })
    expect(client.contact.phone).toBe('+44 20 7946 0958')
  })

  it('seals whole what is not an object where the path goes on', () => {
    const odd = { id: 'c1', contact: ['+44 20 7946 0958'], other: { contact: 'x' } }
    const own = sealing('contact.phone', 'other.contact.phone')
    const { data, sealed } = own.close(JSON.stringify(odd), id)
    expect(JSON.parse(data)).toEqual({ id: 'c1', other: {} })
    expect(JSON.parse(own.open(data, sealed, id))).toEqual(odd)
  })

  it('gives back any JSON, whatever its fields are called and whichever are sealed', () => {
    // No backslash in names: see json-members.test.ts.
    const key = fc
      .oneof(fc.constantFrom('a', 'b', 'name', '__proto__', 'constructor', '1'), fc.string())
      .filter((text) => !text.includes('\\'))
    const json = fc.jsonValue({ maxDepth: 3 }).filter((j) => !JSON.stringify(j).includes(String.raw`"\\":`))
    const document = fc
      .array(fc.tuple(key, fc.oneof(json, fc.dictionary(key, json))), { maxLength: 8 })
      .map((entries) =>
        JSON.parse(`{${entries.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join(',')}}`),
      )
    const part = key.filter((k) => k !== '' && !k.includes('.'))
    const paths = fc.array(
      fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.')),
      { minLength: 1, maxLength: 5 },
    )
    fc.assert(
      fc.property(document, paths, (given, named) => {
        const own = sealing(...named)
        const { data, sealed } = own.close(JSON.stringify(given), id)
        expect(JSON.parse(own.open(data, sealed, id))).toEqual(given)
        const open = JSON.parse(data)
        const top = named.filter((path) => !path.includes('.'))
        expect(top.filter((path) => Object.hasOwn(open, path))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  it('opens a sealed part with no other document, and notices when it is missing', () => {
    const own = sealing('name')
    const first = own.close(JSON.stringify({ id: 'a', name: 'Ann' }), Buffer.from('a'))
    const second = own.close(JSON.stringify({ id: 'b', name: 'Bob' }), Buffer.from('b'))
    expect(() => own.open(first.data, second.sealed, Buffer.from('a'))).toThrow(SealBroken)
    expect(() => own.open(first.data, null, Buffer.from('a'))).toThrow(SealBroken)
    const elsewhere = createDocumentSealing(sealer, 'leads', ['name'])
    expect(() => elsewhere.open(first.data, first.sealed, Buffer.from('a'))).toThrow(SealBroken)
    const empty = own.close(JSON.stringify({ id: 'a' }), Buffer.from('a'))
    expect(JSON.parse(own.open(empty.data, empty.sealed, Buffer.from('a')))).toEqual({ id: 'a' })
    expect(() => own.open(empty.data, null, Buffer.from('a'))).toThrow(SealBroken)
  })

  it('leaves out what JSON leaves out', () => {
    expect(reopened(sealing('a', 'b.c'), { a: undefined, b: { c: undefined, d: 1 } })).toEqual({
      b: { d: 1 },
    })
    expect(reopened(sealing('a'), { a: undefined, b: 1 })).toEqual({ b: 1 })
  })

  it('refuses an empty path', () => {
    expect(() => sealing()).toThrow(BadSealing)
    expect(() => sealing('a..b')).toThrow(BadSealing)
  })
})
