import { z } from 'zod'

/** Columns as a person arranged them; goes into the saved layout. */
export const gridStateSchema = z.strictObject({
  columns: z
    .array(
      z.strictObject({ id: z.string().max(32), width: z.number().min(20).max(2000), hidden: z.boolean() }),
    )
    .max(100),
  sort: z.strictObject({ column: z.string().max(32), descending: z.boolean() }),
})
export type GridState = z.infer<typeof gridStateSchema>

type Known = { readonly id: string; readonly width: number; readonly hidden?: boolean }

/** The state before anybody arranged anything. */
export const defaultGridState = (columns: readonly Known[], sort: GridState['sort']): GridState => ({
  columns: columns.map(({ id, width, hidden }) => ({ id, width, hidden: hidden ?? false })),
  sort,
})

/**
 * A saved state made to fit the columns of this version: what is unknown or damaged is dropped, a column that was
 * not there yet takes its default behind the one it follows by default.
 */
export const fitGridState = (
  saved: unknown,
  columns: readonly Known[],
  sort: GridState['sort'],
): GridState => {
  const base = defaultGridState(columns, sort)
  const parsed = gridStateSchema.safeParse(saved)
  if (!parsed.success) return base
  const known = new Set(columns.map((c) => c.id))
  const seen = new Set<string>()
  const kept = parsed.data.columns.filter(({ id }) => {
    const fresh = known.has(id) && !seen.has(id)
    seen.add(id)
    return fresh
  })
  base.columns.forEach((column, i) => {
    if (seen.has(column.id)) return
    const before = base.columns[i - 1]
    const at = before ? kept.findIndex((c) => c.id === before.id) + 1 : 0
    kept.splice(at, 0, column)
    seen.add(column.id)
  })
  return { columns: kept, sort: known.has(parsed.data.sort.column) ? parsed.data.sort : sort }
}
