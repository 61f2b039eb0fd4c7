import { exportSchema } from '../../../shared/documents/export.ts'
import { storedCollection } from './stored.ts'

export const exportRecords = storedCollection({
  schema: exportSchema,
  version: 0,
  indexes: [['at'], ['kind', 'at']],
  sealed: [],
})
