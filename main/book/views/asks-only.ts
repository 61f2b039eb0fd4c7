import type { ViewFilter } from '../../../shared/api/views.ts'

/** Whether the filter asks for nothing but these. */
export const asksOnly = (filter: ViewFilter, parts: readonly (keyof ViewFilter)[]): boolean => {
  for (const part in filter)
    if (filter[part as keyof ViewFilter] !== undefined && !parts.includes(part as keyof ViewFilter))
      return false
  return true
}
