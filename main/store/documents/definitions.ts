import { definitionSchema } from '../../../shared/documents/definition.ts'
import { storedCollection } from './stored.ts'

export const definitions = storedCollection({
  schema: definitionSchema,
  version: 0,
  indexes: [['kind', 'name']],
  sealed: [],
})
