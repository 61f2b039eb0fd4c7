import type { RxCollection } from 'rxdb'
import { conflictHandler } from '../merge/conflict-handler.ts'
import { personPolicies } from '../merge/document-policies.ts'
import { alerts } from './alerts.ts'
import { clients } from './clients.ts'
import { definitions } from './definitions.ts'
import { deliveries } from './deliveries.ts'
import { exportRecords } from './exports.ts'
import { interactions } from './interactions.ts'
import { leads } from './leads.ts'
import { payments } from './payments.ts'
import { settings } from './settings.ts'
import type { StoredCollection } from './stored.ts'
import { tasks } from './tasks.ts'
import { users } from './users.ts'

/**
 * The layout of our files as a whole, kept in SQLite's `user_version`: raised whenever a schema here gets another
 * version, so that an older Deskline refuses the file instead of showing empty lists. docs/store.md says how to
 * change a schema.
 */
export const FORMAT = 2

/** All collections (RxDB's open core has room for 13 in a process). */
export const collections = {
  clients,
  leads,
  interactions,
  tasks,
  alerts,
  payments,
  definitions,
  deliveries,
  exports: exportRecords,
  settings,
  users,
} as const
export type CollectionName = keyof typeof collections
export const collectionNames = Object.keys(collections) as CollectionName[]

/** A stored document of a collection. */
export type DocumentOf<N extends CollectionName> =
  (typeof collections)[N] extends StoredCollection<infer D> ? D : never
export type RxCollections = { [N in CollectionName]: RxCollection<DocumentOf<N>> }

/** Desks that share documents merge these by field; of all others the later write stands, as RxDB has it. */
const merged: Partial<Record<string, ReturnType<typeof conflictHandler>>> = {
  clients: conflictHandler(personPolicies),
  leads: conflictHandler(personPolicies),
  interactions: conflictHandler({}),
  tasks: conflictHandler({}),
}

/**
 * The collections as RxDB takes them. Without keys nothing is sealed: for stores in memory and for tests; a file that
 * was made so is not opened with keys afterwards, as its schemas are others.
 */
export const rxCollections = (sealing: boolean) =>
  Object.fromEntries(
    Object.entries(collections).map(([name, { rxSchema, migrations }]) => {
      const { encrypted, ...open } = rxSchema
      return [
        name,
        {
          schema: sealing && (encrypted?.length ?? 0) > 0 ? rxSchema : open,
          migrationStrategies: migrations,
          ...(merged[name] && { conflictHandler: merged[name] }),
        },
      ]
    }),
  )
