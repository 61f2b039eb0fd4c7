import { readFileSync, writeFileSync } from 'node:fs'
import { inProject } from './project.ts'

/**
 * Adds to package-lock.json the packages of other platforms that a registry mirror did not hold when the lock file was
 * made: npm leaves them out then, and `npm ci` refuses such a lock. They are optional and pinned by their parents; only
 * their checksums are not known here. Run it after every change of the lock file: `node build/complete-lock.ts`.
 */
type Entry = {
  version?: string
  dev?: boolean
  optional?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']
const processors = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x']

/** What `@oxlint/binding-linux-x64-musl` says about where it runs; null when the name tells nothing. */
const platformOf = (name: string): Pick<Entry, 'os' | 'cpu' | 'libc'> | null => {
  const words = name.split(/[/-]/u)
  const os = systems.find((system) => words.includes(system))
  const cpu = processors.find((processor) => words.includes(processor))
  if (os === undefined || cpu === undefined) return null
  const libc = words.some((w) => w.startsWith('musl'))
    ? 'musl'
    : words.some((w) => w.startsWith('gnu'))
      ? 'glibc'
      : null
  return { os: [os], cpu: [cpu], ...(os === 'linux' && libc !== null ? { libc: [libc] } : {}) }
}

const path = inProject('package-lock.json')
const lock = JSON.parse(readFileSync(path, 'utf8')) as { packages: Record<string, Entry> }
const added: string[] = []
for (const parent of Object.values(lock.packages))
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    const place = `node_modules/${name}`
    const platform = platformOf(name)
    if (platform === null || lock.packages[place] !== undefined || !/^\d/u.test(version)) continue
    lock.packages[place] = {
      version,
      ...(parent.dev === true ? { dev: true } : {}),
      optional: true,
      ...platform,
    }
    added.push(name)
  }
const sorted = Object.fromEntries(Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(path, `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`)
console.log(`${added.length} packages of other platforms added.`)
