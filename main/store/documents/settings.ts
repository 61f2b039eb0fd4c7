import { z } from 'zod'
import { storedCollection } from './stored.ts'

/** What a desk keeps for itself: the layouts of its windows. A layout may hold what somebody searched for: sealed. */
const stored = z.strictObject({
  id: z.string().min(1).max(200),
  kind: z.string().min(1).max(20),
  key: z.string().max(160),
  json: z.string(),
})
export type SettingDocument = z.infer<typeof stored>

export const settingDocument = (kind: 'layout', key: string, json: string): SettingDocument => ({
  id: `${kind}:${key}`,
  kind,
  key,
  json,
})

/** Version 0 held the rules as well; `move-rules.ts` puts them where definitions are. */
export const settings = storedCollection({
  schema: stored,
  version: 1,
  indexes: [['kind']],
  sealed: ['json'],
  migrations: { 1: (old: object) => old },
})
