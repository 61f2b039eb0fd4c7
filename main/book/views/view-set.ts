import { type ViewMeta, type ViewSpec, viewTables } from '../../../shared/api/views.ts'
import { FrameType } from '../../../shared/wire/header.ts'
import { createFrameRoom, createViewWriter, type ViewWriter } from '../../../shared/wire/view-frames.ts'
import { createRanker } from './rank.ts'
import { createSelections, type Selection } from './selection.ts'
import { orZero, type ViewSource } from './source.ts'
import { sourceOf, type ViewSources } from './sources.ts'
import {
  beginSorting,
  createScratch,
  emptyOrder,
  keepRows,
  rowsAt,
  type Sorting,
  sortRows,
  type ViewOrder,
} from './view-order.ts'

/** Facts for the head of every frame. */
export type ViewFacts = Pick<ViewMeta, 'serverTime' | 'valuedAt' | 'live' | 'base'>

export type ViewSet = {
  /** `after`: the number behind which its frames are counted. */
  readonly open: (viewId: number, spec: ViewSpec, after?: number) => void
  readonly change: (viewId: number, spec: ViewSpec) => void
  readonly close: (viewId: number) => void
  /** Frame `n` and all before it were painted. */
  readonly ack: (viewId: number, n: number) => void
  /** True when a view waits for an answer to a new question (opened, or filter, order or slice changed). */
  readonly asked: () => boolean
  /**
   * Sends the frames that are due. `sources` is null before the first book; `version` tells whether anything changed
   * since a frame was sent. Another `sources` object than before means another book: orders are made anew.
   */
  readonly pump: (sources: ViewSources | null, version: number, facts: ViewFacts, now: number) => void
}

type View = {
  readonly id: number
  spec: ViewSpec
  order: ViewOrder
  /** Filter and kind in one text: names the selection. */
  rowsKey: string
  writer: ViewWriter
  /** The next frame states the whole slice: what the window has is not known, or is of another question. */
  whole: boolean
  /** The order must be made anew before the next frame. */
  unsorted: boolean
  sortedAt: number
  sortedVersion: number
  /** A question is not answered yet. */
  asked: boolean
  n: number
  acked: number
  sentAt: number
  sentVersion: number
}

const CALM_MS = 1000
const AGE_MS = 1000
/** Half a turn of the book's clock: a view whose time comes within it goes out with this turn. */
const EARLY_MS = 25
/** Answers to new questions may overtake acknowledgements by so many frames. */
const MAX_UNPAINTED = 3
/** Of an order that is merely old so many rows are sorted in one pump; the others wait for the next. */
const SORTED_AT_ONCE = 60_000
/** From so many rows on it is calmer who comes and goes outside of the slice. */
const MANY_ROWS = 50_000

const rowsKeyOf = ({ kind, groupBy, filter }: ViewSpec): string =>
  `${kind} ${groupBy ?? ''} ${JSON.stringify(filter)}`

const sameOrder = (a: ViewSpec, b: ViewSpec): boolean =>
  a.sort.column === b.sort.column && a.sort.descending === b.sort.descending && rowsKeyOf(a) === rowsKeyOf(b)

const namesOf = (spec: ViewSpec): readonly string[] => {
  const { names } = viewTables[spec.kind]
  const { columns } = spec
  return columns ? names.filter((name) => columns.includes(name)) : names
}

/** Only the order of a held view and the pace are asked for otherwise; what the window shows goes on from what it has. */
const goesOn = (a: ViewSpec, b: ViewSpec): boolean =>
  a.hold !== b.hold && JSON.stringify({ ...a, hold: b.hold, pace: b.pace }) === JSON.stringify(b)

/** JSON knows no infinity; only nonsense from outside can add up to one. */
const finite = (totals: Record<string, number>): Record<string, number> => {
  for (const name in totals) totals[name] = orZero(totals[name] as number)
  return totals
}

const noRows = { ids: new Int32Array(0), columns: {} }

/** An order that is made bit by bit, while the view's own one is shown. */
type Job = {
  readonly view: View
  readonly sorting: Sorting
  readonly version: number
  readonly begun: number
}

/**
 * The views of all windows: what each shows, and when its next frame goes out.
 * @param sortedAtOnce rows of an old order that are sorted in one pump
 * @param manyRows rows from which on those that come and go outside of the slice are looked up less often
 */
export const createViewSet = (
  emit: (viewId: number, frame: Uint8Array<ArrayBuffer>) => void,
  sortedAtOnce = SORTED_AT_ONCE,
  manyRows = MANY_ROWS,
): ViewSet => {
  const views = new Map<number, View>()
  const ranker = createRanker()
  const scratch = createScratch()
  const selections = createSelections(manyRows)
  const room = createFrameRoom()
  let sourcesBefore: ViewSources | null = null
  /** Rows that may still be sorted in this pump. */
  let sortable = 0
  /** The order that is being made, at most one at a time, and the job of making it. */
  let next = emptyOrder()
  let job: Job | null = null

  const writerOf = (spec: ViewSpec): ViewWriter =>
    createViewWriter(viewTables[spec.kind], namesOf(spec), room)

  const arrange = (
    view: View,
    source: ViewSource,
    selection: Selection,
    version: number,
    now: number,
  ): void => {
    const { spec } = view
    const stale = !spec.hold && view.sortedVersion !== version && now - view.sortedAt >= CALM_MS
    if (!view.unsorted && stale && selection.count > sortedAtOnce) {
      if (!job) {
        const sorting = beginSorting(next, source, selection, spec.sort)
        if (sorting) job = { view, sorting, version, begun: now }
      }
      if (job?.view === view) return keepRows(view.order, scratch, source, selection)
    }
    if (view.unsorted || (stale && sortable > 0)) {
      sortable -= selection.count
      sortRows(view.order, source, selection, spec.sort)
      sorted(view, version, now)
    } else keepRows(view.order, scratch, source, selection)
  }

  const sorted = (view: View, version: number, now: number): void => {
    if (job?.view === view) job = null
    view.unsorted = false
    view.sortedAt = now
    view.sortedVersion = version
  }

  /** Does a bit more of the order that is being made. */
  const goOn = (): void => {
    if (!job) return
    const { view, sorting, version, begun } = job
    if (views.get(view.id) !== view || view.unsorted || view.spec.hold) {
      job = null
      return
    }
    sortable -= sortedAtOnce
    if (!sorting(sortedAtOnce)) return
    const before = view.order
    view.order = next
    next = before
    sorted(view, version, begun)
  }

  /** The rows to be shown, of which each is there. */
  const lookAt = (view: View, source: ViewSource, version: number, now: number): Int32Array => {
    const { spec, rowsKey } = view
    const look = (fresh: boolean): Int32Array => {
      const selection = selections.of(rowsKey, source, spec.filter, version, now, fresh)
      arrange(view, source, selection, version, now)
      const from = Math.min(spec.from, view.order.count)
      return rowsAt(view.order, ranker, source, from, Math.min(from + spec.count, view.order.count))
    }
    const rows = look(view.unsorted)
    const { alive } = source
    return alive && !rows.every((id) => alive(id)) ? look(true) : rows
  }

  const send = (
    view: View,
    sources: ViewSources | null,
    version: number,
    facts: ViewFacts,
    now: number,
  ): void => {
    const { spec } = view
    const source = sources && sourceOf(sources, spec)
    const rows = source ? lookAt(view, source, version, now) : noRows.ids
    const meta: ViewMeta = {
      kind: spec.kind,
      matched: source ? view.order.count : 0,
      all: source?.all() ?? 0,
      from: spec.from,
      totals: source ? finite(selections.totals(view.rowsKey, source, version)) : {},
      ...facts,
    }
    const slice = source ? { ids: rows, columns: source.columns } : noRows
    view.n++
    const header = { type: FrameType.VIEW, n: view.n, scope: view.id, first: spec.from }
    const frame = view.writer.frame(header, meta, slice, view.whole)
    view.whole = false
    view.asked = false
    view.sentAt = now
    view.sentVersion = version
    emit(view.id, frame)
  }

  const forgetRows = (): void => selections.keep(new Set([...views.values()].map(({ rowsKey }) => rowsKey)))

  const due = (view: View, version: number, now: number): boolean => {
    if (view.asked) return view.n - view.acked < MAX_UNPAINTED
    if (view.acked < view.n) return false
    const age = now - view.sentAt
    return age >= 1000 / view.spec.pace - EARLY_MS && (view.sentVersion !== version || age >= AGE_MS)
  }

  return {
    open: (id, spec, after = 0) => {
      views.set(id, {
        id,
        spec,
        order: emptyOrder(),
        rowsKey: rowsKeyOf(spec),
        writer: writerOf(spec),
        whole: true,
        unsorted: true,
        sortedAt: 0,
        sortedVersion: -1,
        asked: true,
        n: after,
        acked: after,
        sentAt: 0,
        sentVersion: -1,
      })
    },
    change: (id, spec) => {
      const view = views.get(id)
      if (!view) return
      const before = view.spec
      if (!sameOrder(before, spec) || (before.hold && !spec.hold)) view.unsorted = true
      // A question that is asked again as it was says that the window lost track.
      if (!goesOn(before, spec)) view.whole = true
      if (before.kind !== spec.kind || namesOf(before).join() !== namesOf(spec).join())
        view.writer = writerOf(spec)
      view.spec = spec
      view.rowsKey = rowsKeyOf(spec)
      view.asked = true
      forgetRows()
    },
    close: (id) => {
      views.delete(id)
      forgetRows()
    },
    ack: (id, n) => {
      const view = views.get(id)
      if (view && n > view.acked && n <= view.n) view.acked = n
    },
    asked: () => {
      for (const view of views.values()) if (view.asked) return true
      return false
    },
    pump: (sources, version, facts, now) => {
      if (sources !== sourcesBefore) {
        sourcesBefore = sources
        selections.clear()
        job = null
        for (const view of views.values()) {
          view.unsorted = true
          view.whole = true
        }
      }
      sortable = sortedAtOnce
      goOn()
      for (const view of views.values()) if (due(view, version, now)) send(view, sources, version, facts, now)
    },
  }
}
