import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnsFromRows } from './columns.ts'
import { WireError } from './errors.ts'
import { jsonFrame, readJson, readTable, tableFrame } from './frames.ts'
import { FrameType, openFrame } from './header.ts'
import { type RowOf, rowAt, table } from './schema.ts'

const sample = table('sample', {
  id: 'i32',
  kind: 'u8',
  slot: 'u16',
  price: 'f64',
  name: 'str',
  group: 'dict',
})
const header = { type: FrameType.CHANGES, stream: 3, n: 7, scope: 2, first: 90_071_992_547, flags: 1 }

const rowArbitrary = fc.record({
  id: fc.integer(),
  kind: fc.integer({ min: 0, max: 255 }),
  slot: fc.integer({ min: 0, max: 65_535 }),
  price: fc.double({ noNaN: true, noDefaultInfinity: true }).map((v) => v + 0),
  name: fc.string({ unit: 'grapheme' }),
  group: fc.constantFrom('demo', 'real-EUR', '', 'Müller 😀'),
}) as fc.Arbitrary<RowOf<typeof sample>>

const decode = (bytes: Uint8Array) => {
  const { header: h, frame } = openFrame(bytes)
  return { header: h, data: readTable(sample, frame, h.rows) }
}

describe('table frames', () => {
  it('come back as they were sent, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(rowArbitrary, { maxLength: 40 }), (rows) => {
        const out = decode(tableFrame(header, sample, columnsFromRows(sample, rows)))
        expect(out.header).toEqual({ ...header, rows: rows.length })
        expect(Array.from({ length: rows.length }, (_, i) => rowAt(sample, out.data, i))).toEqual(rows)
      }),
    )
  })

  it('open from an unaligned slice', () => {
    const frame = tableFrame(header, sample, columnsFromRows(sample, []))
    const shifted = new Uint8Array(frame.byteLength + 3)
    shifted.set(frame, 3)
    expect(decode(shifted.subarray(3)).header.n).toBe(7)
  })

  it('are refused by name when any byte is changed or missing', () => {
    const rows = fc.sample(rowArbitrary, { numRuns: 5, seed: 1 })
    const good = tableFrame(header, sample, columnsFromRows(sample, rows))
    for (let at = 0; at < good.byteLength; at++) {
      const bad = good.slice()
      bad[at] = (bad[at] as number) ^ 0x41
      expect(() => decode(bad), `byte ${at}`).toThrow(WireError)
      expect(() => decode(good.subarray(0, at)), `cut at ${at}`).toThrow(WireError)
    }
  })

  it('refuse figures that are not numbers', () => {
    const row = { id: 1, kind: 0, slot: 0, price: Number.NaN, name: '', group: '' }
    expect(() => decode(tableFrame(header, sample, columnsFromRows(sample, [row])))).toThrow('BAD_VALUE')
  })
})

describe('json frames', () => {
  it('carry JSON of any length', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const { frame } = openFrame(jsonFrame({ ...header, type: FrameType.CHECKPOINT }, value))
        expect(JSON.stringify(readJson(frame))).toBe(JSON.stringify(value))
      }),
    )
  })
})
