import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Everything that ends up in `out/`. */
const sources = [
  'shared',
  'main',
  'bridge',
  'preload',
  'renderer',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
]

const walk = (path: string): string[] => {
  const facts = statSync(path, { throwIfNoEntry: false })
  if (facts === undefined) return []
  if (!facts.isDirectory()) return [`${path} ${facts.size} ${facts.mtimeMs}`]
  return readdirSync(path)
    .sort()
    .flatMap((name) => walk(join(path, name)))
}

/** Changes when any source is added, removed or written. */
export const stampOf = (root: string): string => {
  const hash = createHash('sha256')
  for (const line of sources.flatMap((name) => walk(join(root, name)))) hash.update(`${line}\n`)
  return hash.digest('hex')
}

const stampFile = (root: string): string => join(root, 'out', '.stamp')

/** Whether `out/` was built from the sources as they are now. */
export const isBuilt = (root: string): boolean => {
  try {
    return readFileSync(stampFile(root), 'utf8') === stampOf(root)
  } catch {
    return false
  }
}

/** @param stamp taken before the build, so that what changed during it is built again */
export const markBuilt = (root: string, stamp: string): void => writeFileSync(stampFile(root), stamp)
