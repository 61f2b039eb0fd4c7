import { existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { runInherited } from '../project.ts'
import type { SandboxFacts } from './sandbox.ts'

const require = createRequire(import.meta.url)
const packageFolder = dirname(require.resolve('electron/package.json'))
const { version } = z.object({ version: z.string() }).parse(require('electron/package.json'))

const read = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/** Path of the installed Electron, or null; the same files the package itself looks at, without its download. */
export const electronBinary = (): string | null => {
  const name = read(join(packageFolder, 'path.txt'))
  if (name === null || read(join(packageFolder, 'dist', 'version'))?.replace(/^v/, '') !== version)
    return null
  const path = join(packageFolder, 'dist', name)
  return existsSync(path) ? path : null
}

export const sandboxFacts = (): SandboxFacts => {
  const helper = statSync(join(packageFolder, 'dist', 'chrome-sandbox'), { throwIfNoEntry: false })
  return {
    platform: process.platform,
    uid: process.getuid?.() ?? 1,
    usernsClone: read('/proc/sys/kernel/unprivileged_userns_clone'),
    apparmorRestricts: read('/proc/sys/kernel/apparmor_restrict_unprivileged_userns'),
    hasSetuidHelper: helper !== undefined && helper.uid === 0 && (helper.mode & 0o4000) !== 0,
  }
}

/** Where the package would download from; the same variables move it. */
const downloadBase = (): string =>
  process.env['ELECTRON_MIRROR'] ??
  process.env['npm_config_electron_mirror'] ??
  'https://github.com/electron/electron/releases/download/'

const REACH_MS = 3000

/** Whether Electron's download host answers for this version within three seconds. */
export const canDownload = async (): Promise<boolean> => {
  const file = `electron-v${version}-${process.platform}-${process.arch}.zip`
  try {
    const answer = await fetch(`${downloadBase()}v${version}/${file}`, {
      method: 'HEAD',
      signal: AbortSignal.timeout(REACH_MS),
    })
    return answer.ok
  } catch {
    return false
  }
}

/** A download that brings nothing for this long has failed. */
const STALL_MS = 20_000

type Download = (details: object) => Promise<string>

const getSchema = z.object({
  downloadArtifact: z.custom<Download>((value) => typeof value === 'function'),
})

const showProgress = (percent: number): void => {
  const text = `Downloading Electron ${version}: ${Math.floor(percent * 100)} %`
  if (process.stdout.isTTY) process.stdout.write(`\r${text}${percent >= 1 ? '\n' : ''}`)
  else if (percent >= 1) console.log(text)
}

/**
 * Fills Electron's own download cache, showing progress, then lets the package's installer unpack it. Answers whether
 * the binary is there now.
 */
export const downloadElectron = async (): Promise<boolean> => {
  const electronRequire = createRequire(join(packageFolder, 'install.js'))
  const { downloadArtifact } = getSchema.parse(await import(electronRequire.resolve('@electron/get')))
  const stalled = new AbortController()
  let watchdog = setTimeout(() => stalled.abort(), STALL_MS)
  try {
    await downloadArtifact({
      version,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums: require('electron/checksums.json'),
      downloadOptions: {
        quiet: true,
        signal: stalled.signal,
        getProgressCallback: ({ percent }: { percent: number }) => {
          clearTimeout(watchdog)
          watchdog = setTimeout(() => stalled.abort(), STALL_MS)
          showProgress(percent)
          return Promise.resolve()
        },
      },
    })
  } catch {
    return false
  } finally {
    clearTimeout(watchdog)
  }
  await runInherited(process.execPath, [join(packageFolder, 'install.js')])
  return electronBinary() !== null
}
