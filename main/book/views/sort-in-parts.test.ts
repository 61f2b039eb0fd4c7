import { describe, expect, it } from 'vitest'
import type { ViewSpec } from '../../../shared/api/views.ts'
import { frameReader } from '../testing/harness.ts'
import { numberColumn, type ViewSource } from './source.ts'
import type { ViewSources } from './sources.ts'
import { createViewSet } from './view-set.ts'

/** A large order is made anew bit by bit, of the figures of one moment, while the one before is shown. */

const spec: ViewSpec = {
  kind: 'currencies',
  columns: ['clients', 'net'],
  filter: {},
  sort: { column: 'net', descending: true },
  from: 0,
  count: 4,
  pace: 30,
  hold: false,
}
const facts = { serverTime: 0, valuedAt: 0, live: true, base: 'USD' }

const setUp = (many?: number) => {
  let rows = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
  const net = rows.map((i) => i)
  const source = {
    all: () => rows.length,
    capacity: () => 20,
    idLimit: () => 20,
    select: (_: unknown, out: Int32Array) => {
      out.set(rows)
      return rows.length
    },
    members: () => rows.join(),
    alive: (i: number) => rows.includes(i),
    identities: () => null,
    ties: () => (i: number) => i,
    columns: {
      clients: numberColumn((i) => i),
      net: {
        kind: 'number',
        at: (i: number) => net[i] as number,
        freeze: () => {
          const then = net.slice()
          return (ids: Int32Array, from: number, to: number, keys: Float64Array) => {
            for (let k = from; k < to; k++) keys[k] = then[ids[k] as number] as number
          }
        },
      },
    },
    totals: () => ({}),
  } as unknown as ViewSource
  const sources = { currencies: source } as unknown as ViewSources
  const read = frameReader('currencies')
  let shown: number[] = []
  let matched = 0
  let n = 0
  let now = 10_000
  let version = 1
  const views = createViewSet(
    (_, frame) => {
      const { data, meta, n: number } = read(frame)
      matched = meta.matched
      shown = [...data.columns.clients]
      n = number
    },
    3,
    many,
  )
  const pump = (ms: number) => {
    now += ms
    version++
    views.ack(1, n)
    views.pump(sources, version, facts, now)
    return shown
  }
  views.open(1, spec)
  return {
    pump,
    views,
    net,
    matched: () => matched,
    leave: (row: number) => {
      rows = rows.filter((i) => i !== row)
    },
    come: (row: number) => {
      rows = [...rows, row]
    },
  }
}

describe('an order that is made anew in parts', () => {
  it('is shown when it is whole, and is that of the moment it was begun', () => {
    const { pump, net } = setUp()
    expect(pump(0)).toEqual([9, 8, 7, 6])
    net.reverse()
    expect(pump(1000)).toEqual([9, 8, 7, 6])
    net.reverse()
    // Ten rows, three a time: the fourth part ends it.
    expect([pump(40), pump(40), pump(40)]).toEqual([
      [9, 8, 7, 6],
      [9, 8, 7, 6],
      [9, 8, 7, 6],
    ])
    expect(pump(40)).toEqual([0, 1, 2, 3])
    expect(pump(800)).toEqual([0, 1, 2, 3])
    for (let part = 0; part < 5; part++) pump(100)
    expect(pump(40)).toEqual([9, 8, 7, 6])
  })

  it('has neither rows that left meanwhile nor those that came in places of their own', () => {
    const { pump, net, leave, come } = setUp()
    pump(0)
    net.reverse()
    pump(1000)
    leave(1)
    net[12] = 100
    come(12)
    for (let part = 0; part < 3; part++) pump(40)
    expect(pump(40)).toEqual([0, 2, 3, 4])
  })

  it('is given up when the order is held or another is asked for', () => {
    const { pump, net, views } = setUp()
    pump(0)
    net.reverse()
    pump(1000)
    views.change(1, { ...spec, hold: true })
    for (let part = 0; part < 9; part++) pump(200)
    expect(pump(40)).toEqual([9, 8, 7, 6])
    views.change(1, spec)
    expect(pump(40)).toEqual([0, 1, 2, 3])
    views.change(1, { ...spec, sort: { column: 'net', descending: false } })
    expect(pump(40)).toEqual([9, 8, 7, 6])
  })
})

describe('many rows', () => {
  it('are looked up four times a second, but a row that is gone leaves the slice at once', () => {
    const { pump, leave, come, matched, net } = setUp(5)
    pump(0)
    net[11] = 50
    come(11)
    expect([pump(40), matched()]).toEqual([[9, 8, 7, 6], 10])
    leave(9)
    expect([pump(40), matched()]).toEqual([[8, 7, 6, 5], 10])
    leave(0)
    expect([pump(40), matched()]).toEqual([[8, 7, 6, 5], 10])
    expect([pump(250), matched()]).toEqual([[8, 7, 6, 5], 9])
  })
})
