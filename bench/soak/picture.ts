import { setTimeout as wait } from 'node:timers/promises'
import { groupings, type ViewKind, type ViewSpec } from '../../shared/api/views.ts'
import { keys, type Row, type SoakWindow, specOf } from './desk.ts'

/** Every row and every total of every view of a desk whose world stands still. */
export type Picture = ReadonlyMap<string, { rows: readonly Row[]; totals: Readonly<Record<string, number>> }>

const PAGE = 1000
const PATIENCE_MS = 30_000

type Look = Pick<ViewSpec, 'kind' | 'filter' | 'groupBy'>

const everything: readonly Look[] = [
  ...(['accounts', 'positions', 'pendings', 'exposure', 'currencies', 'quotes'] as const).map((kind) => ({
    kind,
    filter: {},
  })),
  { kind: 'exposure', filter: { currency: 'EUR' } },
  { kind: 'exposure', filter: { book: 'A' } },
  { kind: 'exposure', filter: { book: 'coverage' } },
  { kind: 'currencies', filter: { currency: 'JPY' } },
  { kind: 'accounts', filter: { withPositions: true } },
  { kind: 'accounts', filter: { minLevelType: 1 } },
  { kind: 'positions', filter: { book: 'A' } },
  ...groupings.map((groupBy) => ({ kind: 'groups' as const, filter: {}, groupBy })),
]

const pageOf = async (window: SoakWindow, look: Look, from: number) => {
  const { kind } = look
  const view = await window.view(specOf(kind, { ...look, from, count: PAGE, pace: 30 }))
  const until = Date.now() + PATIENCE_MS
  for (;;) {
    const shown = view.shown()
    if (shown?.meta.live) {
      await view.close()
      return { meta: shown.meta, rows: shown.rows() }
    }
    if (Date.now() > until) throw new Error(`no live frame of ${kind} came`)
    await wait(5)
  }
}

export const takePicture = async (window: SoakWindow): Promise<Picture> => {
  const picture = new Map<string, { rows: Row[]; totals: Record<string, number> }>()
  for (const look of everything) {
    const { meta, rows } = await pageOf(window, look, 0)
    while (rows.length < meta.matched) {
      const more = await pageOf(window, look, rows.length)
      if (more.rows.length === 0) break
      rows.push(...more.rows)
    }
    picture.set(`${look.kind} ${look.groupBy ?? JSON.stringify(look.filter)}`, { rows, totals: meta.totals })
  }
  return picture
}

export type Difference = { figures: number; rows: number; different: number; worst: number; where: string }

export const noDifference = (): Difference => ({ figures: 0, rows: 0, different: 0, worst: 0, where: '' })

const compareFigures = (into: Difference, where: string, a: object, b: object): void => {
  const [one, other] = [a as Row, b as Row]
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
    // Which way the last tick went is known only to a book that has seen the one before it.
    if (name === 'direction') continue
    into.figures++
    const [x, y] = [one[name], other[name]]
    if (Object.is(x, y)) continue
    const by = typeof x === 'number' && typeof y === 'number' ? Math.abs(x - y) : Number.NaN
    const size = Number.isNaN(by) ? Number.POSITIVE_INFINITY : by
    if (size === 0) continue
    into.different++
    if (size > into.worst) Object.assign(into, { worst: size, where: `${where}.${name}: ${x} and ${y}` })
  }
}

/** Row by row and total by total, exactly; rows are told apart by their key. */
export const compareRows = (
  into: Difference,
  where: string,
  key: string,
  ours: readonly Row[],
  theirs: readonly Row[],
): void => {
  const left = new Map(theirs.map((row) => [row[key], row]))
  for (const row of ours) {
    into.rows++
    compareFigures(into, `${where} ${row[key]}`, row, left.get(row[key]) ?? {})
    left.delete(row[key])
  }
  for (const [id, row] of left) compareFigures(into, `${where} ${id}`, {}, row)
}

export const comparePictures = (ours: Picture, theirs: Picture): Difference => {
  const found = noDifference()
  for (const [name, { rows, totals }] of ours) {
    const other = theirs.get(name) ?? { rows: [], totals: {} }
    compareRows(found, name, keys[name.split(' ', 1)[0] as ViewKind], rows, other.rows)
    compareFigures(found, `totals of ${name}`, totals, other.totals)
  }
  return found
}
