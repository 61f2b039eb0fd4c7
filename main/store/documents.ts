import type { RxJsonSchema } from 'rxdb'
import { z } from 'zod'
import { type Alert, alertSchema } from '../../shared/api/models.ts'

/** The last moment a JavaScript date knows: when an open alert ends. */
const NEVER = 8_640_000_000_000_000

/** UTC ms as RxDB can index it. */
const moment = z.int().min(0).max(NEVER).multipleOf(1)

/** An alert with what it is looked up by. `endedAt`: when it was closed, or `NEVER`. */
export const alertDocumentSchema = z.strictObject({
  id: z.string().min(1).max(120),
  login: z.int().min(0).max(2_147_483_647).multipleOf(1),
  raisedAt: moment,
  endedAt: moment,
  alert: alertSchema,
})
export type AlertDocument = z.infer<typeof alertDocumentSchema>

export const alertDocument = (alert: Alert): AlertDocument => ({
  id: alert.id,
  login: alert.login,
  raisedAt: alert.raisedAt,
  endedAt: alert.closedAt ?? NEVER,
  alert,
})

/** What people set: rules and layouts, one collection told apart by `kind` (RxDB's open core has a limit of 13). */
export const settingDocumentSchema = z.strictObject({
  id: z.string().min(1).max(200),
  kind: z.string().min(1).max(20),
  key: z.string().max(160),
  json: z.string(),
})
export type SettingDocument = z.infer<typeof settingDocumentSchema>
export type SettingKind = 'rule' | 'layout'

export const settingDocument = (kind: SettingKind, key: string, json: string): SettingDocument => ({
  id: `${kind}:${key}`,
  kind,
  key,
  json,
})

/** RxDB's schema from ours. RxDB forbids the `$schema` mark and wants its own keys beside the properties. */
const rxSchema = <D>(
  schema: z.ZodType<D>,
  version: number,
  primaryKey: keyof D & string,
  indexes: (keyof D & string)[][],
): RxJsonSchema<D> => {
  const { $schema: _mark, ...json } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' })
  return { ...json, version, primaryKey, indexes } as unknown as RxJsonSchema<D>
}

/**
 * The collections. A change of a schema needs a higher version and, beside it, a migration strategy that makes a
 * document of that version from one of the version before; a test holds each version to its schema.
 */
export const collections = {
  alerts: {
    schema: rxSchema(alertDocumentSchema, 0, 'id', [['endedAt'], ['login', 'raisedAt']]),
    migrationStrategies: {},
  },
  settings: {
    schema: rxSchema(settingDocumentSchema, 0, 'id', [['kind']]),
    migrationStrategies: {},
  },
}
