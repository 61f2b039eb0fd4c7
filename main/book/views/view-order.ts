import type { ViewSpec } from '../../../shared/api/views.ts'
import { type Ranker, type SortWords, sortWords } from './rank.ts'
import type { Selection } from './selection.ts'
import type { ViewColumn, ViewSource } from './source.ts'

/**
 * The order of a view: what every row was sorted by when the order was made. Which rows stand at which places is worked
 * out from that for the places that are looked at; so a kept order stays the same however far somebody scrolls in it.
 */
export type ViewOrder = {
  /** The rows, in no order: `sorted` of them have a key, the others came since and stand behind them as they came. */
  ids: Int32Array
  identities: Int32Array
  keys: Float64Array<ArrayBuffer>
  /** `keys` made comparable. */
  words: SortWords
  count: number
  sorted: number
  /** Of the selection these rows are from. */
  revision: number
  /** Rows at places `from`…`to`−1, as they were last looked at. */
  window: { from: number; to: number; ids: Int32Array }
}

const noWindow = { from: 0, to: 0, ids: new Int32Array(0) }

export const emptyOrder = (): ViewOrder => ({
  ids: new Int32Array(0),
  identities: new Int32Array(0),
  keys: new Float64Array(0),
  words: new Uint32Array(0),
  count: 0,
  sorted: 0,
  revision: -1,
  window: noWindow,
})

/** Room that all views share: by id, the place of a row in the selection that is looked at, from 1; zero between looks. */
export type OrderScratch = { places: Int32Array }

export const createScratch = (): OrderScratch => ({ places: new Int32Array(0) })

const reserve = (order: ViewOrder, length: number): void => {
  if (order.ids.length >= length) return
  const room = Math.ceil(length * 1.25)
  const ids = new Int32Array(room)
  const identities = new Int32Array(room)
  const keys = new Float64Array(room)
  ids.set(order.ids)
  identities.set(order.identities)
  // As words: as numbers, some of them would be blanks, whose bits need not survive.
  const words = new Uint32Array(keys.buffer)
  words.set(order.words)
  Object.assign(order, { ids, identities, keys, words })
}

/** Takes all rows of the selection; they have no keys yet. */
const takeRows = (order: ViewOrder, selection: Selection): void => {
  const n = selection.count
  reserve(order, n)
  order.ids.set(selection.ids.subarray(0, n))
  order.identities.set(selection.identities.subarray(0, n))
  order.count = n
  order.sorted = n
  order.revision = selection.revision
  order.window = noWindow
}

const columnOf = (source: ViewSource, { column }: ViewSpec['sort']): ViewColumn | undefined =>
  Object.hasOwn(source.columns, column) ? source.columns[column] : undefined

/** Takes all rows of the selection and what they are sorted by now. An unknown sort column leaves the order of the keys. */
export const sortRows = (
  order: ViewOrder,
  source: ViewSource,
  selection: Selection,
  sort: ViewSpec['sort'],
): void => {
  takeRows(order, selection)
  const column = columnOf(source, sort)
  const { ids, keys, count } = order
  if (column?.kind === 'number' && column.fill) column.fill(ids, count, keys)
  else if (column) {
    const key = column.kind === 'number' ? column.at : column.ranks(ids, count)
    for (let i = 0; i < count; i++) keys[i] = key(ids[i] as number)
  } else keys.fill(0, 0, count)
  order.words = sortWords(keys, 0, count, sort.descending)
}

/** Makes an order of the figures of now, of which only so much is worked out at once; answers true when it is done. */
export type Sorting = (rows: number) => boolean

/** Begins to sort bit by bit; null where the column cannot be frozen. */
export const beginSorting = (
  order: ViewOrder,
  source: ViewSource,
  selection: Selection,
  sort: ViewSpec['sort'],
): Sorting | null => {
  const column = columnOf(source, sort)
  if (column?.kind !== 'number' || !column.freeze) return null
  takeRows(order, selection)
  const write = column.freeze()
  let done = 0
  return (rows) => {
    const { ids, keys, count } = order
    const to = Math.min(done + rows, count)
    write(ids, done, to, keys)
    order.words = sortWords(keys, done, to, sort.descending)
    done = to
    return done === count
  }
}

/** Marks the rows that pass by id, each with its place in the selection. */
const markRows = (scratch: OrderScratch, selection: Selection, limit: number): Int32Array => {
  if (scratch.places.length < limit) scratch.places = new Int32Array(Math.ceil(limit * 1.25))
  const { places } = scratch
  const { ids, count } = selection
  for (let i = 0; i < count; i++) places[ids[i] as number] = i + 1
  return places
}

/** Keeps the order: rows that no longer pass leave, new ones come in at the end. */
export const keepRows = (
  order: ViewOrder,
  scratch: OrderScratch,
  source: ViewSource,
  selection: Selection,
): void => {
  if (order.revision === selection.revision) return
  order.revision = selection.revision
  order.window = noWindow
  const n = selection.count
  reserve(order, n)
  const places = markRows(scratch, selection, source.idLimit())
  const { ids: passing, identities: now } = selection
  const { ids, identities, words } = order
  // A row stays where it passes and is the same one. What was found is unmarked, so that the new ones are left.
  let { sorted } = order
  let i = 0
  while (i < sorted) {
    const id = ids[i] as number
    const place = places[id] as number
    if (place > 0 && now[place - 1] === identities[i]) {
      places[id] = 0
      i++
      continue
    }
    // Among rows with keys it does not matter which stands where: the last takes the place of one that leaves.
    sorted--
    ids[i] = ids[sorted] as number
    identities[i] = identities[sorted] as number
    words[i * 2] = words[sorted * 2] as number
    words[i * 2 + 1] = words[sorted * 2 + 1] as number
  }
  let kept = sorted
  for (let k = order.sorted; k < order.count; k++) {
    const id = ids[k] as number
    const place = places[id] as number
    if (place === 0 || now[place - 1] !== identities[k]) continue
    places[id] = 0
    ids[kept] = id
    identities[kept] = identities[k] as number
    kept++
  }
  for (let k = 0; k < n; k++) {
    const id = passing[k] as number
    if (places[id] === 0) continue
    places[id] = 0
    ids[kept] = id
    identities[kept] = now[k] as number
    kept++
  }
  order.count = kept
  order.sorted = sorted
}

/** Rows at places `from`…`to`−1. Valid until the order is sorted or its rows change. */
export const rowsAt = (
  order: ViewOrder,
  ranker: Ranker,
  source: ViewSource,
  from: number,
  to: number,
): Int32Array => {
  const { window } = order
  if (from >= window.from && to <= window.to) return window.ids.subarray(from - window.from, to - window.from)
  // A page more on either side, so that scrolling a little asks for nothing.
  const page = to - from
  const start = Math.max(0, from - page)
  const end = Math.min(order.count, to + page)
  const { ids, sorted } = order
  const shown = new Int32Array(end - start)
  const ranked = Math.min(end, sorted)
  if (start < ranked) {
    const tie = source.ties(ids, sorted)
    const places = ranker.places(order.words, sorted, start, ranked, (i) => tie(ids[i] as number))
    for (let k = 0; k < ranked - start; k++) shown[k] = ids[places[k] as number] as number
  }
  for (let place = Math.max(start, sorted); place < end; place++) shown[place - start] = ids[place] as number
  order.window = { from: start, to: end, ids: shown }
  return shown.subarray(from - start, to - start)
}
