import { createHash } from 'node:crypto'
import type { Edit, FieldConflict } from '../../../shared/documents/fields.ts'
import { choose, type Policy } from './policies.ts'
import { canonical, same } from './same.ts'

export type Policies = Readonly<Record<string, Policy>>

/** One side of a merge: its fields, and who changed each of them last and when. */
export type Side = {
  readonly fields: Readonly<Record<string, unknown>>
  readonly edit: (field: string) => Edit
}

export type Merged = {
  readonly fields: Record<string, unknown>
  /** Who changed each merged field last. */
  readonly edits: Record<string, Edit>
  readonly conflicts: FieldConflict[]
}

type Version = FieldConflict['kept']

/** Whether `a` stands and `b` waits: the earlier one; at the same moment by name, then by value. */
const standsFirst = (a: Version, b: Version): boolean =>
  a.at !== b.at ? a.at < b.at : a.by !== b.by ? a.by < b.by : canonical(a.value) < canonical(b.value)

const conflictOf = (field: string, base: unknown, a: Version, b: Version): FieldConflict => {
  const [kept, other] = standsFirst(a, b) ? [a, b] : [b, a]
  const mark = createHash('sha256')
    .update(canonical([field, kept, other]))
    .digest('hex')
    .slice(0, 16)
  return { id: `${field}:${mark}`, field, base: base ?? null, kept, other }
}

const later = (a: Edit, b: Edit): Edit =>
  a.at > b.at || (a.at === b.at && canonical(a) > canonical(b)) ? a : b

/**
 * Makes one state of two that began as `base`. A field only one side changed is taken from that side; what both
 * changed alike is no question; for the rest the field's policy decides (`choose` where there is none). A conflict
 * leaves the earlier version in place and keeps the other beside it. The answer is the same with the sides exchanged,
 * and every value that either side wrote is in it: in the fields or in a conflict.
 */
export const mergeByField = (
  policies: Policies,
  base: Readonly<Record<string, unknown>>,
  mine: Side,
  theirs: Side,
): Merged => {
  const merged: Merged = { fields: {}, edits: {}, conflicts: [] }
  const names = new Set([...Object.keys(mine.fields), ...Object.keys(theirs.fields)])
  for (const field of names) {
    const [o, a, b] = [base[field], mine.fields[field], theirs.fields[field]]
    const take = (value: unknown, edit: Edit): void => {
      merged.fields[field] = value
      merged.edits[field] = edit
    }
    if (same(a, b)) take(a, later(mine.edit(field), theirs.edit(field)))
    else if (same(b, o)) take(a, mine.edit(field))
    else if (same(a, o)) take(b, theirs.edit(field))
    else {
      const together = (policies[field] ?? choose)(o, a, b)
      if (together) {
        take(together.value, later(mine.edit(field), theirs.edit(field)))
        continue
      }
      const conflict = conflictOf(
        field,
        o,
        { value: a, ...mine.edit(field) },
        { value: b, ...theirs.edit(field) },
      )
      const { value, by, at } = conflict.kept
      take(value, { by, at })
      merged.conflicts.push(conflict)
    }
  }
  return merged
}
