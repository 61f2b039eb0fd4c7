import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'

/**
 * `npm run bench [name]`: runs the benchmarks one after another, each in a process of its own. A benchmark prints one
 * line a figure: `RESULT <bench>.<figure> <value> <unit> [vs <peer or limit> <value> ratio <r>]`.
 */
const own = new Set(['run.ts', 'report.ts', 'workload.ts', 'limit.ts', 'perspective.ts', 'soak.ts'])
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !own.has(file))
  .map((file) => file.slice(0, -3))
const wanted = process.argv[2]
const chosen = wanted === undefined ? names : names.filter((name) => name === wanted)
if (chosen.length === 0) {
  console.error(`There is no benchmark "${wanted}". There are: ${names.join(', ')}.`)
  process.exit(2)
}
let failed = 0
for (const name of chosen) {
  const { status } = spawnSync(process.execPath, ['--expose-gc', `${import.meta.dirname}/${name}.ts`], {
    stdio: 'inherit',
  })
  if (status !== 0) failed += 1
}
process.exit(failed === 0 ? 0 : 1)
