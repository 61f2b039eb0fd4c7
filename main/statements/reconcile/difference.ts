import { roundTo } from '../../../shared/money/rounding.ts'

/** Printed less recomputed, of the first of a line's figures that differ; 0 when all agree. */
export const differenceOf = (printed: readonly number[], recomputed: readonly number[]): number => {
  const differences = printed.map((value, i) => roundTo(value - (recomputed[i] ?? 0), 8))
  return differences.find((d) => d !== 0) ?? 0
}
