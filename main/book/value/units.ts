/** Half a unit and a little, by whether a number is below zero (0) or not (1). */
const halves = Float64Array.of(-0.5000001, 0.5000001)

/**
 * `toUnits` of `shared/money/rounding.ts` without a jump: in loops over everybody, gains and losses in turn, half of the
 * jumps would be guessed wrong, which takes longer than all the rest.
 */
export const wholeUnits = (value: number, scale: number): number => {
  const scaled = value * scale
  return Math.trunc(scaled + (halves[+(scaled >= 0)] as number)) + 0
}
