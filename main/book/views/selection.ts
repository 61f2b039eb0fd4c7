import type { ViewFilter } from '../../../shared/api/views.ts'
import type { ViewSource } from './source.ts'

/** The rows that pass a filter, in order of their ids; shared by all views with the same filter. */
export type Selection = {
  readonly filter: ViewFilter
  ids: Int32Array<ArrayBuffer>
  /** What each row is; a slot may be used again by another. */
  identities: Int32Array<ArrayBuffer>
  count: number
  /** Another number whenever the rows became others. */
  revision: number
  version: number
  members: number | string | undefined
  lookedAt: number
  totals: Record<string, number>
  totalsVersion: number
}

export type Selections = {
  /**
   * The selection as of `version`; looked up anew only where rows may have come or gone since, and a large one four times
   * a second at most unless it must be `fresh`.
   */
  readonly of: (
    key: string,
    source: ViewSource,
    filter: ViewFilter,
    version: number,
    now: number,
    fresh: boolean,
  ) => Selection
  /** Sums over a selection, worked out once a version. */
  readonly totals: (key: string, source: ViewSource, version: number) => Record<string, number>
  /** Forgets all but these. */
  readonly keep: (keys: ReadonlySet<string>) => void
  readonly clear: () => void
}

const identityAt = (identities: ArrayLike<number> | null, id: number): number =>
  identities ? (identities[id] as number) : id

const copyIdentities = (from: Int32Array, ids: Int32Array, n: number, to: Int32Array): void => {
  for (let i = 0; i < n; i++) to[i] = from[ids[i] as number] as number
}

const same = (selection: Selection, found: Int32Array, n: number, source: ViewSource): boolean => {
  if (selection.count !== n) return false
  const { ids, identities } = selection
  const now = source.identities()
  for (let i = 0; i < n; i++) {
    const id = found[i] as number
    if (ids[i] !== id || identities[i] !== identityAt(now, id)) return false
  }
  return true
}

/** How often rows of a large selection are looked up, ms. */
const CALM_MS = 250

/** @param many rows from which on a selection is large */
export const createSelections = (many: number): Selections => {
  const known = new Map<string, Selection>()
  let found = new Int32Array(0)
  let revisions = 0

  const look = (selection: Selection, source: ViewSource): void => {
    const capacity = source.capacity()
    if (found.length < capacity) found = new Int32Array(Math.ceil(capacity * 1.25))
    const n = source.select(selection.filter, found)
    if (same(selection, found, n, source)) return
    const before = selection.ids
    selection.ids = found
    found = before
    if (selection.identities.length < n) selection.identities = new Int32Array(Math.ceil(n * 1.25))
    const { ids, identities } = selection
    const now = source.identities()
    if (now instanceof Int32Array) copyIdentities(now, ids, n, identities)
    else for (let i = 0; i < n; i++) identities[i] = identityAt(now, ids[i] as number)
    selection.count = n
    selection.revision = ++revisions
  }

  return {
    of: (key, source, filter, version, now, fresh) => {
      let selection = known.get(key)
      if (!selection) {
        selection = {
          filter,
          ids: new Int32Array(0),
          identities: new Int32Array(0),
          count: 0,
          revision: 0,
          version: -1,
          members: undefined,
          lookedAt: Number.NEGATIVE_INFINITY,
          totals: {},
          totalsVersion: -1,
        }
        known.set(key, selection)
      }
      if (selection.version === version) return selection
      const members = source.members?.(filter)
      if (selection.version === -1 || members === undefined || members !== selection.members) {
        if (selection.count > many && now - selection.lookedAt < CALM_MS && !fresh) return selection
        look(selection, source)
        selection.lookedAt = now
      }
      selection.version = version
      selection.members = members
      return selection
    },
    totals: (key, source, version) => {
      const selection = known.get(key)
      if (!selection) return {}
      if (selection.totalsVersion !== version) {
        selection.totals = source.totals(selection.ids, selection.count, selection.filter)
        selection.totalsVersion = version
      }
      return selection.totals
    },
    keep: (keys) => {
      for (const key of known.keys()) if (!keys.has(key)) known.delete(key)
    },
    clear: () => known.clear(),
  }
}
