import { roundTo } from '../../../shared/money/rounding.ts'

/** A figure, or NaN ("not computable") where extreme input made it infinite. */
export const finite = (value: number): number => (Number.isFinite(value) ? value : Number.NaN)

/** `roundTo` that answers NaN for what is not computable. */
export const roundFinite = (value: number, digits: number): number => finite(roundTo(value, digits))
