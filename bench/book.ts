import { createBookCore } from '../main/book/book-core.ts'
import type { ViewSpec } from '../shared/api/views.ts'
import { openFrame } from '../shared/wire/header.ts'
import { createLimit } from './limit.ts'
import { runPerspective } from './perspective.ts'
import { median, percentile, report } from './report.ts'
import { createFeed, type Workload, workloadA, workloadB } from './workload.ts'

/**
 * The book core alone. A full pass gives every position its result with both legs rounded, every account its open result
 * and margin state, every symbol its exposure. Its limit is adding up once the bytes that it has to read and write; its
 * peer is Perspective doing the same grouping in the same run.
 */

const ROUNDS = 41
const SYMBOLS_A_MOVE = 120
/** Per position: cell, lots, open price read, result written; result read by the sums of accounts; cell and result by those of cells. */
const BYTES_A_POSITION = 4 + 8 + 8 + 8 + 8 + 12
/** Per account: segment, costs and two limits read, open result and level written. */
const BYTES_AN_ACCOUNT = 8 + 8 + 16 + 9

const time = (act: () => void): number => {
  const start = performance.now()
  act()
  return performance.now() - start
}

const runWorkload = (name: string, workload: Workload) => {
  const feed = createFeed(workload)
  let clock = 1_000_000
  let painted = 0
  const core = createBookCore('USD', { now: () => clock }, () => performance.now(), {
    applied: () => {},
    refused: (r) => {
      throw new Error(r.detail)
    },
    mismatch: () => {},
    marks: () => {},
    viewFrame: (viewId, frame) => {
      const { header } = openFrame(frame)
      painted = header.rows
      core.ackView(viewId, header.n)
    },
  })
  let applied = 0
  let longest = 0
  for (const { header, frame } of feed.snapshot()) {
    const ms = time(() => core.accept(header, frame))
    applied += ms
    longest = Math.max(longest, ms)
  }
  globalThis.gc?.()
  const linked = time(core.valueNow)
  const move = (): void => {
    clock += 100
    const { header, frame } = feed.ticks(SYMBOLS_A_MOVE, 100)
    core.accept(header, frame)
  }
  const limit = createLimit(workload.positions * BYTES_A_POSITION + workload.accounts * BYTES_AN_ACCOUNT)
  const passes: number[] = []
  const limits: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    move()
    passes.push(
      time(() => {
        core.valueNow()
        core.exposureNow()
      }),
    )
    limits.push(time(limit.sum))
  }
  if (!limit.done()) throw new Error('the limit was not measured')
  const pass = median(passes)
  const sum = { name: 'sum_of_same_bytes', value: median(limits) }
  report(`book.${name}.full_pass`, pass, 'ms', sum)
  report(`book.${name}.pass_per_position`, (pass * 1e6) / workload.positions, 'ns')
  report(`book.${name}.snapshot_apply`, applied, 'ms')
  report(`book.${name}.snapshot_longest_frame`, longest, 'ms')
  report(`book.${name}.link_and_first_pass`, linked, 'ms')
  const bytes = core.stats().memoryBytes
  report(`book.${name}.memory`, bytes / 2 ** 20, 'MiB')
  return { core, feed, move, pass, painted: () => painted }
}

const spec = (column: string, descending: boolean): ViewSpec => ({
  kind: 'accounts',
  filter: {},
  sort: { column, descending },
  from: 0,
  count: 60,
  pace: 30,
  hold: false,
})

const a = runWorkload('a', workloadA)
const { core, feed, move } = a
const { pick } = feed.random

const openings: number[] = []
const byName: number[] = []
const filtered: number[] = []
const positionViews: number[] = []
for (let round = 0; round < ROUNDS; round++) {
  move()
  core.valueNow()
  openings.push(
    time(() => core.openView(1, spec(pick(['floatingBase', 'equity', 'marginLevel']), round % 2 === 0))),
  )
  core.closeView(1)
  byName.push(time(() => core.openView(2, spec('name', false))))
  core.closeView(2)
  filtered.push(
    time(() =>
      core.openView(3, { ...spec('dayPlBase', true), filter: { text: pick(['otto', 'japan', '99']) } }),
    ),
  )
  core.closeView(3)
  positionViews.push(time(() => core.openView(4, { ...spec('totalBase', true), kind: 'positions' })))
  core.closeView(4)
}

/** A view sorted by live results: most frames keep the order, one in ten or so sorts anew. */
const frames: number[] = []
core.openView(5, spec('floatingBase', true))
for (let round = 0; round < 200; round++) {
  move()
  core.valueNow()
  frames.push(time(core.tick))
}
core.closeView(5)

const searches: number[] = []
for (let round = 0; round < ROUNDS; round++)
  searches.push(time(() => core.search(pick(['mei z9', '1005', 'client77', '660 1000', 'eurus']), 20)))

if (a.painted() !== 60) throw new Error('the benchmark did not do its work')
report('book.accounts_view_open_60_of_100k', median(openings), 'ms', { name: 'limit', value: 30 })
report('book.accounts_view_open_by_name', median(byName), 'ms', { name: 'limit', value: 30 })
report('book.accounts_view_open_filtered', median(filtered), 'ms', { name: 'limit', value: 30 })
report('book.accounts_view_frame_p99_sorted_by_result', percentile(frames, 0.99), 'ms', {
  name: 'limit',
  value: 16,
})
report('book.positions_view_open_60_of_500k', median(positionViews), 'ms')
report('book.search_100k', median(searches), 'ms', { name: 'limit', value: 20 })

const peer = median(await runPerspective(workloadA, 3, feed.random.next))
report('book.a.times_faster_than_perspective', peer / a.pass, 'x', { name: 'goal', value: 1000 })
report('book.perspective_full_update', peer, 'ms')

if (process.argv.includes('--b')) {
  const b = runWorkload('b', workloadB)
  report('book.b.cost_per_position', b.pass / workloadB.positions / (a.pass / workloadA.positions), 'x a')
}
