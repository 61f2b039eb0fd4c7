import { z } from 'zod'

export const boundsSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1).max(32_767),
  height: z.int().min(1).max(32_767),
})
/** Device-independent pixels. */
export type Bounds = z.infer<typeof boundsSchema>

export const MIN_WIDTH = 960
export const MIN_HEIGHT = 600
const USUAL = { width: 1600, height: 1000 }
/** So much of a window must lie on a monitor for a person to be able to grab it. */
const GRIP_WIDTH = 120
const GRIP_HEIGHT = 60

const overlap = (a: Bounds, b: Bounds): { width: number; height: number } => ({
  width: Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
  height: Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y),
})

const centred = (area: Bounds): Bounds => {
  const width = Math.min(USUAL.width, area.width)
  const height = Math.min(USUAL.height, area.height)
  return {
    x: area.x + Math.floor((area.width - width) / 2),
    y: area.y + Math.floor((area.height - height) / 2),
    width,
    height,
  }
}

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high)

/**
 * Where a window opens: where it was, if a monitor is still there, moved and shrunk to lie inside it; else in the
 * middle of the primary one.
 * @param areas work areas of the monitors that exist, the primary one first
 */
export const placeWindow = (remembered: Bounds | null, areas: readonly [Bounds, ...Bounds[]]): Bounds => {
  if (remembered === null) return centred(areas[0])
  const home = areas
    .map((area) => ({ area, shared: overlap(remembered, area) }))
    .filter(({ shared }) => shared.width >= GRIP_WIDTH && shared.height >= GRIP_HEIGHT)
    .sort((a, b) => b.shared.width * b.shared.height - a.shared.width * a.shared.height)[0]?.area
  if (home === undefined) return centred(areas[0])
  const width = Math.min(Math.max(remembered.width, MIN_WIDTH), home.width)
  const height = Math.min(Math.max(remembered.height, MIN_HEIGHT), home.height)
  return {
    x: clamp(remembered.x, home.x, home.x + home.width - width),
    y: clamp(remembered.y, home.y, home.y + home.height - height),
    width,
    height,
  }
}
