import { browserLocale } from '../../ui/format.ts'

type Signs = { readonly group: string; readonly decimal: string }

const signsOf = (locale: string): Signs => {
  const parts = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(-1_234_567.8)
  const sign = (type: 'group' | 'decimal', other: string): string =>
    parts.find((part) => part.type === type)?.value ?? other
  return { group: sign('group', ','), decimal: sign('decimal', '.') }
}

/** Signs that people put between thousands whatever their locale: blanks and apostrophes. */
const NEUTRAL_GROUP = /[\s'’]/g

/** Moves the decimal point of a number: exact where both numbers have up to 15 digits, unlike `value * 100`. */
export const shiftPoint = (value: number, places: number): number => {
  const [digits, exponent = '0'] = String(value).split('e')
  return Number(`${digits}e${Number(exponent) + places}`)
}

/**
 * A number as people write it in `locale`; null for nothing, NaN for what cannot be read for certain. A sign between
 * thousands must stand where thousands are: where commas group, `0,5` is refused and not read as 5.
 */
export const parseNumber = (text: string, locale = browserLocale): number | null => {
  const written = text.trim()
  if (written === '') return null
  const { group, decimal } = signsOf(locale)
  const [whole = '', fraction, ...more] = written.split(decimal)
  if (more.length > 0) return Number.NaN
  const groups = whole.replace(NEUTRAL_GROUP, group).replace('−', '-').split(group)
  const grouped = groups.length > 1
  const first = groups[0] ?? ''
  if (grouped) {
    if (!/^-?[1-9]\d{0,2}$/.test(first) || !/^\d{3}$/.test(groups.at(-1) ?? '')) return Number.NaN
    if (!groups.slice(1).every((part) => /^\d{2,3}$/.test(part))) return Number.NaN
  }
  const digits = groups.join('')
  if (!/^-?\d*$/.test(digits) || (fraction !== undefined && !/^\d+$/.test(fraction))) return Number.NaN
  return /\d/.test(digits) || fraction !== undefined ? Number(`${digits}.${fraction ?? '0'}`) : Number.NaN
}

/** A number with every decimal it has, for an input: no signs between thousands, which are in the way of editing. */
export const editText = (value: number | null, locale = browserLocale): string =>
  value === null
    ? ''
    : new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: 20 }).format(value)

/** A number with every decimal it has and its thousands set apart, for reading. */
export const readText = (value: number, locale = browserLocale): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 20 }).format(value).replace('-', '−')
