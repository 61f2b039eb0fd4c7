/** A cell whose figure changed while the row at its place stayed the same. */
export type Change = { readonly before: number; readonly after: number }

/** How much a change tells: relative to the larger of the two, in 0…2 (2 = the sign turned). */
export const weightOf = ({ before, after }: Change): number => {
  const scale = Math.max(Math.abs(before), Math.abs(after))
  return scale === 0 ? 0 : Math.abs(after - before) / scale
}

/** True when the figure moved: both known and different. A figure that appears or goes blank does not flash. */
export const moved = (before: number, after: number): boolean =>
  before !== after && !Number.isNaN(before) && !Number.isNaN(after)

/**
 * Which of the changed cells flash: all of them while there are at most `budget`, else those that moved most, in
 * the order given. Keeps the screen calm when everything moves at once.
 */
export const chooseFlashes = <C extends Change>(changes: readonly C[], budget: number): readonly C[] => {
  if (budget <= 0) return []
  if (changes.length <= budget) return changes
  const weights = changes.map(weightOf)
  const least = weights.toSorted((a, b) => b - a)[budget - 1] as number
  const chosen: C[] = []
  let ties = budget - weights.filter((w) => w > least).length
  for (let i = 0; i < changes.length; i++) {
    const weight = weights[i] as number
    if (weight > least || (weight === least && ties-- > 0)) chosen.push(changes[i] as C)
  }
  return chosen
}
