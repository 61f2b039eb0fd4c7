import { z } from 'zod'

/** A slice of a list. */
export const sliceFields = { from: z.int().min(0).max(10_000_000), count: z.int().min(1).max(200) }

/**
 * What a window hears of a slice of a list: first the whole slice, then only what changes in it. `order` names the
 * documents of the slice, or is null where the same ones stand in the same places; `rows` are those that are new to
 * the slice or different. A window keeps rows by id, puts `rows` over them and forgets those `order` does not name.
 */
export const pageSchema = <R extends z.ZodType>(row: R) =>
  z.object({
    kind: z.enum(['page', 'changes']),
    /** Documents in the whole list. */
    total: z.int(),
    order: z.array(z.string()).nullable(),
    rows: z.array(row),
  })
export type Page<R> = { kind: 'page' | 'changes'; total: number; order: string[] | null; rows: R[] }

/** Two changes as one; a whole page swallows what came before it. */
export const mergePages = <R extends { id: string }>(waiting: Page<R>, next: Page<R>): Page<R> => {
  if (next.kind === 'page') return next
  const order = next.order ?? waiting.order
  const rows = new Map([...waiting.rows, ...next.rows].map((row) => [row.id, row]))
  const kept = order === null ? [...rows.values()] : order.flatMap((id) => rows.get(id) ?? [])
  return { kind: waiting.kind, total: next.total, order, rows: kept }
}

/** A slice as a window holds it, and the same after a change. */
export const applyPage = <R extends { id: string }>(held: readonly R[], page: Page<R>): R[] => {
  const rows = new Map(
    (page.kind === 'page' ? page.rows : [...held, ...page.rows]).map((row) => [row.id, row]),
  )
  return (page.order ?? held.map(({ id }) => id)).flatMap((id) => rows.get(id) ?? [])
}
