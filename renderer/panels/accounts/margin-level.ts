import { LevelType } from '../../../shared/mt4/enums.ts'
import { formatAmount, formatPercent } from '../../ui/format.ts'

/** State of an account's margin in words, with a mark that is not colour. '' while all is well. */
export const levelWords = (levelType: number): { readonly mark: string; readonly words: string } | null =>
  levelType === LevelType.STOPOUT
    ? { mark: '■', words: 'stop out' }
    : levelType === LevelType.MARGINCALL
      ? { mark: '▲', words: 'margin call' }
      : null

type Margin = {
  readonly marginLevel: number
  readonly equity: number
  readonly margin: number
  readonly currency: string
}

/** Levels this near to equity / margin are percent; rounding of the parts stays far below it. */
const NEAR = 0.005

/**
 * Margin level as text: percent, or money for groups whose limits are amounts. The row does not say which, but only
 * a percentage equals equity / margin × 100.
 */
export const marginLevelText = ({ marginLevel, equity, margin, currency }: Margin): string => {
  if (Number.isNaN(marginLevel) || margin === 0) return ''
  const percent = (equity / margin) * 100
  const isPercent = Math.abs(marginLevel - percent) <= Math.max(0.01, Math.abs(percent) * NEAR)
  if (!isPercent) return formatAmount(marginLevel, currency)
  return formatPercent(marginLevel / 100, Math.abs(marginLevel) < 1000 ? 1 : 0)
}
