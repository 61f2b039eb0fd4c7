import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLog, type Timers } from '../../../shared/runtime/ports.ts'
import { createHarness, type Harness } from '../testing/harness.ts'
import { plainSealer } from '../testing/plain-sealer.ts'
import { quoteRow, tradeRow, userRow } from '../testing/rows.ts'
import { createLastBook, type LastBook } from './last-book.ts'

const world = {
  symbols: [],
  groups: [],
  users: Array.from({ length: 9000 }, (_, i) => userRow({ login: i + 1 })),
  trades: Array.from({ length: 9000 }, (_, i) => tradeRow({ order: i + 1, login: i + 1 })),
}

/** Timers whose short ones fire at once; the long ones when told to. */
const createTimers = () => {
  const long = new Map<object, { fn: () => void; ms: number }>()
  const timers: Timers = {
    setTimeout: (fn, ms) => {
      const handle = {}
      if (ms <= 100) setImmediate(fn)
      else long.set(handle, { fn, ms })
      return handle
    },
    clearTimeout: (handle) => void long.delete(handle as object),
  }
  return {
    timers,
    waits: () => [...long.values()].map(({ ms }) => ms),
    fire: (ms: number) => {
      const due = Array.from(long).filter(([, timer]) => timer.ms === ms)
      for (const [handle, { fn }] of due) {
        long.delete(handle)
        fn()
      }
    },
  }
}

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deskline-last-'))
})
afterEach(() => rm(folder, { recursive: true }))

const sealer = plainSealer(randomBytes(32))

/** A last book of a book core that answers like the worker does. */
const lastBookOf = ({ core, now }: Harness, given: { server?: string; asked?: () => void } = {}) => {
  const clocks = createTimers()
  const lastBook = createLastBook({
    path: join(folder, 'last-book.sealed'),
    sealer,
    server: given.server ?? 'a bridge',
    book: {
      keep: async (question) => {
        given.asked?.()
        return core.keep(question)
      },
      restore: async (part) => core.restore(part),
    },
    clock: { now },
    timers: clocks.timers,
    log: silentLog,
  })
  return { lastBook, ...clocks }
}

const harness = (): Harness => {
  const one = createHarness()
  one.feed.snapshot(world, [quoteRow(0, 1.1, 1.2)])
  return one
}

const until = async (holds: () => boolean): Promise<void> => {
  for (let i = 0; i < 2000 && !holds(); i++) await new Promise((resolve) => setTimeout(resolve, 5))
  expect(holds()).toBe(true)
}
const kept = ({ status }: LastBook): Promise<void> => until(() => status().asOf > 0)

describe('the last book', () => {
  it('is written soon after the link is live, every minute, when it is no more, and at the end', async () => {
    const one = harness()
    const { lastBook, waits, fire } = lastBookOf(one)
    expect(waits()).toEqual([])
    lastBook.setLive(true)
    expect(waits()).toEqual([10_000])
    fire(10_000)
    await kept(lastBook)
    expect(waits()).toEqual([60_000])
    const asOf = async (): Promise<number> => {
      const other = createHarness()
      await lastBookOf(other).lastBook.restore()
      expect(other.core.hashes()).toEqual(one.core.hashes())
      return other.core.stats().asOf
    }
    for (const write of [() => fire(60_000), () => lastBook.setLive(false), () => void lastBook.close()]) {
      one.pass(1000)
      one.feed.changes([{ stream: 'users', kind: 1, row: userRow({ login: 5, balance: one.now() }) }])
      write()
      await until(() => lastBook.status().asOf === one.now())
      expect(await asOf()).toBe(one.now())
    }
    expect(waits()).toEqual([])
    expect(await readdir(folder)).toEqual(['last-book.sealed'])
  })

  it('is read in small parts while the desk works, in large ones when it closes', async () => {
    const one = harness()
    let asked = 0
    const { lastBook, fire } = lastBookOf(one, { asked: () => void asked++ })
    lastBook.setLive(true)
    fire(10_000)
    await kept(lastBook)
    expect(asked).toBe(5)
    one.feed.ticks([])
    asked = 0
    await lastBook.close()
    expect(asked).toBe(1)
  })

  it('is not written again while nothing has come', async () => {
    const one = harness()
    const { lastBook, fire } = lastBookOf(one)
    lastBook.setLive(true)
    fire(10_000)
    await kept(lastBook)
    const before = await readFile(join(folder, 'last-book.sealed'))
    fire(60_000)
    await lastBook.close()
    expect(await readFile(join(folder, 'last-book.sealed'))).toEqual(before)
    // A worker that counts from the beginning again is not taken for one that has nothing new.
    const again = lastBookOf(one).lastBook
    await again.close()
    expect(await readFile(join(folder, 'last-book.sealed'))).not.toEqual(before)
  })

  it('is what the link may go on from, and says so', async () => {
    const one = harness()
    await lastBookOf(one).lastBook.close()
    const other = createHarness()
    const { lastBook } = lastBookOf(other)
    expect(await lastBook.restore()).toMatchObject({
      epoch: 'e1',
      serverTimeOffset: 7200,
      seqs: one.feed.seqs,
    })
    expect(lastBook.status()).toEqual({ asOf: one.now(), detail: '' })
    expect(other.core.stats()).toMatchObject({ source: 'file', asOf: one.now() })
  })

  it('is refused by name and never shown when it is another server’s or damaged; the next one takes its place', async () => {
    const one = harness()
    expect(await lastBookOf(one).lastBook.restore()).toBeNull()
    await lastBookOf(one).lastBook.close()
    const path = join(folder, 'last-book.sealed')
    const whole = await readFile(path)

    const refused = async (server?: string): Promise<string> => {
      const other = createHarness()
      const { lastBook } = lastBookOf(other, server === undefined ? {} : { server })
      expect(await lastBook.restore()).toBeNull()
      expect(other.core.stats().source).toBe('none')
      expect(lastBook.status().asOf).toBe(0)
      return lastBook.status().detail
    }
    expect(await refused('another bridge')).toBe(
      'The last book on disk is not used: it is of a bridge, this desk follows another bridge (OTHER_SERVER).',
    )
    await writeFile(path, whole.subarray(0, whole.byteLength - 300))
    expect(await refused()).toMatch(/TRUNCATED/)
    whole[whole.byteLength >> 1] = (whole[whole.byteLength >> 1] as number) ^ 1
    await writeFile(path, whole)
    expect(await refused()).toMatch(/DAMAGED/)

    await lastBookOf(one).lastBook.close()
    const other = createHarness()
    expect(await lastBookOf(other).lastBook.restore()).not.toBeNull()
    expect(other.core.hashes()).toEqual(one.core.hashes())
  })

  it('waits no longer than it should for a book that does not answer', async () => {
    const clocks = createTimers()
    const lastBook = createLastBook({
      path: join(folder, 'last-book.sealed'),
      sealer,
      server: 'a bridge',
      book: { keep: () => new Promise(() => {}), restore: async () => null },
      clock: { now: () => 0 },
      timers: clocks.timers,
      log: silentLog,
    })
    const closed = lastBook.close()
    clocks.fire(3000)
    await closed
    expect(await readdir(folder)).toEqual([])
  })

  it('says why it could not be written, and leaves nothing behind', async () => {
    const one = harness()
    const { lastBook } = lastBookOf(one)
    await rm(folder, { recursive: true })
    await lastBook.close()
    expect(lastBook.status().detail).toMatch(/^The book could not be kept on disk: ENOENT/)
    folder = await mkdtemp(join(tmpdir(), 'deskline-last-'))
  })

  it('is given up when the worker dies in the middle of it; the former one stays', async () => {
    const one = harness()
    await lastBookOf(one).lastBook.close()
    const before = await readFile(join(folder, 'last-book.sealed'))
    let asked = 0
    const dying = lastBookOf(one, {
      asked: () => {
        if (++asked === 3) throw new Error('the worker died')
      },
    })
    dying.lastBook.setLive(true)
    dying.fire(10_000)
    await until(() => dying.lastBook.status().detail !== '')
    expect(dying.lastBook.status().detail).toBe('The book could not be kept on disk: the worker died')
    expect(await readdir(folder)).toEqual(['last-book.sealed'])
    expect(await readFile(join(folder, 'last-book.sealed'))).toEqual(before)
  })
})
