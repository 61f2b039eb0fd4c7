/** A pending order this many points or fewer from the market is about to be filled. */
export const NEAR_POINTS = 50

export type Nearness = 'beyond' | 'near' | 'far'

/** How near a pending order is to its fill; `distance` in points, negative = the price is already beyond it. */
export const nearness = (distance: number): Nearness =>
  distance < 0 ? 'beyond' : distance <= NEAR_POINTS ? 'near' : 'far'

/** Mark and word beside the distance, so that colour does not say it alone. */
export const nearnessWords = (distance: number): string => {
  const words: Readonly<Record<Nearness, string>> = { beyond: '■ reached', near: '▲ near', far: '' }
  return Number.isNaN(distance) ? '' : words[nearness(distance)]
}
