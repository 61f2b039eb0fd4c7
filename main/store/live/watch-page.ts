import type { Page } from '../../../shared/api/pages.ts'
import type { Timers } from '../../../shared/runtime/ports.ts'

/** A document before and after a write; null: it was not there, or is not there any more. */
export type Change<R> = { readonly before: R | null; readonly after: R | null }

/** A list that can be asked for slices and that says what changes in its collection. */
export type PageSource<R> = {
  readonly query: (skip: number, limit: number) => Promise<R[]>
  readonly count: () => Promise<number>
  readonly matches: (row: R) => boolean
  /** A total order: no two rows are alike. */
  readonly compare: (a: R, b: R) => number
  readonly idOf: (row: R) => string
  /** Different after every write. */
  readonly revisionOf: (row: R) => string
  readonly onChanges: (fn: (changes: readonly Change<R>[]) => void) => () => void
}

export type WatchPageOptions<R, W> = {
  readonly source: PageSource<R>
  readonly from: number
  readonly count: number
  /** What the window gets of a row. */
  readonly show: (row: R) => W
  readonly push: (page: Page<W>) => void
  readonly failed: (error: unknown) => void
  readonly timers: Timers
}

/** Changes of this long come together. */
const CONFLATE_MS = 50
/** A count that a write may have overtaken is made again, and a failed query tried again, at most this often. */
const AGAIN_MS = 1_000

/**
 * Follows a slice of a list: first all of it, then what changes in it. It holds the slice and no more. Of each change it
 * knows by matcher and order whether it lies behind the slice (only the total is another), replaces a row (same
 * place), or enters the first slice; for everything else the slice is asked for again, once for all changes of
 * 50 ms. Answers a function that ends it.
 */
export const watchPage = <R, W>(options: WatchPageOptions<R, W>): (() => void) => {
  const { source, from, count, show, push, failed, timers } = options
  const { compare, idOf, matches, revisionOf } = source
  /** The slice and the total as they were pushed last. */
  let shown: readonly R[] | null = null
  let told = -1
  let rows: R[] = []
  let total = 0
  let waiting: Change<R>[] = []
  /** The slice has to be asked for again; the total has to be counted again. */
  let dirty = true
  let uncounted = true
  /** News that comes right behind a count may be in it. */
  let justCounted = false
  let asking = false
  let closed = false
  let timer: unknown = null
  let countTimer: unknown = null

  const plan = (ms: number): void => {
    if (timer !== null || closed) return
    timer = timers.setTimeout(() => {
      timer = null
      void flush()
    }, ms)
  }
  const countLater = (): void => {
    if (countTimer !== null || closed) return
    countTimer = timers.setTimeout(() => {
      countTimer = null
      uncounted = true
      plan(0)
    }, AGAIN_MS)
  }

  const enters = ({ after }: Change<R>): boolean => after !== null && matches(after)
  const leaves = ({ before }: Change<R>): boolean => before !== null && matches(before)
  /** Whether whatever stands in this place is behind the slice. */
  const behind = (row: R): boolean => rows.length >= count && compare(row, rows[rows.length - 1] as R) > 0

  const apply = (change: Change<R>): void => {
    const before = leaves(change) ? change.before : null
    const after = enters(change) ? change.after : null
    total += Number(after !== null) - Number(before !== null)
    if (dirty || (before === null && after === null)) return
    if ((before === null || behind(before)) && (after === null || behind(after))) return
    const id = idOf((after ?? before) as R)
    const at = rows.findIndex((row) => idOf(row) === id)
    if (before !== null && after !== null && at !== -1 && compare(before, after) === 0)
      rows = rows.with(at, after)
    else if (before === null && after !== null && at === -1 && from === 0) {
      const place = rows.findIndex((row) => compare(after, row) < 0)
      rows = rows.toSpliced(place === -1 ? rows.length : place, 0, after).slice(0, count)
    } else dirty = true
  }

  const ask = async (): Promise<void> => {
    const counting = uncounted
    const asked = dirty
    dirty = false
    uncounted = false
    if (counting) total = await source.count()
    justCounted = counting
    if (asked) rows = await source.query(from, count)
    // What was written meanwhile may be in the answers or not: then the total is about right until it is counted again.
    if (waiting.length === 0) {
      if (asked && rows.length > 0 && rows.length < count) total = from + rows.length
      return
    }
    if (counting) countLater()
    if (!asked) return
    for (const change of waiting) total += Number(enters(change)) - Number(leaves(change))
    waiting = []
    dirty = true
  }

  const tell = (): void => {
    const order = rows.map(idOf)
    const known = new Map((shown ?? []).map((row) => [idOf(row), revisionOf(row)]))
    const changed = rows.filter((row) => known.get(idOf(row)) !== revisionOf(row))
    const moved = order.length !== shown?.length || shown.some((row, i) => idOf(row) !== order[i])
    const first = shown === null
    if (!first && changed.length === 0 && !moved && told === total) return
    shown = rows
    told = total
    push({
      kind: first ? 'page' : 'changes',
      total,
      order: first || moved ? order : null,
      rows: changed.map(show),
    })
  }

  const flush = async (): Promise<void> => {
    if (asking || closed) return
    const changes = waiting
    waiting = []
    for (const change of changes) apply(change)
    if (justCounted && changes.length > 0) countLater()
    justCounted = false
    asking = true
    try {
      if (dirty || uncounted) await ask()
      if (closed) return
      tell()
    } catch (error) {
      if (closed) return
      dirty = true
      uncounted = true
      failed(error)
      plan(AGAIN_MS)
    } finally {
      asking = false
    }
    if (dirty || uncounted || waiting.length > 0) plan(CONFLATE_MS)
  }

  const unfollow = source.onChanges((changes) => {
    waiting.push(...changes)
    if (!asking) plan(CONFLATE_MS)
  })
  void flush()
  return () => {
    closed = true
    unfollow()
    timers.clearTimeout(timer)
    timers.clearTimeout(countTimer)
  }
}
