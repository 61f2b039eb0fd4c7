import type { Edit, FieldConflict } from '../../../shared/documents/fields.ts'
import { mergeByField, type Policies } from './merge-by-field.ts'
import { same } from './same.ts'

/** What documents have that several people edit at once. */
export type Mergeable = {
  createdAt: number
  createdBy: string
  updatedAt: number
  updatedBy: string
  edits: Record<string, Edit>
  conflicts: FieldConflict[]
  conflictAt: number
}

type Some = Readonly<Record<string, unknown>>

/** When the oldest of the open conflicts arose, or 0. */
export const oldestConflict = (conflicts: readonly FieldConflict[]): number =>
  conflicts.length === 0 ? 0 : Math.max(1, Math.min(...conflicts.map(({ other }) => other.at)))

/** Open conflicts with the present values as what stands, and new ones behind them; each once. */
const openConflicts = (
  before: readonly FieldConflict[],
  arisen: readonly FieldConflict[],
  values: Some,
  edits: Record<string, Edit>,
): FieldConflict[] => {
  const byId = new Map([...before, ...arisen].map((each) => [each.id, each]))
  const refreshed = (each: FieldConflict): FieldConflict => {
    const edit = edits[each.field]
    const value = values[each.field]
    return edit === undefined || same(each.kept.value, value) ? each : { ...each, kept: { value, ...edit } }
  }
  return [...byId.values()].map(refreshed)
}

/**
 * A document after somebody saved `changes`, having begun from `base`. What nobody else changed meanwhile is written, what
 * can be merged is; of the rest the document keeps what it has, and the newcomer's version waits as a conflict. Fields
 * that `base` does not name are taken to be as the document has them now. Pure.
 */
export const saveWithBase = <D extends Mergeable>(
  policies: Policies,
  current: D,
  base: Some,
  changes: Some,
  edit: Edit,
): { document: D; conflicts: FieldConflict[] } => {
  const now = current as unknown as Some
  const names = Object.keys(changes).filter((name) => changes[name] !== undefined)
  const pick = (from: Some): Record<string, unknown> =>
    Object.fromEntries(names.map((name) => [name, from[name] === undefined ? now[name] : from[name]]))
  const theirEdit = (field: string): Edit =>
    current.edits[field] ?? { by: current.updatedBy, at: current.updatedAt }
  // What was acknowledged to somebody stands, even where a clock was set back since.
  const mineAt = Math.max(edit.at, current.updatedAt + 1, ...names.map((name) => theirEdit(name).at + 1))
  const mine: Edit = { by: edit.by, at: mineAt }
  const merged = mergeByField(
    policies,
    pick(base),
    { fields: pick(changes), edit: () => mine },
    { fields: pick(now), edit: theirEdit },
  )
  const changed = names.filter((name) => !same(merged.fields[name], now[name]))
  if (changed.length === 0 && merged.conflicts.length === 0) return { document: current, conflicts: [] }
  const edits = {
    ...current.edits,
    ...Object.fromEntries(changed.map((name) => [name, merged.edits[name] ?? mine])),
  }
  const conflicts = openConflicts(current.conflicts, merged.conflicts, merged.fields, edits)
  return {
    document: {
      ...current,
      ...merged.fields,
      edits,
      conflicts,
      conflictAt: oldestConflict(conflicts),
      updatedAt: mineAt,
      updatedBy: edit.by,
    },
    conflicts: merged.conflicts,
  }
}

/** A document after somebody chose between the versions of a conflict; the same where there is no such conflict. */
export const settleConflict = <D extends Mergeable>(
  current: D,
  id: string,
  which: 'kept' | 'other',
  edit: Edit,
): D => {
  const conflict = current.conflicts.find((each) => each.id === id)
  if (!conflict) return current
  const conflicts = current.conflicts.filter((each) => each !== conflict)
  const at = Math.max(edit.at, current.updatedAt + 1)
  return {
    ...current,
    ...(which === 'other' && { [conflict.field]: conflict.other.value }),
    edits: { ...current.edits, [conflict.field]: { by: edit.by, at } },
    conflicts,
    conflictAt: oldestConflict(conflicts),
    updatedAt: at,
    updatedBy: edit.by,
  }
}
