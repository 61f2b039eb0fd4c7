import type { Clock, Log, Timers } from '../../../shared/runtime/ports.ts'
import type { Book } from '../types.ts'
import type { ChunkSealer } from './container.ts'
import { KeptBookRefused, type KeptFacts } from './facts.ts'
import type { KeepAnswer } from './keeper.ts'
import { readKept, writeKept } from './kept-file.ts'

export type LastBookOptions = {
  readonly path: string
  readonly sealer: ChunkSealer
  /** Whose book it is: address and login. The book of another one is never shown. */
  readonly server: string
  readonly book: Pick<Book, 'keep' | 'restore'>
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
}

/** What the book holds, for a link to go on from. */
export type Held = Pick<KeptFacts, 'epoch' | 'seqs' | 'serverTimeOffset'>

export type LastBookStatus = {
  /** UTC ms: the moment of the book on disk; 0 = there is none that this desk can use. */
  readonly asOf: number
  /** Why the file is not used, or could not be written; '' when all is well. */
  readonly detail: string
}

/** Keeps the last whole book on disk and shows it where there is no bridge. */
export type LastBook = {
  /** Gives the book on disk to a book that has none. Null: there is none, or it is refused. Never throws. */
  readonly restore: () => Promise<Held | null>
  /** Whether the link is live. The book is kept a while after it is, every minute, and when it is no more. */
  readonly setLive: (live: boolean) => void
  /** The book's worker is another one. */
  readonly bookRestarted: () => void
  readonly status: () => LastBookStatus
  /** Keeps the book once more, if that can be done in reasonable time. */
  readonly close: () => Promise<void>
}

/** A new book is worth keeping soon; then it is written again every minute. */
const FIRST_MS = 10_000
const EVERY_MS = 60_000
/** Rows a turn: a few milliseconds of the book's worker, which has 50 for everything. In a hurry nobody looks at it. */
const ROWS = 4096
const PAUSE_MS = 15
const HURRIED_ROWS = 32_768
/** Longest that closing waits; half a million positions take a sixth of it on a machine that has nothing else to do. */
const CLOSE_MS = 3000
/** Between questions while nothing but half a transaction is left. */
const WAIT_MS = 5

type Kept = Extract<KeepAnswer, { kind: 'part' }>

export const createLastBook = (options: LastBookOptions): LastBook => {
  const { path, sealer, server, book, clock, timers, log } = options
  let status: LastBookStatus = { asOf: 0, detail: '' }
  /** `version` of the book on disk, as the worker counts. */
  let since = 0
  let live = false
  let hurried = false
  let givenUp = false
  let again = false
  let working: Promise<void> | null = null
  let timer: unknown
  /** Ends the pause that is on. */
  let wake = (): void => {}

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const handle = timers.setTimeout(resolve, ms)
      wake = () => {
        timers.clearTimeout(handle)
        resolve()
      }
    })

  const nextPart = async (part: Kept): Promise<KeepAnswer> => {
    if (!hurried) await pause(PAUSE_MS)
    else if (part.frames.byteLength === 0) await pause(WAIT_MS)
    return book.keep({ begin: false, rows: hurried ? HURRIED_ROWS : ROWS, since })
  }

  /** Writes the book of one moment; whether it did. */
  const write = async (): Promise<boolean> => {
    const first = await book.keep({ begin: true, rows: hurried ? HURRIED_ROWS : ROWS, since })
    if (first.kind !== 'part') return false
    let part: Kept = first
    const startedAt = clock.now()
    const file = await writeKept(path, sealer, server)
    try {
      for (;;) {
        const { frames, kept, version } = part
        if (kept) {
          await file.frames(frames)
          await file.finish(kept)
          since = version
          status = { asOf: kept.asOf, detail: '' }
          log.info({ tookMs: clock.now() - startedAt, asOf: kept.asOf }, 'the book is kept on disk')
          return true
        }
        // What is on its way to the disk need not wait for what comes next, nor the other way round.
        const [next] = await Promise.all([nextPart(part), frames.byteLength > 0 ? file.frames(frames) : null])
        if (next.kind !== 'part' || givenUp) {
          await file.abandon()
          return false
        }
        part = next
      }
    } catch (error) {
      await file.abandon()
      throw error
    }
  }

  const work = async (): Promise<void> => {
    again = false
    try {
      await write()
    } catch (error) {
      status = { ...status, detail: `The book could not be kept on disk: ${(error as Error).message}` }
      log.warn({ err: error }, 'the book could not be kept on disk')
    }
    if (again && !givenUp) await work()
  }

  const keep = (): Promise<void> => {
    if (working) again = true
    return (working ??= work().finally(() => {
      working = null
    }))
  }

  const plan = (ms: number): void => {
    timer = timers.setTimeout(() => {
      plan(EVERY_MS)
      void keep()
    }, ms)
  }

  const take = async (part: Parameters<Book['restore']>[0]): Promise<void> => {
    const fault = await book.restore(part)
    if (fault) throw new KeptBookRefused(fault.fault, fault.detail)
  }

  /** One part is unsealed here while the book takes the one before it. */
  const read = async (): Promise<KeptFacts | null> => {
    let taken = Promise.resolve()
    const facts = await readKept(path, sealer, server, async (frames) => {
      await taken
      taken = take({ frames })
      // It is waited for with the next part; until then nobody else hears of it.
      taken.catch(() => {})
    })
    await taken
    if (facts) await take({ kept: facts })
    return facts
  }

  return {
    restore: async () => {
      try {
        const startedAt = clock.now()
        const facts = await read()
        if (!facts) return null
        status = { asOf: facts.asOf, detail: '' }
        log.info({ tookMs: clock.now() - startedAt, asOf: facts.asOf }, 'the last book is read from disk')
        return facts
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error)
        const fault = error instanceof KeptBookRefused ? error.fault : 'FAILED'
        status = { asOf: 0, detail: `The last book on disk is not used: ${why} (${fault}).` }
        log.warn({ fault, why }, 'the last book on disk is not used')
        // A book that died has forgotten by itself.
        await book.restore({ kept: null }).catch(() => {})
        return null
      }
    },
    setLive: (given) => {
      if (live === given) return
      live = given
      timers.clearTimeout(timer)
      if (live) plan(FIRST_MS)
      else void keep()
    },
    bookRestarted: () => {
      since = 0
    },
    status: () => status,
    close: async () => {
      timers.clearTimeout(timer)
      hurried = true
      wake()
      const bound = new Promise<void>((resolve) => {
        timer = timers.setTimeout(resolve, CLOSE_MS)
      })
      await Promise.race([keep(), bound])
      givenUp = true
      timers.clearTimeout(timer)
    },
  }
}
