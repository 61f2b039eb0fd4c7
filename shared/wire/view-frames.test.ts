import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WireError } from './errors.ts'
import { FrameType, openFrame } from './header.ts'
import { type ColumnsOf, type RowOf, rowAt, table } from './schema.ts'
import { createFrameRoom, createViewWriter, isWhole, readView } from './view-frames.ts'

const sample = table('sample', {
  id: 'i32',
  kind: 'u8',
  slot: 'u16',
  price: 'f64',
  name: 'str',
  group: 'dict',
})
type Row = RowOf<typeof sample>
type Data = ColumnsOf<typeof sample>

const row: fc.Arbitrary<Row> = fc.record({
  id: fc.integer({ min: -3, max: 3 }),
  kind: fc.constantFrom(0, 1, 255),
  slot: fc.constantFrom(0, 65_535),
  price: fc.oneof(fc.constantFrom(0, -0, 1.5, Number.NaN, Number.NEGATIVE_INFINITY), fc.double()),
  name: fc.oneof(fc.constantFrom('', 'Müller 😀'), fc.string({ unit: 'binary' })),
  group: fc.constantFrom('demo', 'real-EUR', ''),
}) as fc.Arbitrary<Row>

/** What a window is to have of a row: texts that are not well-formed are mended on the way. */
const arrived = (rows: readonly Row[]) =>
  rows.map((r) => ({ ...r, name: r.name.toWellFormed(), group: r.group.toWellFormed() }))

const rowsOf = (data: Data): Row[] => Array.from({ length: data.rows }, (_, i) => rowAt(sample, data, i))

/** Lengths of the columns that were read, or how many rows there should have been where reading was refused by name. */
const lengths = (read: () => Data): number[] => {
  try {
    const { columns } = read()
    return [...new Set(Object.values(columns).map(({ length }) => length))]
  } catch (error) {
    if (error instanceof WireError) return [3]
    throw error
  }
}

const setUp = (names: readonly string[] = sample.names) => {
  const writer = createViewWriter(sample, names, createFrameRoom())
  let n = 0
  return (rows: readonly Row[], whole = false) => {
    const columns = Object.fromEntries(
      sample.names.map((name) => [name, { at: (i: number) => rows[i]?.[name as keyof Row] as number }]),
    )
    const ids = Int32Array.from(rows, (_, i) => i)
    const header = { type: FrameType.VIEW, n: ++n, scope: 4, first: 0 }
    return openFrame(writer.frame(header, { said: n }, { ids, columns }, whole))
  }
}

const base: Row = { id: 1, kind: 0, slot: 0, price: Number.NaN, name: 'é', group: 'g' }

describe('view frames', () => {
  it('one after another leave the window with the slice as it is, whatever changed', () => {
    // Most rows stay from frame to frame, as in a view, and some slices are of other lengths.
    const steps = fc.array(
      fc.record({
        whole: fc.boolean(),
        cut: fc.nat(12),
        put: fc.array(fc.tuple(fc.nat(12), row), { maxLength: 5 }),
      }),
      { minLength: 1, maxLength: 12 },
    )
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), steps, (start, given) => {
        const write = setUp()
        let rows = start
        let before: Data | null = null
        for (const { whole, cut, put } of given) {
          rows = rows.slice(0, rows.length - (cut > 8 ? cut - 8 : 0))
          for (const [at, next] of put) {
            if (at < rows.length) rows[at] = next
            else rows.push(next)
          }
          const { header, frame } = write(rows, whole || before === null)
          expect(isWhole(header)).toBe(whole || before === null)
          const { meta, data }: { meta: unknown; data: Data } = readView(sample, header, frame, before)
          expect(meta).toEqual({ said: header.n })
          expect(rowsOf(data)).toEqual(arrived(rows))
          before = data
        }
      }),
      { numRuns: 500 },
    )
  })

  it('carry nothing but the head where nothing changed, blanks included, and then leave the slice alone', () => {
    const write = setUp()
    const first = write([base, { ...base, id: 2 }], true)
    const { data } = readView(sample, first.header, first.frame, null)
    const second = write([base, { ...base, id: 2 }])
    expect(second.frame.byteLength).toBe(40 + 8 + 16)
    expect(readView(sample, second.header, second.frame, data).data).toBe(data)
  })

  it('share the columns that did not change with the slice before, which stays as it was', () => {
    const write = setUp()
    const first = write([base, { ...base, id: 2 }], true)
    const before = readView(sample, first.header, first.frame, null).data
    const second = write([base, { ...base, id: 2, price: 7 }])
    const { data } = readView(sample, second.header, second.frame, before)
    expect([...data.columns.price]).toEqual([Number.NaN, 7])
    expect([...before.columns.price]).toEqual([Number.NaN, Number.NaN])
    expect(data.columns.name).toBe(before.columns.name)
    expect(second.frame.byteLength).toBeLessThan(first.frame.byteLength)
  })

  it('hold only the columns that were asked for', () => {
    const { header, frame } = setUp(['price', 'group'])([base], true)
    const { data } = readView(sample, header, frame, null)
    expect(data).toEqual({ rows: 1, columns: { price: Float64Array.of(Number.NaN), group: ['g'] } })
  })

  it('of changes are refused where there is nothing to change', () => {
    const write = setUp()
    write([base], true)
    const second = write([{ ...base, price: 2 }])
    expect(() => readView(sample, second.header, second.frame, null)).toThrow('not there')
  })

  it('are refused by name, never misread, when any byte of them is another', () => {
    const write = setUp()
    const first = write([base, { ...base, id: 2 }, base], true)
    const before = readView(sample, first.header, first.frame, null).data
    const second = write([base, { ...base, id: 3, name: 'xy' }, base])
    for (const { header, frame } of [first, second])
      for (let at = 40; at < frame.byteLength; at++)
        for (const value of [0xff, 0x80, 1]) {
          const bad = frame.slice()
          bad[at] = value
          // The checksum finds these; here the reader itself must stay within the frame and the slice.
          expect(lengths(() => readView(sample, header, bad, before).data)).toEqual([3])
        }
  })
})
