import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { type Bounds, boundsSchema } from './window-bounds.ts'

const fileSchema = z.object({ bounds: boundsSchema, maximized: z.boolean() })
export type WindowPlace = z.infer<typeof fileSchema>

export type BoundsFile = {
  readonly read: () => WindowPlace | null
  readonly write: (bounds: Bounds, maximized: boolean) => void
}

/** Remembers where the window stood. A missing or damaged file means nothing is remembered. */
export const createBoundsFile = (profile: string): BoundsFile => {
  const path = join(profile, 'window.json')
  return {
    read: () => {
      try {
        return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
      } catch {
        return null
      }
    },
    write: (bounds, maximized) => {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, JSON.stringify({ bounds, maximized }))
    },
  }
}
