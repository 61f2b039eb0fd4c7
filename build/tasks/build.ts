import { rmSync } from 'node:fs'
import { build } from 'electron-vite'
import { inProject, root } from '../project.ts'
import { isBuilt, markBuilt, stampOf } from '../stamp.ts'

/** Builds main, preload and renderer into `out/`. */
export const run = async (): Promise<number> => {
  const started = performance.now()
  const stamp = stampOf(root)
  rmSync(inProject('out'), { recursive: true, force: true })
  try {
    await build({ root, logLevel: 'warn' })
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 1
  }
  markBuilt(root, stamp)
  console.log(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s.`)
  return 0
}

/** Builds unless `out/` is up to date. Answers the exit code. */
export const buildIfStale = async (): Promise<number> => {
  if (isBuilt(root)) return 0
  console.log('Building …')
  return run()
}
