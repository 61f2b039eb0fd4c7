import { silentLog, systemClock } from '../../../shared/runtime/ports.ts'
import { createLastBook } from '../last-book/last-book.ts'
import { createHarness } from './harness.ts'
import { plainSealer } from './plain-sealer.ts'
import { tradeRow, userRow } from './rows.ts'

/**
 * Test support, a process of its own: keeps a book in the file of its first argument, over and over, under the key of its
 * second (hex), each time with the next balance of login 1, and says when one is whole on disk. It is meant to be killed.
 */
const [path = '', key = ''] = process.argv.slice(2)
const { core, feed } = createHarness()
feed.snapshot(
  {
    symbols: [],
    groups: [],
    users: Array.from({ length: 20_000 }, (_, i) => userRow({ login: i + 1 })),
    trades: Array.from({ length: 20_000 }, (_, i) => tradeRow({ order: i + 1, login: i + 1 })),
  },
  [],
)
for (let round = 1; ; round++) {
  feed.changes([{ stream: 'users', kind: 1, row: userRow({ login: 1, balance: round }) }])
  const lastBook = createLastBook({
    path,
    sealer: plainSealer(Buffer.from(key, 'hex')),
    server: 'a bridge',
    book: { keep: async (question) => core.keep(question), restore: async (part) => core.restore(part) },
    clock: systemClock,
    // Every pause is over at once.
    timers: { setTimeout: (fn, ms) => (ms < 100 ? setImmediate(fn) : 0), clearTimeout: () => {} },
    log: silentLog,
  })
  lastBook.setLive(true)
  lastBook.setLive(false)
  await lastBook.close()
  if (lastBook.status().detail !== '') throw new Error(lastBook.status().detail)
  process.stdout.write(`${round}\n`)
}
