import { describe, expect, it } from 'vitest'
import { decimalSign, decimalsOf, parseFigure, parseServerTime } from './figures.ts'
import { headTime } from './head.ts'

describe('figures', () => {
  it.each([
    ['-1 782.78', -1782.78],
    ['52 423', 52_423],
    ['1\u00a0000', 1000],
    ['1,234,567.50', 1_234_567.5],
    ['-0.00', 0],
    ['−5', -5],
    ['', null],
    ['1.2.3', null],
    ['1e5', null],
    ['Infinity', null],
    ['0x10', null],
    ['99999999999999999999', null],
  ])('%j is %j', (text, value) => {
    expect(parseFigure(text)).toBe(value)
  })

  it('reads decimal commas where a file has them', () => {
    expect(decimalSign(['1,25', '2.000,50', '0,50'])).toBe(',')
    expect(decimalSign(['1 234.50', '7'])).toBe('.')
    expect(parseFigure('2.000,50', ',')).toBe(2000.5)
    expect([decimalsOf('-276'), decimalsOf('1.10000'), decimalsOf('0,50', ',')]).toEqual([0, 5, 2])
  })

  it('times are the server clock', () => {
    const time = Date.UTC(2023, 6, 27, 17, 43, 12) / 1000
    expect(parseServerTime('2023.07.27 17:43:12')).toBe(time)
    expect(parseServerTime('27.07.2023 17:43:12')).toBe(time)
    expect(parseServerTime('2023-07-27 17:43')).toBe(time - 12)
    for (const none of ['27.07.2023', '2023.13.01 10:00', '2023.07.27 25:00', 'now', ''])
      expect(parseServerTime(none)).toBe(0)
  })

  it.each([
    '2018 May 23, 12:19',
    '2018 мая 23, 12:19',
    '2018 Mai 23, 12:19',
    '2018年5月23日 12:19',
    '2018 mayo 23, 12:19',
    '2018 Mayıs 23, 12:19',
    '2018 5월 23, 12:19',
  ])('the head’s time %s is known in any language', (text) => {
    expect(headTime(text)).toBe(Date.UTC(2018, 4, 23, 12, 19) / 1000)
  })
})
