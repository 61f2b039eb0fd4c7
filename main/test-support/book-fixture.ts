import { isDeepStrictEqual } from 'node:util'
import type { Bridge } from '../../bridge/create-bridge.ts'
import { seededRandom } from '../../bridge/hub/seeded-random.ts'
import { type ViewKind, type ViewMeta, type ViewSpec, viewTables } from '../../shared/api/views.ts'
import { silentLog, systemClock, systemTimers } from '../../shared/runtime/ports.ts'
import { createBook } from '../book/book-client.ts'
import { frameReader, viewRows } from '../book/testing/harness.ts'
import { createLink, type LinkWithMeters } from '../link/create-link.ts'
import { quick } from '../link/integration-fixture.ts'
import type { LinkSettings } from '../link/settings.ts'
import { type SupervisedBook, superviseBook } from '../supervised-book.ts'
import { until } from './test-until.ts'

export const bookWorker = new URL('../book/worker.ts', import.meta.url)

type Row = Record<string, number | string>
type Shown = { meta: ViewMeta; rows: Row[] }
/** Every row and total of every view. */
export type Figures = Record<ViewKind, { matched: number; totals: ViewMeta['totals']; rows: Row[] }>

export type TestBook = {
  readonly book: SupervisedBook
  readonly link: LinkWithMeters
  readonly figures: () => Promise<Figures>
  /** The last frame of a view that was opened at the start and is acknowledged like a window does. */
  readonly watched: () => Shown | null
  /** Its frame numbers, in the order of their coming. */
  readonly watchedNumbers: readonly number[]
  readonly close: () => Promise<void>
}

const keys: Record<ViewKind, string> = {
  accounts: 'login',
  positions: 'order',
  pendings: 'order',
  exposure: 'symbol',
  currencies: 'currency',
  quotes: 'symbol',
  groups: 'key',
}
const kinds = Object.keys(viewTables) as ViewKind[]
const PAGE = 1000
const WATCHED = 1

const specOf = (kind: ViewKind, from: number): ViewSpec => ({
  kind,
  filter: {},
  sort: { column: keys[kind], descending: false },
  from,
  count: PAGE,
  pace: 30,
  hold: false,
})

/** Which way the last tick went is known only to a book that has seen the one before it. */
const comparable = (rows: Row[]): Row[] =>
  rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'direction')))

/** Test support: a link with short waits and a real book, joined as main/desk.ts joins them. */
export const createTestBook = (
  url: string,
  given: { worker?: URL; settings?: Partial<LinkSettings>; seed?: number } = {},
): TestBook => {
  const worker = given.worker ?? bookWorker
  const book = superviseBook(
    () => createBook({ workerUrl: worker, base: 'USD', log: silentLog }),
    systemClock,
    silentLog,
  )
  let ids = 0
  const link = createLink({
    url,
    credentials: { login: 1, password: 'demo' },
    sink: book,
    clock: systemClock,
    timers: systemTimers,
    random: seededRandom(given.seed ?? 11),
    newId: () => `connection-${++ids}`,
    log: silentLog,
    client: { name: 'test', version: '1' },
    settings: { ...quick, ...given.settings },
  })
  book.onRestart(link.resync)
  link.onStatus(({ phase }) => book.setLive(phase === 'live'))

  let lastView = WATCHED
  let watched: Shown | null = null
  const watchedNumbers: number[] = []
  const asked = new Map<number, (frame: Uint8Array) => void>()
  const reader = (kind: ViewKind): ((frame: Uint8Array) => Shown & { n: number }) => {
    const read = frameReader(kind)
    return (frame) => {
      const { n, meta, data } = read(frame)
      return { n, meta, rows: viewRows(kind, data) }
    }
  }
  const readWatched = reader('accounts')
  book.onViewFrame((viewId, frame) => {
    if (viewId !== WATCHED) return asked.get(viewId)?.(frame)
    const { n, ...shown } = readWatched(frame)
    watched = shown
    watchedNumbers.push(n)
    book.ackView(viewId, n)
  })
  book.openView(WATCHED, specOf('accounts', 0))

  const ask = async (kind: ViewKind, from: number): Promise<Shown> => {
    const viewId = ++lastView
    const answer = new Promise<Uint8Array>((resolve) => asked.set(viewId, resolve))
    book.openView(viewId, specOf(kind, from))
    const frame = await answer
    asked.delete(viewId)
    book.closeView(viewId)
    return reader(kind)(frame)
  }

  const figuresOf = async (kind: ViewKind): Promise<Figures[ViewKind]> => {
    const first = await ask(kind, 0)
    const rows = [...first.rows]
    while (rows.length < first.meta.matched) {
      const more = await ask(kind, rows.length)
      if (more.rows.length === 0) break
      rows.push(...more.rows)
    }
    return { matched: first.meta.matched, totals: first.meta.totals, rows: comparable(rows) }
  }

  link.start()
  return {
    book,
    link,
    figures: async () => {
      const all = await Promise.all(kinds.map(figuresOf))
      return Object.fromEntries(kinds.map((kind, i) => [kind, all[i]])) as Figures
    },
    watched: () => watched,
    watchedNumbers,
    close: async () => {
      await link.close()
      await book.close()
    },
  }
}

const hasHashesOf = async ({ book, link }: TestBook, bridge: Bridge): Promise<boolean> =>
  link.status().phase === 'live' && isDeepStrictEqual(await book.hashes(), bridge.hashes())

type Picture = { hashes: unknown; figures: Figures }

/**
 * Waits until the book is the bridge's, by the hashes of all its tables and by every figure in every view: another book,
 * made from a fresh snapshot, is asked for them. The view that was open all the time must come to show them too.
 * Answers what the book has, and what it should have. The world must stand still.
 * @throws Error that names what did not come to pass
 */
export const settled = async (one: TestBook, bridge: Bridge): Promise<{ ours: Picture; theirs: Picture }> => {
  await until('the hashes of the bridge', () => hasHashesOf(one, bridge)).catch((error: unknown) => {
    throw new Error(`${String(error)}: ${JSON.stringify(one.link.status())}`, { cause: error })
  })
  const fresh = createTestBook(bridge.url, { seed: 99 })
  try {
    await until('a fresh snapshot', () => hasHashesOf(fresh, bridge))
    const picture = async (of: TestBook, hashes: unknown): Promise<Picture> => ({
      hashes,
      figures: await of.figures(),
    })
    // Prices have no hash: they are known to be here when the figures are. What differs to the end is answered.
    const isSame = async (): Promise<boolean> => isDeepStrictEqual(await one.figures(), await fresh.figures())
    await until('the figures of a fresh snapshot', isSame, 10_000).catch(() => {})
    const ours = await picture(one, await one.book.hashes())
    await until('the open view to show them', () => {
      const shown = one.watched()
      return (
        shown?.meta.live === true && isDeepStrictEqual(shown.rows, ours.figures.accounts.rows.slice(0, PAGE))
      )
    })
    return { ours, theirs: await picture(fresh, bridge.hashes()) }
  } finally {
    await fresh.close()
  }
}
