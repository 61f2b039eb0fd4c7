import { describe, expect, it } from 'vitest'
import type { ViewSpec } from '../shared/api/views.ts'
import { silentLog } from '../shared/runtime/ports.ts'
import { emptyFrame, FrameType } from '../shared/wire/header.ts'
import { BookCrashed } from './book/errors.ts'
import type { Book } from './book/types.ts'
import { superviseBook } from './supervised-book.ts'

const spec: ViewSpec = {
  kind: 'accounts',
  filter: {},
  sort: { column: 'login', descending: false },
  from: 0,
  count: 10,
  pace: 5,
  hold: false,
}

/** A book that notes its calls and dies when told to. */
const fakeBook = (name: string, calls: string[]) => {
  let crash: (error: BookCrashed) => void = () => {}
  let applied: Parameters<Parameters<Book['onApplied']>[0]>[0] | null = null
  const listeners: Parameters<Book['onApplied']>[0][] = []
  const painters: Parameters<Book['onViewFrame']>[0][] = []
  const note = (what: string) => () => void calls.push(`${name} ${what}`)
  const book = {
    accept: note('accept'),
    onApplied: (fn: Parameters<Book['onApplied']>[0]) => void listeners.push(fn),
    onRefused: () => {},
    onMismatch: () => {},
    onMarks: () => {},
    onViewFrame: (fn: Parameters<Book['onViewFrame']>[0]) => void painters.push(fn),
    onCrash: (fn: (error: BookCrashed) => void) => {
      crash = fn
    },
    openView: (id: number, _: ViewSpec, after = 0) => void calls.push(`${name} open ${id} after ${after}`),
    changeView: note('change'),
    closeView: note('close view'),
    ackView: note('ack'),
    setLive: (on: boolean) => void calls.push(`${name} live ${on}`),
    account: () => Promise.resolve(null),
    otherLogins: () => Promise.resolve([]),
    explain: () => Promise.resolve(null),
    explainAccount: () => Promise.resolve(null),
    whatIf: () => Promise.resolve(null),
    limits: () => Promise.resolve(null),
    search: () => Promise.resolve([]),
    stats: () => Promise.reject(new Error('not asked')),
    keep: () => Promise.resolve({ kind: 'nothing' }),
    restore: () => Promise.resolve(null),
    hashes: () => Promise.reject(new Error('not asked')),
    close: () => Promise.resolve(),
  } satisfies Book
  return {
    book,
    die: () => crash(new BookCrashed('out of memory')),
    tell: () => {
      applied = { scope: 1, n: 1, settled: true }
      for (const fn of listeners) fn(applied)
    },
    show: (scope: number, n: number) => {
      const head = { type: FrameType.VIEW, stream: 0, n, scope, first: 0, rows: 0, flags: 0 }
      for (const fn of painters) fn(scope, emptyFrame(head))
    },
  }
}

const world = () => {
  const calls: string[] = []
  const books: ReturnType<typeof fakeBook>[] = []
  let now = 0
  const book = superviseBook(
    () => {
      const made = fakeBook(`b${books.length}`, calls)
      books.push(made)
      return made.book
    },
    { now: () => now },
    silentLog,
  )
  return {
    book,
    calls,
    books,
    wait: (ms: number) => {
      now += ms
    },
  }
}

describe('supervised book', () => {
  it('carries listeners, open views and the live flag over to the next book', () => {
    const w = world()
    const heard: number[] = []
    let restarts = 0
    w.book.onApplied(({ n }) => heard.push(n))
    w.book.onRestart(() => restarts++)
    w.book.setLive(true)
    w.book.openView(1, spec)
    w.book.openView(2, spec)
    w.book.closeView(1)
    w.calls.length = 0
    w.books[0]?.die()
    expect(restarts).toBe(1)
    expect(w.calls).toEqual(['b1 live true', 'b1 open 2 after 0'])
    w.books[1]?.tell()
    expect(heard).toEqual([1])
  })

  it('counts the frames of a view on, so that a window takes them for newer', () => {
    const w = world()
    w.book.openView(1, spec)
    w.book.openView(2, spec)
    w.books[0]?.show(1, 6)
    w.books[0]?.show(1, 7)
    w.books[0]?.show(3, 9)
    w.book.changeView(1, { ...spec, count: 20 })
    w.calls.length = 0
    w.books[0]?.die()
    expect(w.calls).toEqual(['b1 live false', 'b1 open 1 after 7', 'b1 open 2 after 0'])
    w.calls.length = 0
    w.books[1]?.show(1, 8)
    w.books[1]?.die()
    expect(w.calls).toContain('b2 open 1 after 8')
  })

  it('gives up after three deaths in a minute, and says so', () => {
    const w = world()
    const given: string[] = []
    w.book.onCrash((error) => given.push(error.name))
    for (let i = 0; i < 4; i++) w.books.at(-1)?.die()
    expect(w.books.length).toBe(4)
    expect(given).toEqual(['BookCrashed'])
  })

  it('forgives deaths that lie far apart', () => {
    const w = world()
    for (let i = 0; i < 10; i++) {
      w.wait(61_000)
      w.books.at(-1)?.die()
    }
    expect(w.books.length).toBe(11)
  })
})
