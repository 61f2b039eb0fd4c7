import { BadSealing } from './errors.ts'

/** What of a collection is sealed. */
export type SealedParts = { readonly paths: readonly string[]; readonly attachments: boolean }

type Schema = {
  readonly primaryKey: string | { readonly key: string; readonly fields: readonly string[] }
  readonly indexes?: readonly (string | readonly string[])[]
  readonly encrypted?: readonly string[]
  readonly attachments?: { readonly encrypted?: boolean | undefined } | undefined
}

/** Fields the storage itself needs in the clear. */
const OWN = new Set(['_rev', '_deleted', '_meta', '_attachments'])

const within = (path: string, outer: string): boolean => path === outer || path.startsWith(`${outer}.`)

/**
 * What a schema asks to be sealed, in RxDB's own words (`encrypted`, `attachments.encrypted`).
 * @throws BadSealing where something that must be found by its value is to be sealed
 */
export const sealedParts = (collection: string, schema: Schema): SealedParts => {
  const paths = schema.encrypted ?? []
  const { primaryKey, indexes = [] } = schema
  const sealed = (field: string): boolean => paths.some((path) => within(field, path) || within(path, field))
  const id = typeof primaryKey === 'string' ? [primaryKey] : [primaryKey.key, ...primaryKey.fields]
  const indexed = indexes.flat().filter((field) => !id.includes(field))
  for (const [fields, what] of [
    [id, 'is part of the primary key'],
    [indexed, 'is indexed'],
    [[...OWN], 'is the storage’s own'],
  ] as const) {
    const bad = fields.find(sealed)
    if (bad !== undefined)
      throw new BadSealing(`Field ${bad} of collection ${collection} cannot be sealed: it ${what}.`)
  }
  return { paths, attachments: schema.attachments?.encrypted ?? false }
}

/** The same schema for RxDB's own checks, which know a schema with `encrypted` only in front of a storage. */
export const withoutSealing = <S extends Schema>(schema: S): S => {
  const { encrypted: _, ...rest } = schema
  return {
    ...rest,
    ...(schema.attachments ? { attachments: { ...schema.attachments, encrypted: false } } : {}),
  } as S
}
