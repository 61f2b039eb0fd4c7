import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { bundleProof, type ProofBundle } from './testing/bundle.ts'
import { runKills, type SeriesOptions } from './testing/kill-series.ts'

/** Kills in all; `DESKLINE_KILLS=5000 npx vitest run kill` for a long night. */
const KILLS = Number(process.env['DESKLINE_KILLS'] ?? 200)
const FIRST_SEED = Number(process.env['DESKLINE_SEED'] ?? 1)
/** On a busy machine no further profile is begun after this. */
const LONGEST_MS = process.env['DESKLINE_KILLS'] === undefined ? 60_000 : Number.POSITIVE_INFINITY
/** A profile goes through so many lives; two at a time. */
const LIVES = 20

vi.setConfig({ testTimeout: 600_000 + KILLS * 5_000, hookTimeout: 120_000 })

let bundle: ProofBundle
beforeAll(async () => {
  bundle = await bundleProof()
})
afterAll(() => bundle.remove())

const tasks: SeriesOptions['tasks'] = ['write', 'write', 'write', 'backup', 'compact', 'rotate', 'export']

it('nothing is lost, halved or doubled by kills at random moments of opening, writing, backup, compacting, a new key and an export', async () => {
  const seeds = Array.from({ length: Math.ceil(KILLS / LIVES) }, (_, i) => FIRST_SEED + i)
  const began = performance.now()
  const sums = { kills: 0, acts: 0, commands: 0, executed: 0 }
  const lane = async (): Promise<void> => {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
      if (sums.kills > 0 && performance.now() - began > LONGEST_MS) return
      const facts = await runKills({ bundle, seed, kills: LIVES, tasks })
      for (const name of ['kills', 'acts', 'commands', 'executed'] as const) sums[name] += facts[name]
    }
  }
  await Promise.all([lane(), lane()])
  console.log(
    `${sums.kills} of ${KILLS} kills, ${sums.acts} writes acknowledged, ${sums.commands} commands, ${sums.executed} executed once`,
  )
  expect(sums.acts).toBeGreaterThan(sums.kills)
  expect(sums.executed).toBeGreaterThan(0)
})
