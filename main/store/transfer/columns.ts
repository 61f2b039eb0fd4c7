import type { CollectionName } from '../documents/collections.ts'
import { collections } from '../documents/collections.ts'

/** A field of a collection as it is exported. */
export type Column = { readonly name: string; readonly text: boolean; readonly sealed: boolean }

/** Commands that a write caused are the outbox's: they are not taken along, or they would be sent once more. */
const left = new Set(['outgoing'])

type Property = { type?: string; anyOf?: readonly Property[]; const?: unknown; enum?: readonly unknown[] }
const isText = ({ type, anyOf }: Property): boolean => type === 'string' || (anyOf?.every(isText) ?? false)

/** The fields of a collection in a fixed order: the id first, then by name. */
export const columnsOf = (name: CollectionName): Column[] => {
  const { rxSchema } = collections[name]
  const sealed = new Set<string>(rxSchema.encrypted ?? [])
  return Object.entries(rxSchema.properties as Record<string, Property>)
    .filter(([field]) => !left.has(field))
    .map(([field, property]) => ({ name: field, text: isText(property), sealed: sealed.has(field) }))
    .toSorted((a, b) => (a.name === 'id' ? -1 : b.name === 'id' ? 1 : a.name < b.name ? -1 : 1))
}
