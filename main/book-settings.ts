import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { BookSettings } from './book/book-core.ts'
import type { LiveDecisions } from './book/formulas/decisions.ts'

/** The settings of the book cannot be used; the message says where and why. */
export class BookSettingsError extends Error {
  override readonly name = 'BookSettingsError'
}

const masks = z.array(z.string().min(1).max(64)).max(512)
const symbol = z.string().min(1).max(11)

/** `book.json` in the desk's folder; every part may be left out. */
const fileSchema = z.strictObject({
  /** Groups whose trades are passed on: masks as in ConManager.groups (`*` wildcard, `!` exclusion). */
  aBookGroups: masks.default([]),
  /** Who looks after which groups, as in ConManager: a comma list of masks. The first that covers a group has it. */
  managers: z
    .array(z.strictObject({ name: z.string().min(1).max(64), groups: z.string().max(4096) }))
    .max(256)
    .default([]),
  /** Where the platform's papers are silent: names and choices as in docs/formulas.md. */
  decisions: z
    .strictObject({
      marginCallAt: z.enum(['at-or-below', 'below']).optional(),
      stopOutAt: z.enum(['below', 'at-or-below']).optional(),
      coveredPrice: z.enum(['weighted', 'mean-of-legs']).optional(),
      dayEnd: z.strictObject({ hour: z.int().min(0).max(23), minute: z.int().min(0).max(59) }).optional(),
    })
    .default({}),
  /** Shows symbols that mean the same (suffixes and `synonyms`) on one row. */
  mergeSymbols: z.boolean().default(true),
  /** Other names of symbols: `{ "GOLD": "XAUUSD" }`. */
  synonyms: z.record(symbol, symbol).default({}),
})

/**
 * Reads the settings of a desk's book; without a file they are the defaults.
 * @throws BookSettingsError when the file cannot be read or does not fit
 */
export const readBookSettings = async (path: string): Promise<BookSettings> => {
  let text = '{}'
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new BookSettingsError(`${path} cannot be read: ${(error as Error).message}`)
  }
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (error) {
    throw new BookSettingsError(`${path} is not JSON: ${(error as Error).message}`)
  }
  const parsed = fileSchema.safeParse(raw)
  if (!parsed.success) throw new BookSettingsError(`${path} does not fit: ${z.prettifyError(parsed.error)}`)
  const { aBookGroups, managers, mergeSymbols, synonyms } = parsed.data
  const given = Object.entries(parsed.data.decisions).filter(([, value]) => value !== undefined)
  const decided = Object.fromEntries(given) as Partial<LiveDecisions>
  return { aBookGroups, managers, decided, synonyms: mergeSymbols ? synonyms : null }
}
