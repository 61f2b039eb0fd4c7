import type { ViewMeta } from '../../../shared/api/views.ts'
import { formatGain, formatLots, formatMoney, formatNumber, gainClass } from '../format.ts'
import type { Tone } from './live-column.ts'

/** A total of the view, or NaN where the desk does not add that column up. */
export const totalOf = (meta: ViewMeta, name: string): number => meta.totals[name] ?? Number.NaN

const shown = (value: number, text: string): string => (Number.isNaN(value) ? '' : text)

/** Texts of the totals row; money in the desk's base currency. A column without a total stays empty. */
export const totalMoney =
  (name: string) =>
  (meta: ViewMeta): string =>
    shown(totalOf(meta, name), formatMoney(totalOf(meta, name), meta.base))

export const totalGain =
  (name: string) =>
  (meta: ViewMeta): string =>
    shown(totalOf(meta, name), formatGain(totalOf(meta, name), meta.base))

export const totalLots =
  (name: string) =>
  (meta: ViewMeta): string =>
    shown(totalOf(meta, name), formatLots(totalOf(meta, name)))

export const totalCount =
  (name: string) =>
  (meta: ViewMeta): string =>
    shown(totalOf(meta, name), formatNumber(totalOf(meta, name)))

export const gainTone = (value: number): Tone => {
  const tone = gainClass(value)
  return tone === 'flat' ? 'dim' : tone
}

export const totalTone =
  (name: string) =>
  (meta: ViewMeta): Tone => {
    const value = totalOf(meta, name)
    return Number.isNaN(value) ? '' : gainTone(value)
  }
