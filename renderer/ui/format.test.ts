import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  BLANK,
  formatAge,
  formatAmount,
  formatBytes,
  formatGain,
  formatLots,
  formatMinute,
  formatMoment,
  formatMoney,
  formatMs,
  formatNumber,
  formatOffset,
  formatPercent,
  formatPrice,
  formatServerStamp,
  formatServerTime,
  formatTime,
  gainClass,
  splitPrice,
} from './format.ts'

const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

describe('money', () => {
  it('has the decimals of its currency and the groups of the locale', () => {
    expect(formatMoney(1_234_567.891, 'USD', 'en-GB')).toBe('1,234,567.89')
    expect(formatMoney(1_234_567.891, 'JPY', 'en-GB')).toBe('1,234,568')
    expect(formatMoney(1234.5, 'EUR', 'de-DE')).toBe('1.234,50')
    expect(plain(formatAmount(-5, 'EUR', true, 'en-GB'))).toBe('−5.00 EUR')
  })

  it('rounds half cents away from zero, as the server does', () => {
    expect(formatMoney(1.005, 'USD', 'en-GB')).toBe('1.01')
    expect(formatMoney(-1.005, 'USD', 'en-GB')).toBe('−1.01')
  })

  it('signs gains and losses with a real minus, zero with nothing', () => {
    expect(formatGain(12, 'USD', 'en-GB')).toBe('+12.00')
    expect(formatGain(-12, 'USD', 'en-GB')).toBe('−12.00')
    expect(formatGain(0, 'USD', 'en-GB')).toBe('0.00')
    expect(formatGain(-0.001, 'USD', 'en-GB')).toBe('0.00')
    expect(gainClass(3)).toBe('gain')
    expect(gainClass(-3)).toBe('loss')
    expect(gainClass(0)).toBe('flat')
  })

  it('shows a dash for what is no number, whichever format', () => {
    for (const bad of [Number.NaN, Infinity, -Infinity]) {
      const texts = [
        formatMoney(bad, 'USD'),
        formatAmount(bad, 'USD'),
        formatLots(bad),
        formatPercent(bad),
        formatPrice(bad, 5),
        formatAge(bad),
        formatMs(bad),
        formatBytes(bad),
        formatTime(bad),
      ]
      expect(texts).toEqual(texts.map(() => BLANK))
    }
  })

  it('never shows a raw float or a hyphen for any amount', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e12, max: 1e12, noNaN: true }), (value) => {
        expect(formatMoney(value, 'USD', 'en-GB')).toMatch(/^−?[\d,]+\.\d\d$/)
      }),
    )
  })
})

describe('lots, percent and counts', () => {
  it('reads hundredths of a lot', () => {
    expect(formatLots(1, false, 'en-GB')).toBe('0.01')
    expect(formatLots(123_456, true, 'en-GB')).toBe('+1,234.56')
  })

  it('reads shares', () => {
    expect(plain(formatPercent(0.1234, 1, false, 'en-GB'))).toBe('12.3 %')
    expect(plain(formatPercent(-2, 0, true, 'en-GB'))).toBe('−200 %')
    expect(formatNumber(1_234, 0, false, 'en-GB')).toBe('1,234')
  })

  it('scales bytes', () => {
    expect(plain(formatBytes(0))).toBe('0 B')
    expect(plain(formatBytes(1500))).toBe('1.5 kB')
    expect(plain(formatBytes(43_000_000))).toBe('43.0 MB')
    expect(plain(formatBytes(999_600))).toBe('1.0 MB')
  })
})

describe('prices', () => {
  it('emphasise the pip pair', () => {
    expect(splitPrice(1.085_43, 5)).toEqual({ lead: '1.08', pips: '54', tail: '3' })
    expect(splitPrice(154.321, 3)).toEqual({ lead: '154.', pips: '32', tail: '1' })
    expect(splitPrice(1.0854, 4)).toEqual({ lead: '1.08', pips: '54', tail: '' })
    expect(splitPrice(2345.67, 2)).toEqual({ lead: '2345.', pips: '67', tail: '' })
    expect(splitPrice(4512.3, 1)).toEqual({ lead: '45', pips: '12', tail: '.3' })
    expect(splitPrice(4512, 0)).toEqual({ lead: '45', pips: '12', tail: '' })
    expect(splitPrice(Number.NaN, 5)).toEqual({ lead: '', pips: BLANK, tail: '' })
  })

  it('lose nothing when split', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.integer({ min: 0, max: 5 }),
        (price, digits) => {
          const { lead, pips, tail } = splitPrice(price, digits)
          expect(lead + pips + tail).toBe(formatPrice(price, digits))
        },
      ),
    )
  })
})

describe('ages and times', () => {
  it('tell ages in the unit one would say', () => {
    const said = [400, 9940, 9960, 59_400, 61_000, 3_600_000, 7_500_000, 400_000_000].map((ms) =>
      plain(formatAge(ms)),
    )
    expect(said).toEqual(['0.4 s', '9.9 s', '10 s', '59 s', '1 min', '1 h', '2 h 5 min', '4 d'])
    expect(plain(formatAge(-5))).toBe('0.0 s')
    expect(plain(formatMs(0.34))).toBe('0.3 ms')
    expect(plain(formatMs(1234))).toMatch(/^1.?234 ms$/)
  })

  it('tell the time of the named clock', () => {
    const noon = Date.UTC(2026, 6, 1, 12, 0, 5)
    expect(formatTime(noon, 'Asia/Tokyo', 'en-GB')).toBe('21:00:05')
    expect(formatServerTime(noon, 'en-GB')).toBe('12:00:05')
    expect(formatMinute(noon, 'America/New_York', 'en-GB')).toMatch(/^Wed,? 08:00$/)
    expect(formatServerStamp(noon / 1000, 'en-GB')).toMatch(/01 July? 2026 12:00:05/)
    expect(formatServerStamp(0)).toBe(BLANK)
    expect(formatTime(0)).toBe(BLANK)
  })

  it('name the day of a moment that is not of these hours', () => {
    const noon = Date.UTC(2026, 6, 1, 12, 0, 5)
    const said = (hours: number): string => formatMoment(noon, noon + hours * 3_600_000, 'UTC', 'en-GB')
    expect([said(0), said(2), said(17)]).toEqual(['12:00:05', '12:00:05', '12:00:05'])
    expect(said(19)).toMatch(/^0?1 July? 2026, 12:00:05$/)
  })

  it('name offsets', () => {
    expect(formatOffset(7200)).toBe('UTC+2')
    expect(formatOffset(-19_800)).toBe('UTC−5:30')
    expect(formatOffset(0)).toBe('UTC+0')
  })
})
