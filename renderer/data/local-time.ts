const HOUR_MS = 3_600_000
const partsFormats = new Map<string, Intl.DateTimeFormat>()

const partsFormat = (zone: string): Intl.DateTimeFormat => {
  const known = partsFormats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  partsFormats.set(zone, made)
  return made
}

/** What a clock in `zone` shows at `utcMs`, written as if it were UTC ms. */
const wallClock = (utcMs: number, zone: string): number => {
  const parts: Record<string, number> = {}
  for (const { type, value } of partsFormat(zone).formatToParts(utcMs)) parts[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/** Offset of a zone from UTC at a moment, in seconds. */
export const zoneOffset = (utcMs: number, zone: string): number =>
  Math.round((wallClock(utcMs, zone) - Math.floor(utcMs / 1000) * 1000) / 1000)

export const localHour = (utcMs: number, zone: string): number =>
  new Date(wallClock(utcMs, zone)).getUTCHours()

/** From 21:00 to 8:00 where the client is: not an hour at which to ring somebody up without need. */
export const isNight = (hour: number): boolean => hour >= 21 || hour < 8

/**
 * UTC ms at which a clock in `zone` shows the given local time (`2026-11-22T10:30`, as date-time inputs write it).
 * A time that the change to summer time skips is taken one hour later; of a time that happens twice, the first.
 * null when the text is not such a time.
 */
export const zonedToUtc = (local: string, zone: string): number | null => {
  const wall = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) ? Date.parse(`${local}:00Z`) : Number.NaN
  if (Number.isNaN(wall)) return null
  const before = wall - zoneOffset(wall - 12 * HOUR_MS, zone) * 1000
  const after = wall - zoneOffset(wall + 12 * HOUR_MS, zone) * 1000
  if (wallClock(before, zone) === wall) return before
  return wallClock(after, zone) === wall ? after : before
}

/** The local time of `utcMs` in `zone` as date-time inputs write it, to the minute. */
export const utcToZoned = (utcMs: number, zone: string): string =>
  new Date(wallClock(utcMs, zone)).toISOString().slice(0, 16)
