import { currencyDigits, roundTo } from '../../shared/money/rounding.ts'

/**
 * Numbers, money and times for the eye. Pure; the locale defaults to the browser's. A value that is not a finite
 * number shows as a dash, never as `NaN`. Negative numbers carry a real minus sign (U+2212), as wide as a plus.
 */
export const BLANK = '–'
const MINUS = '−'

export const browserLocale = typeof navigator === 'undefined' ? 'en-GB' : navigator.language

const numberFormats = new Map<string, Intl.NumberFormat>()

const numberFormat = (digits: number, signed: boolean, locale: string): Intl.NumberFormat => {
  const key = `${locale}/${digits}/${signed}`
  const known = numberFormats.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: signed ? 'exceptZero' : 'negative',
  })
  numberFormats.set(key, made)
  return made
}

/** A number with a fixed count of decimals, rounded as MetaTrader rounds. `signed` puts a plus before gains. */
export const formatNumber = (value: number, digits = 0, signed = false, locale = browserLocale): string =>
  Number.isFinite(value)
    ? numberFormat(digits, signed, locale).format(roundTo(value, digits)).replace('-', MINUS)
    : BLANK

/** An amount with the decimals of its currency and no currency sign (that stands once in the header). */
export const formatMoney = (value: number, currency: string, locale = browserLocale): string =>
  formatNumber(value, currencyDigits(currency), false, locale)

/** Gain or loss: plus or minus sign always, nothing for zero. */
export const formatGain = (value: number, currency: string, locale = browserLocale): string =>
  formatNumber(value, currencyDigits(currency), true, locale)

/** `1,234.50 EUR`: for places without a header. */
export const formatAmount = (
  value: number,
  currency: string,
  signed = false,
  locale = browserLocale,
): string =>
  Number.isFinite(value)
    ? `${formatNumber(value, currencyDigits(currency), signed, locale)}\u00a0${currency}`
    : BLANK

/** Volume from 1/100 lot to lots with two decimals. */
export const formatLots = (hundredths: number, signed = false, locale = browserLocale): string =>
  formatNumber(hundredths / 100, 2, signed, locale)

/** A share (0.5 = 50 %). */
export const formatPercent = (share: number, digits = 1, signed = false, locale = browserLocale): string =>
  Number.isFinite(share) ? `${formatNumber(share * 100, digits, signed, locale)}\u00a0%` : BLANK

/** Price with the symbol's decimals; no grouping, so that digits line up and can be read out. */
export const formatPrice = (price: number, digits: number): string =>
  Number.isFinite(price) ? roundTo(price, digits).toFixed(digits).replace('-', MINUS) : BLANK

export type PriceParts = { readonly lead: string; readonly pips: string; readonly tail: string }

/**
 * A price in three parts: what seldom changes, the pair of pips shown larger, the fraction of a pip. Quotes with an
 * odd number of decimals have a fractional pip.
 */
export const splitPrice = (price: number, digits: number): PriceParts => {
  const text = formatPrice(price, digits)
  if (text === BLANK) return { lead: '', pips: BLANK, tail: '' }
  const tailAt = digits % 2 === 0 ? text.length : text.length - (digits === 1 ? 2 : 1)
  const pipsAt = Math.max(0, tailAt - 2)
  return { lead: text.slice(0, pipsAt), pips: text.slice(pipsAt, tailAt), tail: text.slice(tailAt) }
}

/** Age or duration: `0.4 s`, `12 s`, `3 min`, `2 h 5 min`, `4 d`. */
export const formatAge = (ms: number): string => {
  if (!Number.isFinite(ms)) return BLANK
  const seconds = Math.max(0, ms) / 1000
  if (seconds < 9.95) return `${seconds.toFixed(1)}\u00a0s`
  if (seconds < 59.5) return `${Math.round(seconds)}\u00a0s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes}\u00a0min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 ? `${hours}\u00a0h ${minutes % 60}\u00a0min` : `${hours}\u00a0h`
  return `${Math.floor(hours / 24)}\u00a0d`
}

/** `12 ms`, `0.34 ms`: for measured delays. */
export const formatMs = (ms: number): string =>
  Number.isFinite(ms) ? (ms < 10 ? `${ms.toFixed(1)}\u00a0ms` : `${formatNumber(ms)}\u00a0ms`) : BLANK

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'] as const

export const formatBytes = (bytes: number): string => {
  if (!Number.isFinite(bytes)) return BLANK
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < byteUnits.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${formatNumber(value, unit === 0 || value >= 99.5 ? 0 : 1)}\u00a0${byteUnits[unit]}`
}

const timeFormats = new Map<string, Intl.DateTimeFormat>()

const timeFormat = (
  kind: 'time' | 'day' | 'minute',
  timeZone: string,
  locale: string,
): Intl.DateTimeFormat => {
  const key = `${locale}/${kind}/${timeZone}`
  const known = timeFormats.get(key)
  if (known) return known
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const
  const made = new Intl.DateTimeFormat(
    locale,
    kind === 'time'
      ? { ...clock, second: '2-digit' }
      : kind === 'minute'
        ? { ...clock, weekday: 'short' }
        : { day: '2-digit', month: 'short', year: 'numeric', timeZone },
  )
  timeFormats.set(key, made)
  return made
}

/** The zone of this machine. */
export const deskZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Time of day of UTC ms in a zone (the desk's unless named), to the second. */
export const formatTime = (utcMs: number, zone = deskZone, locale = browserLocale): string =>
  Number.isFinite(utcMs) && utcMs > 0 ? timeFormat('time', zone, locale).format(utcMs) : BLANK

/** Weekday and time of day to the minute: for clocks of other people and appointments. */
export const formatMinute = (utcMs: number, zone = deskZone, locale = browserLocale): string =>
  Number.isFinite(utcMs) && utcMs > 0 ? timeFormat('minute', zone, locale).format(utcMs) : BLANK

export const formatDay = (utcMs: number, zone = deskZone, locale = browserLocale): string =>
  Number.isFinite(utcMs) && utcMs > 0 ? timeFormat('day', zone, locale).format(utcMs) : BLANK

const DAY_MS = 86_400_000

/** Time of day to the second; with the day in front where that is not clear, which is from 18 hours on. */
export const formatMoment = (utcMs: number, now: number, zone = deskZone, locale = browserLocale): string =>
  Math.abs(now - utcMs) < 0.75 * DAY_MS
    ? formatTime(utcMs, zone, locale)
    : `${formatDay(utcMs, zone, locale)}, ${formatTime(utcMs, zone, locale)}`

/** Server-local ms (as in quotes and view heads) as the server's own time of day. */
export const formatServerTime = (serverMs: number, locale = browserLocale): string =>
  formatTime(serverMs, 'UTC', locale)

/** Server-local seconds (as in records) as day and time of the server. */
export const formatServerStamp = (serverSeconds: number, locale = browserLocale): string =>
  serverSeconds > 0
    ? `${formatDay(serverSeconds * 1000, 'UTC', locale)} ${formatTime(serverSeconds * 1000, 'UTC', locale)}`
    : BLANK

/** `UTC+2`, `UTC−5:30` from an offset in seconds. */
export const formatOffset = (seconds: number): string => {
  const minutes = Math.round(Math.abs(seconds) / 60)
  const rest = minutes % 60
  return `UTC${seconds < 0 ? MINUS : '+'}${Math.floor(minutes / 60)}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`
}

/** For the class of a figure: colour never stands alone, the sign is in the text. */
export const gainClass = (value: number): 'gain' | 'loss' | 'flat' =>
  value > 0 ? 'gain' : value < 0 ? 'loss' : 'flat'
