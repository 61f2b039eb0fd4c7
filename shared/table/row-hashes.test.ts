import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnsFromRows } from '../wire/columns.ts'
import { openPackedTable, tableFrame } from '../wire/frames.ts'
import { type RowOf, table } from '../wire/schema.ts'
import { addRow, emptyHash, rowObjectHash, type StateHash } from '../wire/state-hash.ts'
import { createNumberKeys } from './keys.ts'
import { PAGE } from './row-hashes.ts'
import { createTableStore } from './table-store.ts'
import { createTextCells } from './text-cells.ts'
import { createTextPool } from './text-pool.ts'

const schema = table('things', { id: 'i32', price: 'f64', name: 'str', tag: 'dict' })
type Row = RowOf<typeof schema>
const rowOf = (id: number, salt: number): Row => ({
  id,
  price: (id * 7 + salt) / 3,
  name: salt % 3 === 0 ? '' : `n${id}.${salt}`,
  tag: `t${(id + salt) % 5}`,
})
const wire = (rows: readonly Row[]) => {
  const frame = tableFrame(
    { type: 4, stream: 1, n: 1, scope: 1, first: 1, flags: 0 },
    schema,
    columnsFromRows(schema, rows),
  )
  return openPackedTable(schema, frame, rows.length)
}
const create = () => createTableStore(schema, 'id', createNumberKeys(), createTextPool(), {}, createTextCells)
const hashOf = (rows: Iterable<Row>): StateHash =>
  [...rows].reduce((h, r) => addRow(h, rowObjectHash(schema, r)), emptyHash)
const wrong = (hash: StateHash): StateHash => ({ ...hash, b: (hash.b ^ 1) >>> 0 })

const IDS = 3 * PAGE
const id = fc.integer({ min: 1, max: IDS })
const step = fc.oneof(
  // Blocks of new rows, of rows that are known, and of both.
  fc.record({
    do: fc.constant('block' as const),
    first: id,
    rows: fc.integer({ min: 0, max: IDS }),
    salt: fc.nat(9),
    putOff: fc.constantFrom('nothing', 'hashes', 'keys and hashes', 'all'),
  }),
  fc.record({ do: fc.constant('put' as const), id, salt: fc.nat(9) }),
  fc.record({ do: fc.constant('remove' as const), id }),
  fc.record({ do: fc.constant('same' as const), id, salt: fc.nat(9) }),
  fc.record({ do: fc.constant('catch up' as const), rows: fc.integer({ min: 1, max: 2 * PAGE }) }),
  fc.record({ do: fc.constant('compare' as const), right: fc.boolean() }),
  fc.record({ do: fc.constant('find' as const), id }),
  fc.record({ do: fc.constant('ask' as const) }),
)

describe('rows of which something is left for later', () => {
  it('are found and hash as those that were taken in at once, whatever happens meanwhile', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const store = create()
        const model = new Map<number, Row>()
        const told: number[] = []
        const wrongOnes: number[] = []
        const answers: (readonly [got: unknown, wanted: unknown])[] = []
        steps.forEach((s, i) => {
          if (s.do === 'block') {
            // Keys may wait where no row is known.
            const rows = Array.from({ length: Math.min(s.rows, IDS - s.first + 1) }, (_, k) =>
              rowOf(s.first + k, s.salt),
            ).filter((row) => (s.putOff !== 'all' && s.putOff !== 'keys and hashes') || !model.has(row.id))
            if (s.putOff !== 'all') store.putAll(wire(rows), s.putOff)
            else if (!store.putLater(wire(rows))) store.putAll(wire(rows), 'hashes')
            for (const r of rows) model.set(r.id, r)
          } else if (s.do === 'put') {
            model.set(s.id, rowOf(s.id, s.salt))
            store.putRow(rowOf(s.id, s.salt))
          } else if (s.do === 'remove') {
            if (model.delete(s.id)) store.remove(store.slotOf(s.id))
          } else if (s.do === 'same') {
            const known = model.get(s.id)
            const hash = rowObjectHash(schema, rowOf(s.id, s.salt))
            if (known)
              answers.push([store.same(store.slotOf(s.id), hash), hash === rowObjectHash(schema, known)])
          } else if (s.do === 'catch up') store.catchUp(s.rows)
          else if (s.do === 'compare') {
            const hash = hashOf(model.values())
            store.compare(s.right ? hash : wrong(hash), () => told.push(i))
            if (!s.right) wrongOnes.push(i)
          } else if (s.do === 'find') {
            const slot = store.slotOf(s.id)
            answers.push([slot < 0 ? undefined : store.row(slot), model.get(s.id)])
          } else answers.push([store.hash(), hashOf(model.values())])
          answers.push([store.size(), model.size])
        })
        expect(answers.map(([got]) => got)).toEqual(answers.map(([, wanted]) => wanted))
        expect(store.hash()).toEqual(hashOf(model.values()))
        for (let k = 1; k <= IDS; k++) expect(store.slotOf(k) >= 0).toBe(model.has(k))
        // Who compared hears of a difference once, and of none where there was none.
        expect(told).toEqual(wrongOnes)
      }),
      { numRuns: 500 },
    )
  })

  it('are caught up with little by little, and no more is done than was asked for', () => {
    const store = create()
    const rows = Array.from({ length: 3 * PAGE }, (_, i) => rowOf(i + 1, 1))
    store.putAll(wire(rows), 'hashes')
    const told: string[] = []
    store.compare(hashOf(rows), () => told.push('right'))
    store.compare(wrong(hashOf(rows)), () => told.push('wrong'))
    expect(store.catchUp(PAGE)).toBe(0)
    expect(store.catchUp(PAGE)).toBe(0)
    expect(told).toEqual([])
    expect(store.catchUp(5 * PAGE)).toBe(4 * PAGE)
    expect(told).toEqual(['wrong'])
    expect(store.catchUp(PAGE)).toBe(PAGE)
  })

  it('compare with the moment of the question, not with what changed since', () => {
    const store = create()
    const rows = Array.from({ length: 3 * PAGE }, (_, i) => rowOf(i + 1, 1))
    store.putAll(wire(rows), 'hashes')
    store.putRow(rowOf(1, 2))
    const then = hashOf([rowOf(1, 2), ...rows.slice(1)])
    let told = 0
    store.compare(then, () => told++)
    store.putRow(rowOf(1, 3))
    store.putRow(rowOf(2, 3))
    store.remove(store.slotOf(PAGE + 1))
    store.putRow(rowOf(9 * PAGE, 1))
    store.catchUp(9 * PAGE)
    expect(told).toBe(0)
    expect(store.hash()).not.toEqual(then)
  })
})
