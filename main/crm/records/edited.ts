import type { FieldConflict } from '../../../shared/documents/fields.ts'
import type { Policies } from '../../store/merge/merge-by-field.ts'
import { type Mergeable, saveWithBase, settleConflict } from '../../store/merge/save-with-base.ts'
import type { Repository } from '../../store/repository/types.ts'
import { RecordNotFound } from '../errors.ts'
import { shown } from './shown.ts'
import type { Edits, RecordOptions } from './types.ts'

type Stored = Mergeable & { id: string; outgoing: unknown[] }

/** Saving and settling of documents that are named by their own id. */
export const editedBy = <D extends Stored, F>(
  repository: Repository<D>,
  what: string,
  policies: Policies,
  { clock }: Pick<RecordOptions, 'clock'>,
) => {
  const change = async (id: string, step: (document: D) => D): Promise<D> => {
    const next = await repository.update(id, (current) => {
      if (current === null) throw new RecordNotFound(`${what} ${id}`)
      const after = step(current)
      return after === current ? null : { ...after, outgoing: [] }
    })
    if (next === null) throw new RecordNotFound(`${what} ${id}`)
    return next
  }
  return {
    save: async (
      id: string,
      { base, changes }: Edits<F>,
      by: string,
      /** What follows from the change, such as who finished a task. */
      settle: (after: D, before: D) => D = (after) => after,
    ): Promise<{ document: Omit<D, 'outgoing' | 'pointer'>; conflicts: FieldConflict[] }> => {
      let conflicts: FieldConflict[] = []
      const document = await change(id, (before) => {
        const saved = saveWithBase(policies, before, base, changes, { by, at: clock.now() })
        conflicts = saved.conflicts
        return saved.document === before ? before : settle(saved.document, before)
      })
      return { document: shown(document), conflicts }
    },
    resolve: async (
      id: string,
      conflict: string,
      choose: 'kept' | 'other',
      by: string,
    ): Promise<Omit<D, 'outgoing' | 'pointer'>> =>
      shown(await change(id, (before) => settleConflict(before, conflict, choose, { by, at: clock.now() }))),
  }
}
