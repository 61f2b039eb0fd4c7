import { userSchema } from '../../../shared/documents/user.ts'
import { storedCollection } from './stored.ts'

export const users = storedCollection({
  schema: userSchema,
  version: 0,
  indexes: [['role']],
  sealed: ['fullName', 'email', 'phone'],
})
