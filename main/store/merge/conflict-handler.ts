import type { RxConflictHandler } from 'rxdb'
import type { Edit, FieldConflict } from '../../../shared/documents/fields.ts'
import { mergeByField, type Policies, type Side } from './merge-by-field.ts'
import { either, entries, greaterText, greatest } from './policies.ts'
import { same } from './same.ts'
import { type Mergeable, oldestConflict } from './save-with-base.ts'

const idOf = (entry: unknown): string => (entry as { id: string }).id
const keyOf = (entry: unknown): string => (entry as { key: string }).key
const leastAt = (_base: unknown, a: unknown, b: unknown) => ({ value: Math.min(Number(a), Number(b)) })

/** What a document says of itself, beside its fields. */
const ownPolicies: Policies = {
  createdAt: leastAt,
  createdBy: either,
  updatedAt: greatest,
  updatedBy: either,
  conflictAt: greatest,
  // A conflict that one side settled is gone.
  conflicts: entries(idOf, greaterText),
  outgoing: entries(keyOf, greaterText),
}
const own = new Set([...Object.keys(ownPolicies), 'edits'])

const sideOf = ({ edits, updatedAt, updatedBy }: Mergeable, fields: Record<string, unknown>): Side => ({
  fields,
  edit: (field) => edits[field] ?? { by: updatedBy, at: updatedAt },
})
const without = (document: object, names: ReadonlySet<string>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(document).filter(([name]) => !names.has(name)))

/** Two states of a document as one. `base` is what both began from; null where each desk made the document itself. */
export const mergeDocuments = <D extends Mergeable>(policies: Policies, base: D | null, a: D, b: D): D => {
  const origin: Record<string, unknown> = base === null ? {} : { ...base }
  const rest = new Set(['edits'])
  const merged = mergeByField(
    { ...policies, ...ownPolicies },
    origin,
    sideOf(a, without(a, rest)),
    sideOf(b, without(b, rest)),
  )
  const edits: Record<string, Edit> = {}
  for (const name of new Set([...Object.keys(a.edits), ...Object.keys(b.edits)])) {
    const edit = merged.edits[name]
    if (edit && !own.has(name)) edits[name] = edit
  }
  const open = new Map(
    [...(merged.fields['conflicts'] as FieldConflict[]), ...merged.conflicts].map((each) => [each.id, each]),
  )
  const conflicts = [...open.values()].toSorted((x, y) => (x.id < y.id ? -1 : 1))
  return { ...merged.fields, edits, conflicts, conflictAt: oldestConflict(conflicts) } as unknown as D
}

/**
 * RxDB's conflict handler for desks that share documents: by field, with what cannot be merged kept in the document
 * for a person to choose. A document that one desk removed and the other changed stays, as changed.
 */
export const conflictHandler = <D extends Mergeable>(policies: Policies): RxConflictHandler<D> => ({
  isEqual: (a, b) => same(a, b),
  resolve: async ({ assumedMasterState, realMasterState, newDocumentState }) => {
    if (realMasterState._deleted !== newDocumentState._deleted)
      return realMasterState._deleted ? newDocumentState : realMasterState
    return mergeDocuments(policies, assumedMasterState ?? null, newDocumentState, realMasterState)
  },
})
