import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { collectionNames, collections, FORMAT } from './collections.ts'

const digest = (value: unknown) =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)

type Property = { type?: string; maxLength?: number; multipleOf?: number; minimum?: number; maximum?: number }

/** What RxDB can make an index string of. */
const indexable = (part: Property | undefined): boolean => {
  if (part?.type === 'string') return (part.maxLength ?? 0) > 0
  if (part?.type === 'integer') return ![part.multipleOf, part.minimum, part.maximum].includes(undefined)
  return part?.type === 'boolean'
}

/**
 * Files with these schemas are on people's machines. Whoever changes a schema raises its version, writes the
 * migration, raises `FORMAT` and then this list (docs/store.md).
 */
it('has a schema for each version that does not change any more', () => {
  expect([
    `format ${FORMAT}`,
    ...collectionNames.map((name) => {
      const { rxSchema } = collections[name]
      return `${name} ${rxSchema.version} ${digest(rxSchema)}`
    }),
  ]).toMatchInlineSnapshot(`
    [
      "format 2",
      "clients 0 ab5f76fae0456b64",
      "leads 0 0bbd2329fc4e45aa",
      "interactions 0 4980f7d99ac208ad",
      "tasks 0 00db4185b667aba3",
      "alerts 1 870dccb6d4b9734b",
      "payments 0 15b23ade590ac8f4",
      "definitions 0 00104b7f724da9fd",
      "deliveries 0 495e0fcb13fe61ab",
      "exports 0 9d587b792b1e1568",
      "settings 1 a24c9cdcbee472f5",
      "users 0 32db41a38377452b",
    ]
  `)
})

it('fits into RxDB’s open core with its internal collection', () => {
  expect(collectionNames.length).toBeLessThanOrEqual(12)
})

it.each(collectionNames)('%s: what is indexed can be indexed, and nothing sealed is', (name) => {
  const { rxSchema } = collections[name]
  const sealed = new Set(rxSchema.encrypted)
  const properties = rxSchema.properties as Record<string, Property>
  for (const field of (rxSchema.indexes ?? []).flat()) {
    const part = properties[field]
    expect(sealed.has(field)).toBe(false)
    expect(rxSchema.required).toContain(field)
    expect(indexable(part)).toBe(true)
  }
  for (const field of sealed) expect(properties).toHaveProperty(field)
  expect(Object.keys(collections[name].migrations)).toHaveLength(rxSchema.version)
})
