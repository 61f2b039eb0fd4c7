/** Places of rows, first and last included, as the grid has them on screen. */
export type Visible = { readonly first: number; readonly last: number }

/** What a view is asked for; `count` rows from place `from`. */
export type Slice = { readonly from: number; readonly count: number }

export type SliceOptions = {
  /** Rows wanted beyond either edge of the screen, so that a short scroll shows figures at once. */
  readonly overscan: number
  /** A slice starts at a multiple of this, so that a slow scroll does not ask anew for every row. */
  readonly step: number
  /** The desk's limit of one slice. */
  readonly max: number
}

export const sliceOptions: SliceOptions = { overscan: 24, step: 8, max: 1000 }

/**
 * The slice to ask for. Answers `current` itself while it still reaches at least half the overscan beyond what is
 * visible (at the top: place 0) and is not much larger than needed: then nothing need be asked.
 */
export const planSlice = (visible: Visible, current: Slice, options: SliceOptions = sliceOptions): Slice => {
  const { overscan, step, max } = options
  const first = Math.max(0, visible.first)
  const last = Math.max(first, visible.last)
  const half = overscan >> 1
  const wanted = last - first + 1 + 2 * (overscan + step)
  const reachesUp = current.from <= Math.max(0, first - half)
  const reachesDown = current.from + current.count > last + half
  if (reachesUp && reachesDown && current.count <= Math.min(max, 2 * wanted)) return current
  const from = Math.floor(Math.max(0, first - overscan) / step) * step
  const end = Math.ceil((last + 1 + overscan) / step) * step
  return { from, count: Math.min(max, end - from) }
}

/** A slice of only the first `top` rows. */
export const cutSlice = ({ from, count }: Slice, top = Number.POSITIVE_INFINITY): Slice => ({
  from: Math.min(from, top),
  count: Math.min(count, Math.max(0, top - from)),
})
