import type { z } from 'zod'
import { WireError } from '../../../shared/wire/errors.ts'

/** Parses JSON columns; equal texts are parsed once. The same few texts come with every symbol and group. */
export type NestedJson<T> = (text: string) => T

const MAX_KEPT = 4096

/** @throws WireError BAD_JSON or BAD_VALUE (by the answered function) */
export const createNestedJson = <T>(name: string, schema: z.ZodType<T>): NestedJson<T> => {
  const known = new Map<string, T>()
  return (text) => {
    const seen = known.get(text)
    if (seen !== undefined) return seen
    let raw: unknown
    try {
      raw = JSON.parse(text)
    } catch {
      throw new WireError('BAD_JSON', `${name} is not JSON`)
    }
    const parsed = schema.safeParse(raw)
    if (!parsed.success)
      throw new WireError('BAD_VALUE', `${name}: ${parsed.error.issues[0]?.message ?? 'does not fit'}`)
    if (known.size >= MAX_KEPT) known.clear()
    known.set(text, parsed.data)
    return parsed.data
  }
}
