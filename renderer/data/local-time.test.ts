import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isNight, localHour, utcToZoned, zonedToUtc, zoneOffset } from './local-time.ts'

describe('local time', () => {
  it('knows offsets on both sides of summer time', () => {
    expect(zoneOffset(Date.UTC(2026, 0, 15), 'Europe/Berlin')).toBe(3600)
    expect(zoneOffset(Date.UTC(2026, 6, 15), 'Europe/Berlin')).toBe(7200)
    expect(zoneOffset(Date.UTC(2026, 6, 15, 3, 4, 5) + 999, 'Asia/Kolkata')).toBe(19_800)
    expect(localHour(Date.UTC(2026, 6, 15, 23), 'Asia/Tokyo')).toBe(8)
  })

  it('calls 21 to 8 the night', () => {
    const night = Array.from({ length: 24 }, (_, hour) => hour).filter(isNight)
    expect(night).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 21, 22, 23])
  })

  it('reads a local time into UTC', () => {
    expect(zonedToUtc('2026-01-15T10:30', 'Europe/Berlin')).toBe(Date.UTC(2026, 0, 15, 9, 30))
    expect(zonedToUtc('2026-07-15T10:30', 'America/New_York')).toBe(Date.UTC(2026, 6, 15, 14, 30))
  })

  it('takes a skipped time an hour later and the first of a doubled one', () => {
    expect(zonedToUtc('2026-03-29T02:30', 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 29, 1, 30))
    expect(zonedToUtc('2026-10-25T02:30', 'Europe/Berlin')).toBe(Date.UTC(2026, 9, 25, 0, 30))
  })

  it('refuses what is no local time', () => {
    for (const bad of ['', '2026-01-15', '2026-13-40T99:99', 'tomorrow', '2026-01-15T10:30Z'])
      expect(zonedToUtc(bad, 'Europe/Berlin')).toBeNull()
  })

  it('comes back to the same minute wherever the clock is not turned back', () => {
    const zone = fc.constantFrom('Asia/Tokyo', 'Asia/Kolkata', 'America/Bogota', 'UTC', 'Asia/Dubai')
    const minute = fc.integer({ min: 28_000_000, max: 30_000_000 }).map((m) => m * 60_000)
    fc.assert(
      fc.property(zone, minute, (where, utc) => {
        expect(zonedToUtc(utcToZoned(utc, where), where)).toBe(utc)
      }),
    )
  })
})
