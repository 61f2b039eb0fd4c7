import type { IJsonModel } from 'flexlayout-react'
import { z } from 'zod'

/**
 * A saved layout is FlexLayout's own JSON under a version of ours. The library checks the inside when it builds its
 * model; here only what would make that impossible is refused.
 */
const savedLayoutSchema = z.object({
  version: z.literal(1),
  model: z.looseObject({ layout: z.looseObject({ type: z.literal('row') }) }),
})

export const writeLayout = (model: IJsonModel): string => JSON.stringify({ version: 1, model })

/** The model JSON, or null when it is not a layout this build understands: then the default is used. */
export const readLayout = (json: string): IJsonModel | null => {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return null
  }
  const parsed = savedLayoutSchema.safeParse(value)
  return parsed.success ? parsed.data.model : null
}
