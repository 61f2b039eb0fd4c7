import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCounters } from '../bridge/hub/counters.ts'
import { createHub } from '../bridge/hub/hub.ts'
import { defaultLimits } from '../bridge/hub/limits.ts'
import { sealFor } from '../bridge/hub/shared-frame.ts'
import { beginSnapshot } from '../bridge/hub/snapshot.ts'
import { type BookCore, createBookCore } from '../main/book/book-core.ts'
import { createLastBook } from '../main/book/last-book/last-book.ts'
import { createSealer } from '../main/store/sqlite-storage/sealing/sealer.ts'
import { silentLog, systemClock, systemTimers } from '../shared/runtime/ports.ts'
import { openFrame } from '../shared/wire/header.ts'
import { median, report } from './report.ts'
import { type Size, stateOf } from './snapshot/source.ts'

/**
 * The last book of a large broker on disk: what a turn of the book's worker costs while the desk works, how long closing
 * takes, and how long a desk without a bridge takes to have its first figures. Everything runs in this one thread, so the
 * times are those of the work, without what the worker and the disk would do at the same time.
 */

const A: Size = { accounts: 100_000, positions: 500_000 }
const ROUNDS = 5
/** As the last book asks for while the desk works. */
const KEPT_ROWS = 4096
const TURN_MS = 10
const CLOSE_MS = 1000
const OPEN_MS = 1000

const createCore = (): BookCore =>
  createBookCore('USD', systemClock, () => performance.now(), {
    applied: () => {},
    refused: ({ detail }) => {
      throw new Error(detail)
    },
    mismatch: () => {},
    marks: () => {},
    viewFrame: () => {},
  })

const bookOf = (size: Size): BookCore => {
  const hub = createHub({
    limits: defaultLimits,
    serverTimeOffset: 0,
    ids: () => 'bench',
    random: Math.random,
    log: silentLog,
    counters: createCounters(),
    listeners: { moved: () => {}, statusChanged: () => {}, epochChanged: () => {} },
  })
  hub.sink.load(stateOf(size))
  const core = createCore()
  const { frames } = beginSnapshot(hub, defaultLimits)
  let n = 0
  for (let next = frames.next().value; next; next = frames.next().value) {
    const { header, frame } = openFrame(sealFor(next, ++n, 1))
    core.accept(header, frame)
  }
  core.valueNow()
  // What a snapshot leaves for later is done long before the book is kept.
  core.hashes()
  return core
}

/** Processor time of this thread, ms: other work on the machine does not count. */
const threadMs = (): number => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** Turns of the worker while the desk works, ms of processor time. */
const turnsOf = (core: BookCore): number[] => {
  const turns: number[] = []
  for (let begin = true; ; begin = false) {
    const start = threadMs()
    const answer = core.keep({ begin, rows: KEPT_ROWS, since: 0 })
    turns.push(threadMs() - start)
    if (answer.kind !== 'part') throw new Error(answer.kind)
    if (answer.kept) return turns
  }
}

const cpuSince = (before: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const lastBookOf = (core: BookCore, path: string, ring: Parameters<typeof createSealer>[0]) =>
  createLastBook({
    path,
    sealer: createSealer(ring),
    server: 'bench',
    book: { keep: async (question) => core.keep(question), restore: async (part) => core.restore(part) },
    clock: systemClock,
    timers: systemTimers,
    log: silentLog,
  })

const core = bookOf(A)
const folder = await mkdtemp(join(tmpdir(), 'deskline-bench-'))
const path = join(folder, 'last-book.sealed')
const ring = { current: 'one', keys: { one: randomBytes(32) } }
const turns: number[] = []
const longest: number[] = []
const close: number[] = []
const open: number[] = []
const closeCpu: number[] = []
const openCpu: number[] = []
for (let round = 0; round < ROUNDS; round++) {
  const own = turnsOf(core)
  turns.push(median(own))
  longest.push(Math.max(...own))

  let used = process.cpuUsage()
  let start = performance.now()
  const writer = lastBookOf(core, path, ring)
  await writer.close()
  close.push(performance.now() - start)
  closeCpu.push(cpuSince(used))
  if (writer.status().asOf === 0) throw new Error(`not kept: ${writer.status().detail}`)

  const other = createCore()
  used = process.cpuUsage()
  start = performance.now()
  const reader = lastBookOf(other, path, ring)
  if (!(await reader.restore())) throw new Error(reader.status().detail)
  other.valueNow()
  open.push(performance.now() - start)
  openCpu.push(cpuSince(used))
  if (other.stats().positions !== A.positions) throw new Error(`${other.stats().positions} positions`)
}
report('last-book.file', (await stat(path)).size / 2 ** 20, 'MiB')
report('last-book.turn_median', median(turns), 'ms')
report('last-book.turn_longest', median(longest), 'ms', { name: 'limit', value: TURN_MS })
report('last-book.close', median(close), 'ms', { name: 'limit', value: CLOSE_MS })
report('last-book.close_cpu', median(closeCpu), 'ms')
report('last-book.open_and_value', median(open), 'ms', { name: 'limit', value: OPEN_MS })
report('last-book.open_and_value_cpu', median(openCpu), 'ms')
await rm(folder, { recursive: true })
