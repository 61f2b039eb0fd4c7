import type { ViewFilter, ViewSpec } from '../../../shared/api/views.ts'
import type { Ranker } from './rank.ts'
import type { RowKey, ViewSource } from './source.ts'

/** Which rows a view shows, in which order. `ids` holds `count` rows; the slice is cut from it. */
export type ViewOrder = {
  ids: Int32Array
  /** What each row is; a slot may have been used again since. */
  identities: Int32Array
  count: number
}

export const emptyOrder = (): ViewOrder => ({
  ids: new Int32Array(0),
  identities: new Int32Array(0),
  count: 0,
})

/** Room that all views share while they are being worked out. */
export type OrderScratch = {
  ids: Int32Array
  marks: Int32Array
  mark: number
  keys: Float64Array
  ties: Float64Array
}

export const createScratch = (): OrderScratch => ({
  ids: new Int32Array(0),
  marks: new Int32Array(0),
  mark: 0,
  keys: new Float64Array(0),
  ties: new Float64Array(0),
})

const select = (scratch: OrderScratch, source: ViewSource, filter: ViewFilter): number => {
  const capacity = source.capacity()
  if (scratch.ids.length < capacity) scratch.ids = new Int32Array(capacity * 2)
  return source.select(filter, scratch.ids)
}

const reserve = (order: ViewOrder, length: number): void => {
  if (order.ids.length >= length) return
  const room = Math.ceil(length * 1.25)
  const ids = new Int32Array(room)
  const identities = new Int32Array(room)
  ids.set(order.ids)
  identities.set(order.identities)
  order.ids = ids
  order.identities = identities
}

const fill = (keys: Float64Array, ids: Int32Array, n: number, key: RowKey): void => {
  for (let i = 0; i < n; i++) keys[i] = key(ids[i] as number)
}

/** Selects and sorts all rows anew. An unknown sort column leaves the order of the keys. */
export const sortRows = (
  order: ViewOrder,
  scratch: OrderScratch,
  ranker: Ranker,
  source: ViewSource,
  spec: ViewSpec,
): void => {
  const n = select(scratch, source, spec.filter)
  const { ids } = scratch
  const column = Object.hasOwn(source.columns, spec.sort.column)
    ? source.columns[spec.sort.column]
    : undefined
  if (scratch.keys.length < n) {
    scratch.keys = new Float64Array(ids.length)
    scratch.ties = new Float64Array(ids.length)
  }
  const { ties, keys } = scratch
  fill(ties, ids, n, source.ties(ids, n))
  if (column?.kind === 'number' && column.fill) column.fill(ids, n, keys)
  else if (column) fill(keys, ids, n, column.kind === 'number' ? column.at : column.ranks(ids, n))
  const places = ranker.rank(n, ties, column ? keys : null, spec.sort.descending)
  reserve(order, n)
  order.count = n
  const identities = source.identities()
  for (let i = 0; i < n; i++) {
    const id = ids[places[i] as number] as number
    order.ids[i] = id
    order.identities[i] = identities ? (identities[id] as number) : id
  }
}

/** Keeps the order: rows that no longer pass leave, new ones come in at the end. */
export const keepRows = (
  order: ViewOrder,
  scratch: OrderScratch,
  source: ViewSource,
  spec: ViewSpec,
): void => {
  const n = select(scratch, source, spec.filter)
  const { ids } = scratch
  const limit = source.idLimit()
  if (scratch.marks.length < limit) scratch.marks = new Int32Array(limit * 2)
  const { marks } = scratch
  const mark = ++scratch.mark
  const identities = source.identities()
  for (let i = 0; i < n; i++) marks[ids[i] as number] = mark
  let kept = 0
  for (let i = 0; i < order.count; i++) {
    const id = order.ids[i] as number
    const identity = identities ? (identities[id] as number) : id
    if (marks[id] !== mark || identity !== order.identities[i]) continue
    marks[id] = 0
    order.ids[kept] = id
    order.identities[kept] = identity
    kept++
  }
  reserve(order, n)
  for (let i = 0; i < n && kept < n; i++) {
    const id = ids[i] as number
    if (marks[id] !== mark) continue
    order.ids[kept] = id
    order.identities[kept] = identities ? (identities[id] as number) : id
    kept++
  }
  order.count = kept
}
