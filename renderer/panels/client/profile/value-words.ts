import { NEVER } from '../../../../shared/documents/fields.ts'
import { formatDay, formatMinute } from '../../../ui/format.ts'

const isMoment = (field: string): boolean => field.endsWith('At')

const part = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(part).filter(Boolean).join(', ')
  if (typeof value === 'object' && value !== null)
    return Object.values(value).map(part).filter(Boolean).join(' ')
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** A field of a document in words a person can compare; `nothing` where it is blank. */
export const valueWords = (field: string, value: unknown): string => {
  if (isMoment(field) && typeof value === 'number')
    return value > 0 && value < NEVER ? `${formatDay(value)}, ${formatMinute(value)} desk` : 'nothing'
  return part(value) || 'nothing'
}
