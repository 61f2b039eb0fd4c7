import { getIndexableStringMonad, getSchemaByObjectPath, type RxDocumentData, type RxJsonSchema } from 'rxdb'
import { type KeyField, packedKey } from './index-key.ts'

type Value = (document: unknown) => unknown

const valueAt = (path: string): Value => {
  const parts = path.split('.')
  const [first] = parts as [string]
  if (parts.length === 1) return (document) => (document as Record<string, unknown>)[first]
  return (document) => {
    let value: unknown = document
    for (const part of parts) {
      if (value === null || value === undefined) return undefined
      value = (value as Record<string, unknown>)[part]
    }
    return value
  }
}

/** A field as RxDB's index strings have it: a text padded with spaces, anything else of one length by itself. */
const keyField = <D>(schema: RxJsonSchema<RxDocumentData<D>>, path: string): KeyField<RxDocumentData<D>> => {
  const { type, maxLength = 0 } = getSchemaByObjectPath(schema, path)
  if (type !== 'string') return { textOf: getIndexableStringMonad<D>(schema, [path]), length: 0 }
  const value = valueAt(path)
  return { textOf: (document) => (value(document) as string | undefined) || '', length: maxLength }
}

/** A character that sorts before the space with which RxDB pads a text in its index strings. */
const belowSpace = /[^ -\uFFFF]/

/**
 * Whether all texts of a document that are in indexes sort there as they do by themselves. With a tab or another control
 * character in it one does not: `'a\t'` stands before `'a'`, which is padded with spaces.
 */
export const createSortsAsKey = <D>(
  schema: RxJsonSchema<RxDocumentData<D>>,
  indexes: readonly (readonly string[])[],
): ((document: RxDocumentData<D>) => boolean) => {
  const paths = new Set(indexes.flat())
  const texts = [...paths]
    .filter((path) => getSchemaByObjectPath(schema, path).type === 'string')
    .map((path) => valueAt(path))
  return (document) =>
    texts.every((value) => {
      const text = value(document)
      return typeof text !== 'string' || !belowSpace.test(text)
    })
}

/** Makes the key of a document in one index. */
export const createKeyMaker = <D>(
  schema: RxJsonSchema<RxDocumentData<D>>,
  paths: readonly string[],
): ((document: RxDocumentData<D>) => string) => {
  const fields = paths.map((path) => keyField(schema, path))
  return (document) => packedKey(fields, document)
}
