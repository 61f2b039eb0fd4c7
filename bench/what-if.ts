import { createBookCore } from '../main/book/book-core.ts'
import type { ShockScope } from '../shared/api/what-if.ts'
import { median, report } from './report.ts'
import { createFeed, type Workload, workloadA, workloadB } from './workload.ts'

/**
 * Questions to the whole book while it is live: what a shock would do to it. Half of the accounts of the workload are
 * well funded, so that many are hit somewhere on the way. The limit is what a person waits without noticing.
 */

const ROUNDS = 7
const LIMIT_MS = 1000
const NAMED = 500

const shocks: readonly [name: string, scope: ShockScope, percent: number][] = [
  ['symbol', { kind: 'symbol', symbol: 'EURUSD' }, -5],
  ['currency', { kind: 'currency', currency: 'JPY' }, 10],
  ['all', { kind: 'all' }, 10],
]

const time = (act: () => void): number => {
  const start = performance.now()
  act()
  return performance.now() - start
}

const run = (name: string, workload: Workload, rounds: number): void => {
  const feed = createFeed(workload)
  const core = createBookCore('USD', { now: () => 1_000_000 }, () => performance.now(), {
    applied: () => {},
    refused: (r) => {
      throw new Error(r.detail)
    },
    mismatch: () => {},
    marks: () => {},
    viewFrame: () => {},
  })
  for (const { header, frame } of feed.snapshot()) core.accept(header, frame)
  core.valueNow()
  for (const [shock, scope, percent] of shocks) {
    const took: number[] = []
    let hit = 0
    for (let round = 0; round < rounds; round++) {
      const { header, frame } = feed.ticks(workload.symbols, 100)
      core.accept(header, frame)
      core.valueNow()
      took.push(
        time(() => {
          const answer = core.whatIf({ scope, percent }, NAMED)
          hit = answer?.hits.length ?? 0
          if (answer === null || answer.met.calls + answer.met.stopOuts < hit)
            throw new Error('the question was not answered')
        }),
      )
    }
    if (hit === 0) throw new Error('nobody was hit')
    report(`what-if.${name}.${shock}`, median(took), 'ms', { name: 'limit', value: LIMIT_MS })
    report(`what-if.${name}.${shock}_slowest`, Math.max(...took), 'ms')
  }
}

run('a', workloadA, ROUNDS)
if (process.argv.includes('--b')) run('b', workloadB, 2)
