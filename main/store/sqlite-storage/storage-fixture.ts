import { fillWithDefaultSettings, type RxDocumentData, type RxJsonSchema, type RxStorage } from 'rxdb'

/** A schema with every kind of index, and documents of it, for tests of the storage. */
export type Doc = {
  id: string
  name: string
  age: number
  score: number
  flag: boolean
  nested: { deep: string }
}
export type Stored = RxDocumentData<Doc>

export const schemaOf = (more: Partial<RxJsonSchema<Doc>> = {}): RxJsonSchema<Stored> =>
  fillWithDefaultSettings<Doc>({
    version: 0,
    primaryKey: 'id',
    type: 'object',
    properties: {
      id: { type: 'string', maxLength: 20 },
      name: { type: 'string', maxLength: 10 },
      age: { type: 'integer', minimum: 0, maximum: 100, multipleOf: 1 },
      score: { type: 'number', minimum: -10, maximum: 10, multipleOf: 0.01 },
      flag: { type: 'boolean' },
      nested: { type: 'object', properties: { deep: { type: 'string', maxLength: 10 } } },
    },
    required: ['id', 'name', 'age', 'score', 'flag', 'nested'],
    indexes: ['id', 'name', ['age', 'name'], ['flag', 'age'], 'nested.deep', 'score'],
    ...more,
  })

export const document = (id: string, more: Partial<Stored> = {}): Stored => ({
  id,
  name: 'n',
  age: 1,
  score: 0,
  flag: false,
  nested: { deep: '' },
  _deleted: false,
  _attachments: {},
  _meta: { lwt: 1_000 },
  _rev: '1-a',
  ...more,
})

export const open = (
  storage: RxStorage<object, object>,
  more: {
    databaseName?: string
    schema?: RxJsonSchema<Stored>
    multiInstance?: boolean
    token?: string
  } = {},
) =>
  storage.createStorageInstance<Doc>({
    databaseInstanceToken: more.token ?? 'token',
    databaseName: more.databaseName ?? 'test',
    collectionName: 'docs',
    schema: more.schema ?? schemaOf(),
    options: {},
    multiInstance: more.multiInstance ?? false,
    devMode: false,
  })
