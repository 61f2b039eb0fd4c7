import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createScratch } from './column-parts.ts'
import {
  type ColumnInput,
  columnsFromRows,
  layoutColumns,
  openPacked,
  packRows,
  readColumns,
  readPacked,
} from './columns.ts'
import { WireError } from './errors.ts'
import { type PackedOf, type RowOf, rowAt, table } from './schema.ts'
import { columnsHash } from './state-hash.ts'

const sample = table('sample', { a: 'u8', b: 'u16', c: 'i32', d: 'f64', e: 'str', f: 'dict' })
type Row = RowOf<typeof sample>

const encode = (input: ColumnInput<typeof sample>): Uint8Array<ArrayBuffer> => {
  const layout = layoutColumns(sample, input)
  const out = new Uint8Array(layout.bytes)
  layout.put(out, 0)
  return out
}
const decode = (bytes: Uint8Array<ArrayBuffer>, rows: number): Row[] => {
  const data = readColumns(sample, bytes, 0, rows, false)
  return Array.from({ length: rows }, (_, i) => rowAt(sample, data, i))
}
const numberOf = (name: 'a' | 'b' | 'c' | 'd', cells: readonly number[]): number[] => {
  const rows = cells.map((cell) => ({ a: 0, b: 0, c: 0, d: 0, e: '', f: '', [name]: cell }))
  return decode(encode(columnsFromRows(sample, rows)), rows.length).map((row) => row[name])
}

/** Cells as they come in practice: all alike, close together, with few decimals; and as they hardly ever do. */
const near = (min: number, max: number) =>
  fc
    .tuple(fc.integer({ min, max }), fc.constantFrom(0, 1, 255, 256, 65_535, 65_536))
    .chain(([low, span]) =>
      fc.array(fc.integer({ min: low, max: Math.min(max, low + span) }), { maxLength: 20 }),
    )
const wholes = (min: number, max: number) =>
  fc.oneof(near(min, max), fc.array(fc.integer({ min, max }), { maxLength: 20 }))
const decimals = fc.tuple(fc.nat(8), fc.constantFrom(200, 60_000, 2 ** 31, 2 ** 52)).chain(([digits, most]) =>
  fc.array(
    fc.integer({ min: -most, max: most }).map((n) => n / 10 ** digits),
    { maxLength: 20 },
  ),
)
const odd = fc.constantFrom(
  0,
  -0,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.MAX_VALUE,
  Number.MIN_VALUE,
  -Number.MAX_VALUE,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  2 ** 50,
  -(2 ** 50),
  2 ** 53 + 2,
  2 ** 32 - 1,
  2 ** 32,
  0.1,
  0.1 + 0.2,
  1e-8,
  1e-9,
)
const floats = fc.oneof(decimals, fc.array(odd, { maxLength: 6 }), fc.array(fc.double(), { maxLength: 20 }))

const row: fc.Arbitrary<Row> = fc.record({
  a: fc.nat(255),
  b: fc.nat(65_535),
  c: fc.integer(),
  d: fc.double(),
  e: fc.string({ unit: 'grapheme' }),
  f: fc.constantFrom('', 'EURUSD', 'Zoë 😀'),
})

describe('columns', () => {
  it('come back exactly, whatever encoding they took', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
        expect(decode(encode(columnsFromRows(sample, rows)), rows.length)).toEqual(rows)
      }),
    )
  })

  it.each([
    ['a', wholes(0, 0xff)],
    ['b', wholes(0, 0xffff)],
    ['c', wholes(-0x8000_0000, 0x7fff_ffff)],
    ['d', floats],
  ] as const)('of numbers come back bit for bit: %s', (name, cells) => {
    fc.assert(
      fc.property(cells, (given) => {
        const back = numberOf(name, given)
        expect(back).toHaveLength(given.length)
        given.forEach((cell, i) => expect(back[i]).toBe(cell))
      }),
      { numRuns: 500 },
    )
  })

  it('of texts come back, repeated, long, empty and with half surrogate pairs made whole', () => {
    const text = fc.oneof(
      fc.constantFrom('', 'x'.repeat(300), 'y'.repeat(70_000)),
      fc.string({ unit: 'binary' }),
    )
    const cells = fc.oneof(
      fc.array(text, { maxLength: 8 }),
      text.map((t) => [t, t, t]),
    )
    fc.assert(
      fc.property(cells, (given) => {
        const rows = given.map((cell) => ({ a: 0, b: 0, c: 0, d: 0, e: cell, f: cell }))
        const back = decode(encode(columnsFromRows(sample, rows)), rows.length)
        expect(back.map((r) => r.e)).toEqual(given.map((t) => t.toWellFormed()))
        expect(back.map((r) => r.f)).toEqual(given.map((t) => t.toWellFormed()))
      }),
    )
  })

  it('take little room where cells are alike or close together', () => {
    const rows = Array.from({ length: 1000 }, (_, i) => ({
      a: 7,
      b: 40_000 + (i % 200),
      c: -1_000_000 + i,
      d: (110_000 + Math.round(i / 3)) / 1e5,
      e: 'same',
      f: i % 2 ? 'buy' : 'sell',
    }))
    // One byte each for b and f, two for c and d, heads and bases.
    expect(encode(columnsFromRows(sample, rows)).byteLength).toBeLessThan(1000 * 6 + 300)
  })

  it('can be read into memory that is used again', () => {
    const scratch = createScratch()
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
        const bytes = encode(columnsFromRows(sample, rows))
        const packed = readPacked(sample, bytes, 0, rows.length, false, scratch)
        expect(columnsHash(sample, packed)).toEqual(columnsHash(sample, packRows(sample, rows)))
        const { f, ...plain } = packed.columns
        const fresh = readPacked(sample, bytes, 0, rows.length, false)
        expect({ ...plain, f: f.words }).toEqual({ ...fresh.columns, f: fresh.columns.f.words })
        for (const name of packed.constant)
          expect(rows.map((r) => r[name as 'a'])).toEqual(rows.map(() => rows[0]?.[name as 'a']))
      }),
    )
  })

  it('can wait as they came, and are written right into a table later', () => {
    const scratch = createScratch()
    const cells = { a: Uint8Array, b: Uint16Array, c: Int32Array, d: Float64Array } as const
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), fc.nat(9), (rows, from) => {
        const bytes = encode(columnsFromRows(sample, rows))
        const eager = readPacked(sample, bytes, 0, rows.length, false)
        const late = openPacked(sample, bytes, 0, rows.length, false, scratch)
        // Whatever else the scratch is used for meanwhile.
        readPacked(sample, bytes, 0, rows.length, false, scratch)
        expect([late.constant, late.bytes]).toEqual([eager.constant, bytes.byteLength])
        for (const [name, [low, high]] of late.bounds ?? [])
          for (const r of rows) expect(r[name as 'a'] >= low && r[name as 'a'] <= high).toBe(true)
        for (const name of ['a', 'b', 'c', 'd'] as const) {
          const column = new cells[name](from + rows.length + 1)
          late.into(name, column, from)
          const wanted = new cells[name](from + rows.length + 1)
          wanted.set(eager.columns[name], from)
          expect(column).toEqual(wanted)
        }
        const texts = (from: typeof eager) =>
          rows.map((_, i) => from.columns.f.words[from.columns.f.codes[i] ?? -1])
        expect(texts(late)).toEqual(texts(eager))
      }),
    )
  })

  it('of more rows than fit the memory that is used again are read all the same', () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => ({
      a: i % 7,
      b: i,
      c: i * 11,
      d: i / 8,
      e: '',
      f: `${i % 9}`,
    }))
    const bytes = encode(columnsFromRows(sample, rows))
    const scratch = createScratch()
    for (let again = 0; again < 2; again++) {
      const { columns } = readPacked(sample, bytes, 0, rows.length, true, scratch)
      for (const i of [0, 1, 29_999, 59_999])
        expect([columns.a[i], columns.b[i], columns.c[i], columns.d[i]]).toEqual([i % 7, i, i * 11, i / 8])
    }
  })
})

describe('damaged columns', () => {
  const rows = fc.sample(row, { numRuns: 12, seed: 4 })
  rows.forEach((r, i) => Object.assign(r, { c: i, d: i / 100 }))
  const good = encode(columnsFromRows(sample, rows))

  /** What was read, or the error by name; anything else is thrown on. */
  const attempt = (bytes: Uint8Array<ArrayBuffer>, count: number) => {
    try {
      return readPacked(sample, bytes, 0, count, true)
    } catch (error) {
      if (error instanceof WireError) return error
      throw error
    }
  }
  const soundness = (read: PackedOf<typeof sample> | WireError, count: number): boolean => {
    if (read instanceof WireError) return true
    const { d, f } = read.columns
    return (
      d.length === count &&
      d.every((cell) => Number.isFinite(cell)) &&
      f.codes.every((code) => code < f.words.length)
    )
  }

  it('are refused by name or read as something else, never worse', () => {
    let refused = 0
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.byteLength - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: 40 }),
        fc.boolean(),
        (damages, count, cut) => {
          const bad = cut ? good.slice(0, (good.byteLength >> 4) * 8) : good.slice()
          for (const [at, byte] of damages) if (at < bad.byteLength) bad[at] = byte
          const read = attempt(bad, count)
          if (read instanceof WireError) refused++
          expect(soundness(read, count)).toBe(true)
        },
      ),
      { numRuns: 3000 },
    )
    expect(refused).toBeGreaterThan(1000)
  })

  it.each([
    ['an unknown encoding', [0, 9]],
    ['a constant out of range', [0, 1]],
  ])('are refused: %s', (_, [at, byte]) => {
    const bad = good.slice()
    bad[at as number] = byte as number
    expect(() => readPacked(sample, bad, 0, rows.length, true)).toThrow(WireError)
  })

  it('are refused when a narrow cell would leave the range of its column', () => {
    const whole = table('one', { c: 'i32' })
    const layout = layoutColumns(whole, { rows: 3, columns: { c: [0x7fff_fff0, 0x7fff_ffff, 0x7fff_fff3] } })
    const bytes = new Uint8Array(layout.bytes)
    layout.put(bytes, 0)
    expect([...readPacked(whole, bytes, 0, 3, true).columns.c]).toEqual([
      0x7fff_fff0, 0x7fff_ffff, 0x7fff_fff3,
    ])
    bytes[17] = 200
    expect(() => readPacked(whole, bytes, 0, 3, true)).toThrow('BAD_COLUMN')
  })

  it('are refused when a float is not finite and must be', () => {
    for (const d of [[Number.NaN], [1, Number.POSITIVE_INFINITY], [0.1, Number.NaN, 7]]) {
      const all = d.map((cell) => ({ a: 0, b: 0, c: 0, d: cell, e: '', f: '' }))
      const bytes = encode(columnsFromRows(sample, all))
      expect(() => readPacked(sample, bytes, 0, all.length, true)).toThrow('BAD_VALUE')
    }
  })
})
