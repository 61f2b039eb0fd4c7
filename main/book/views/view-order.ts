import type { ViewSpec } from '../../../shared/api/views.ts'
import { type Ranker, type SortWords, sortWords } from './rank.ts'
import type { Selection } from './selection.ts'
import type { ViewSource } from './source.ts'

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

/** Room that all views share. */
export type OrderScratch = { marks: Int32Array; mark: number }

export const createScratch = (): OrderScratch => ({ marks: new Int32Array(0), mark: 0 })

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

/** Takes all rows of the selection and what they are sorted by now. An unknown sort column leaves the order of the keys. */
export const sortRows = (
  order: ViewOrder,
  source: ViewSource,
  selection: Selection,
  sort: ViewSpec['sort'],
): void => {
  const n = selection.count
  reserve(order, n)
  order.ids.set(selection.ids.subarray(0, n))
  order.identities.set(selection.identities.subarray(0, n))
  order.count = n
  order.sorted = n
  order.revision = selection.revision
  order.window = noWindow
  const column = Object.hasOwn(source.columns, sort.column) ? source.columns[sort.column] : undefined
  const { ids, keys } = order
  if (column?.kind === 'number' && column.fill) column.fill(ids, n, keys)
  else if (column) {
    const key = column.kind === 'number' ? column.at : column.ranks(ids, n)
    for (let i = 0; i < n; i++) keys[i] = key(ids[i] as number)
  } else keys.fill(0, 0, n)
  order.words = sortWords(keys, n, sort.descending)
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
  const limit = source.idLimit()
  if (scratch.marks.length < limit) scratch.marks = new Int32Array(Math.ceil(limit * 1.25))
  const { marks } = scratch
  const mark = ++scratch.mark
  // Where a row that passes stands in the selection is not needed, only that it does, and that it is the same one.
  for (let i = 0; i < n; i++) marks[selection.ids[i] as number] = mark
  const identities = source.identities()
  reserve(order, n)
  const { ids, identities: known, words } = order
  let kept = 0
  let sorted = 0
  for (let i = 0; i < order.count; i++) {
    const id = ids[i] as number
    const identity = known[i] as number
    if (marks[id] !== mark || (identities ? identities[id] : id) !== identity) continue
    marks[id] = 0
    if (kept !== i) {
      ids[kept] = id
      known[kept] = identity
      words[kept * 2] = words[i * 2] as number
      words[kept * 2 + 1] = words[i * 2 + 1] as number
    }
    if (i < order.sorted) sorted++
    kept++
  }
  for (let i = 0; i < n && kept < n; i++) {
    const id = selection.ids[i] as number
    if (marks[id] !== mark) continue
    ids[kept] = id
    known[kept] = selection.identities[i] as number
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
