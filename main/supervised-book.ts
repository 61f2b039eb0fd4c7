import type { ViewSpec } from '../shared/api/views.ts'
import type { Clock, Log } from '../shared/runtime/ports.ts'
import { frameNumber } from '../shared/wire/header.ts'
import type { BookCrashed } from './book/errors.ts'
import type { Book } from './book/types.ts'

export type SupervisedBook = Book & {
  /** A new book has taken the dead one's place and is empty: it needs a fresh snapshot. */
  readonly onRestart: (fn: () => void) => void
}

/** More deaths than this within `WINDOW_MS` mean that starting again does not help. */
const MAX_RESTARTS = 3
const WINDOW_MS = 60_000

/**
 * A book that starts again when its worker dies. Listeners, open views with the numbers of their frames, and the live
 * flag are carried over; what was under way is rejected with `BookCrashed`. After three deaths in a minute it stays down and tells `onCrash`.
 */
export const superviseBook = (start: () => Book, clock: Clock, log: Log): SupervisedBook => {
  const views = new Map<number, { spec: ViewSpec; lastFrame: number }>()
  const wirings: ((book: Book) => void)[] = []
  const restarted: (() => void)[] = []
  const crashed: ((error: BookCrashed) => void)[] = []
  let deaths: number[] = []
  let live = false
  let book = start()

  const watch = (mine: Book): void => {
    mine.onCrash((error) => {
      deaths = [...deaths.filter((at) => clock.now() - at < WINDOW_MS), clock.now()]
      if (deaths.length > MAX_RESTARTS) {
        log.error({ deaths: deaths.length }, 'the book keeps dying and stays down')
        for (const fn of crashed) fn(error)
        return
      }
      log.warn({ why: error.message }, 'the book is started again')
      book = start()
      watch(book)
      for (const wire of wirings) wire(book)
      book.setLive(live)
      for (const [id, { spec, lastFrame }] of views) book.openView(id, spec, lastFrame)
      for (const fn of restarted) fn()
    })
  }
  watch(book)

  /** Does it to the book of now and to every one that follows. */
  const always = (wire: (book: Book) => void): void => {
    wirings.push(wire)
    wire(book)
  }
  always((b) =>
    b.onViewFrame((id, frame) => {
      const view = views.get(id)
      if (view) view.lastFrame = frameNumber(frame)
    }),
  )
  return {
    accept: (header, frame) => book.accept(header, frame),
    onApplied: (fn) => always((b) => b.onApplied(fn)),
    onRefused: (fn) => always((b) => b.onRefused(fn)),
    onMismatch: (fn) => always((b) => b.onMismatch(fn)),
    onMarks: (fn) => always((b) => b.onMarks(fn)),
    onViewFrame: (fn) => always((b) => b.onViewFrame(fn)),
    onCrash: (fn) => void crashed.push(fn),
    onRestart: (fn) => void restarted.push(fn),
    openView: (id, spec, after = 0) => {
      views.set(id, { spec, lastFrame: after })
      book.openView(id, spec, after)
    },
    changeView: (id, spec) => {
      const view = views.get(id)
      if (view) view.spec = spec
      book.changeView(id, spec)
    },
    closeView: (id) => {
      views.delete(id)
      book.closeView(id)
    },
    ackView: (id, n) => book.ackView(id, n),
    setLive: (given) => {
      live = given
      book.setLive(given)
    },
    account: (login) => book.account(login),
    otherLogins: (login) => book.otherLogins(login),
    explain: (order) => book.explain(order),
    explainAccount: (login) => book.explainAccount(login),
    whatIf: (shock, limit) => book.whatIf(shock, limit),
    limits: (login, target) => book.limits(login, target),
    search: (text, limit) => book.search(text, limit),
    stats: () => book.stats(),
    hashes: () => book.hashes(),
    keep: (question) => book.keep(question),
    restore: (part) => book.restore(part),
    close: () => book.close(),
  }
}
