import { describe, expect, it, onTestFinished } from 'vitest'
import { silentLog } from '../../shared/runtime/ports.ts'
import { createBook } from './book-client.ts'
import { BookClosed, BookCrashed } from './errors.ts'
import { createFeed } from './testing/feed.ts'
import { frameReader, viewRows } from './testing/harness.ts'
import { groupRow, quoteRow, symbolRow, tradeRow, userRow } from './testing/rows.ts'

const workerUrl = new URL('./worker.ts', import.meta.url)

const start = () => {
  const book = createBook({ workerUrl, base: 'USD', log: silentLog })
  onTestFinished(() => book.close())
  return { book, feed: createFeed(book.accept) }
}
const once = <T>(
  on: (fn: (value: T) => void) => void,
  when: (value: T) => boolean = () => true,
): Promise<T> =>
  new Promise((resolve) => {
    on((value) => {
      if (when(value)) resolve(value)
    })
  })

const records = {
  symbols: [symbolRow({ symbol: 'EURUSD', index: 0 })],
  groups: [groupRow({ group: 'real' })],
  users: [userRow({ login: 7, name: 'Anna Berg', email: 'anna@example.org' })],
  trades: [tradeRow({ order: 1, login: 7, openPrice: 1.2 })],
}
const quotes = [quoteRow(0, 1.205, 1.2051)]
const spec = {
  kind: 'positions' as const,
  filter: {},
  sort: { column: 'total', descending: true },
  from: 0,
  count: 10,
  pace: 20,
  hold: false,
}

describe('book in its worker', () => {
  it('takes a snapshot, shows a view, keeps it up and answers questions', async () => {
    const { book, feed } = start()
    const settled = once(book.onApplied, (a) => a.settled)
    const marked = once(book.onMarks)
    feed.snapshot(records, quotes)
    await settled
    book.setLive(true)
    const read = frameReader('positions')
    const listeners: ((shown: ReturnType<typeof read>) => void)[] = []
    book.onViewFrame((viewId, frame) => {
      const shown = read(frame)
      book.ackView(viewId, shown.n)
      for (const fn of listeners) fn(shown)
    })
    const shows = (profit: number) =>
      once<ReturnType<typeof read>>(
        (fn) => void listeners.push(fn),
        ({ data }) => viewRows('positions', data)[0]?.['profit'] === profit,
      )
    const first = shows(500)
    book.openView(1, spec)
    expect((await first).meta).toMatchObject({
      matched: 1,
      all: 1,
      live: true,
      base: 'USD',
    })
    const second = shows(510)
    feed.ticks([{ symbol: 0, bid: 1.2051, ask: 1.2052, time: 1_700_000_001_000 }])
    await second
    book.closeView(1)

    const { data } = await marked
    expect([...data.columns.login]).toEqual([7])
    expect(await book.stats()).toMatchObject({
      accounts: 1,
      positions: 1,
      pendings: 0,
      symbols: 1,
      groups: 1,
    })
    expect((await book.account(7))?.user).toEqual(records.users[0])
    expect((await book.explain(1))?.figures.profit).toBe(510)
    expect(await book.explain(99)).toBeNull()
    expect((await book.explainAccount(7))?.figures.floating).toBe(510)
    expect((await book.limits(7, 200))?.login).toBe(7)
    const shocked = await book.whatIf({ scope: { kind: 'all' }, percent: -1 }, 5)
    expect(shocked?.changes.clients).toBeLessThan(0)
    expect((await book.search('ann', 5)).map((hit) => hit.login)).toEqual([7])
    const hashes = await book.hashes()
    expect(hashes.trades.rows).toBe(1)
    const mismatch = once(book.onMismatch)
    feed.checkpoint({ ...hashes, users: { rows: 1, a: 1, b: 2 } })
    expect(await mismatch).toEqual(['users'])
  })

  it('refuses a frame whose content makes no sense, and goes on', async () => {
    const { book, feed } = start()
    const refused = once(book.onRefused)
    feed.snapshot({ ...records, trades: [tradeRow({ order: 1, login: 7, cmd: 9 })] }, quotes)
    expect(await refused).toMatchObject({
      fault: 'BAD_VALUE',
      detail: expect.stringContaining('cmd') as string,
    })
    feed.newScope()
    const settled = once(book.onApplied, (a) => a.settled)
    feed.snapshot(records, quotes)
    expect((await settled).scope).toBe(2)
  })

  it('does not take over a buffer that others share', async () => {
    const { book, feed } = start()
    const settled = once(book.onApplied, (a) => a.settled)
    const pool = new Uint8Array(1 << 16)
    const shared = createFeed((header, frame) => {
      pool.set(frame, 64)
      book.accept(header, pool.subarray(64, 64 + frame.byteLength))
    })
    shared.snapshot(records, quotes)
    await settled
    expect(pool.byteLength).toBe(1 << 16)
    expect(feed.seqs.ticks).toBe(0)
  })

  it('rejects questions by name after a close, and when the worker dies', async () => {
    const { book } = start()
    const failure = book.stats().catch((error: unknown) => error)
    await book.close()
    expect(await failure).toBeInstanceOf(BookClosed)
    await expect(book.stats()).rejects.toBeInstanceOf(BookClosed)

    const broken = createBook({
      workerUrl: new URL('./no-such-worker.ts', import.meta.url),
      base: 'USD',
      log: silentLog,
    })
    const crash = once(broken.onCrash)
    await expect(broken.search('x', 1)).rejects.toBeInstanceOf(BookCrashed)
    expect(await crash).toBeInstanceOf(BookCrashed)
    await broken.close()
  })
})
