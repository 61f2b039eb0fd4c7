import { type ViewMeta, type ViewSpec, viewTables } from '../../../shared/api/views.ts'
import { viewFrame } from '../../../shared/wire/frames.ts'
import { FrameType } from '../../../shared/wire/header.ts'
import type { TableSchema } from '../../../shared/wire/schema.ts'
import { createRanker } from './rank.ts'
import { orZero, type ViewColumn, type ViewSource } from './source.ts'
import type { ViewSources } from './sources.ts'
import { createScratch, emptyOrder, keepRows, sortRows, type ViewOrder } from './view-order.ts'

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
  readonly order: ViewOrder
  /** The order must be made anew before the next frame. */
  unsorted: boolean
  sortedAt: number
  sortedVersion: number
  selectedVersion: number
  /** A question is not answered yet. */
  asked: boolean
  n: number
  acked: number
  sentAt: number
  sentVersion: number
}

const CALM_MS = 1000
const AGE_MS = 1000
/** Answers to new questions may overtake acknowledgements by so many frames. */
const MAX_UNPAINTED = 3

const sameQuestion = (a: ViewSpec, b: ViewSpec): boolean =>
  a.kind === b.kind &&
  a.sort.column === b.sort.column &&
  a.sort.descending === b.sort.descending &&
  JSON.stringify(a.filter) === JSON.stringify(b.filter)

/** JSON knows no infinity; only nonsense from outside can add up to one. */
const finite = (totals: Record<string, number>): Record<string, number> => {
  for (const name in totals) totals[name] = orZero(totals[name] as number)
  return totals
}

const sliceColumns = (source: ViewSource, ids: Int32Array, from: number, to: number) => {
  const columns: Record<string, number[] | string[]> = {}
  const slice = ids.subarray(from, to)
  for (const name of source.table.names) {
    const column = source.columns[name] as ViewColumn
    columns[name] = column.kind === 'number' ? Array.from(slice, column.at) : Array.from(slice, column.at)
  }
  return columns
}

/** The views of all windows: what each shows, and when its next frame goes out. */
export const createViewSet = (emit: (viewId: number, frame: Uint8Array<ArrayBuffer>) => void): ViewSet => {
  const views = new Map<number, View>()
  const ranker = createRanker()
  const scratch = createScratch()
  let sourcesBefore: ViewSources | null = null

  const arrange = (view: View, source: ViewSource, version: number, now: number): void => {
    const { spec } = view
    const stale = view.sortedVersion !== version && now - view.sortedAt >= CALM_MS
    if (view.unsorted || (stale && !spec.hold)) {
      sortRows(view.order, scratch, ranker, source, spec)
      view.unsorted = false
      view.sortedAt = now
      view.sortedVersion = version
      view.selectedVersion = version
    } else if (view.selectedVersion !== version) {
      keepRows(view.order, scratch, source, spec)
      view.selectedVersion = version
    }
  }

  const send = (
    view: View,
    sources: ViewSources | null,
    version: number,
    facts: ViewFacts,
    now: number,
  ): void => {
    const { spec, order } = view
    const source = sources?.[spec.kind]
    if (source) arrange(view, source, version, now)
    else order.count = 0
    const from = Math.min(spec.from, order.count)
    const to = Math.min(from + spec.count, order.count)
    const meta: ViewMeta = {
      kind: spec.kind,
      matched: order.count,
      all: source?.all() ?? 0,
      from: spec.from,
      totals: finite(source?.totals(order.ids, order.count, spec.filter) ?? {}),
      ...facts,
    }
    const table = viewTables[spec.kind]
    const columns = source
      ? sliceColumns(source, order.ids, from, to)
      : Object.fromEntries(table.names.map((name) => [name, [] as number[]]))
    view.n++
    view.asked = false
    view.sentAt = now
    view.sentVersion = version
    const header = { type: FrameType.VIEW, stream: 0, n: view.n, scope: view.id, first: spec.from, flags: 0 }
    emit(view.id, viewFrame(header, meta, table as TableSchema, { rows: to - from, columns }))
  }

  const due = (view: View, version: number, now: number): boolean => {
    if (view.asked) return view.n - view.acked < MAX_UNPAINTED
    if (view.acked < view.n) return false
    const age = now - view.sentAt
    return age >= 1000 / view.spec.pace && (view.sentVersion !== version || age >= AGE_MS)
  }

  return {
    open: (id, spec, after = 0) => {
      views.set(id, {
        id,
        spec,
        order: emptyOrder(),
        unsorted: true,
        sortedAt: 0,
        sortedVersion: -1,
        selectedVersion: -1,
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
      if (!sameQuestion(view.spec, spec) || (view.spec.hold && !spec.hold)) view.unsorted = true
      view.spec = spec
      view.asked = true
    },
    close: (id) => {
      views.delete(id)
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
        for (const view of views.values()) view.unsorted = true
      }
      for (const view of views.values()) if (due(view, version, now)) send(view, sources, version, facts, now)
    },
  }
}
