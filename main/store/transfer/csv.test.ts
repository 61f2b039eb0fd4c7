import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cellValue, csvLine } from './csv.ts'

const read = (text: string): string[][] => parse(text, { record_delimiter: ['\r\n', '\n'] })

it('gives every value back', () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('=1+1', "'", "'=x", '-5', '+49', 'a"b', 'a\r\nb'),
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(value, fc.jsonValue()), { minLength: 1, maxLength: 6 }), (values) => {
      const cells = read(csvLine(values))[0] ?? []
      const back = cells.map((cell, i) => cellValue(cell, typeof values[i] === 'string'))
      expect(JSON.stringify(back)).toBe(JSON.stringify(values))
    }),
    { numRuns: 500 },
  )
})

it('writes no cell that a spreadsheet takes for a formula', () => {
  const texts = ['=1+1', '+1', '-1', '@x', '\t=1', '\r=1', "'=1"]
  for (const [cell = ''] of texts.map((text) => read(csvLine([text]))[0] ?? [])) expect(cell[0]).toBe("'")
})
