import type { ViewFilter } from '../../../shared/api/views.ts'
import { LevelType } from '../../../shared/mt4/enums.ts'

export type AccountToggles = { readonly withPositions: boolean; readonly marginCall: boolean }

/** The quick toggles as the desk's filter. */
export const accountsFilter = ({ withPositions, marginCall }: AccountToggles): ViewFilter => ({
  ...(withPositions ? { withPositions: true } : {}),
  ...(marginCall ? { minLevelType: LevelType.MARGINCALL } : {}),
})

/** The same in words, for the foot line. */
export const accountsFilterWords = ({ withPositions, marginCall }: AccountToggles): string =>
  [withPositions && 'with positions', marginCall && 'margin call or worse'].filter(Boolean).join(', ')
