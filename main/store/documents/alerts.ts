import { z } from 'zod'
import { type Alert, alertSchema } from '../../../shared/api/models.ts'
import { loginNumber, moment, NEVER } from '../../../shared/documents/fields.ts'
import { outgoingField, storedCollection } from './stored.ts'

/** An alert with what it is looked up by. `endedAt`: when it was closed, or `NEVER`. */
const stored = z.strictObject({
  id: z.string().min(1).max(120),
  login: loginNumber,
  raisedAt: moment,
  endedAt: moment,
  alert: alertSchema,
  ...outgoingField,
})
export type AlertDocument = z.infer<typeof stored>

export const alertDocument = (alert: Alert): AlertDocument => ({
  id: alert.id,
  login: alert.login,
  raisedAt: alert.raisedAt,
  endedAt: alert.closedAt ?? NEVER,
  alert,
  outgoing: [],
})

/** The alert carries the client's name and what was noted about a call, so all of it is sealed. */
export const alerts = storedCollection({
  schema: stored,
  version: 1,
  indexes: [['endedAt'], ['login', 'raisedAt']],
  sealed: ['alert', 'outgoing'],
  migrations: { 1: (old: object) => ({ ...old, outgoing: [] }) },
})
