import type { Mergeable } from '../../store/merge/save-with-base.ts'

/** What a document says of itself when it is new. */
export const made = (by: string, at: number): Mergeable => ({
  createdAt: at,
  createdBy: by,
  updatedAt: at,
  updatedBy: by,
  edits: {},
  conflicts: [],
  conflictAt: 0,
})
