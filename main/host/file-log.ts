import { mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { destination, pino } from 'pino'
import type { Log } from '../../shared/runtime/ports.ts'

/** A log larger than this is put aside at the next start; one old file is kept. */
const MAX_LOG_BYTES = 16 * 1024 * 1024

export type FileLog = Log & { readonly path: string; readonly close: () => void }

const rotate = (path: string): void => {
  try {
    if (statSync(path).size > MAX_LOG_BYTES) renameSync(path, `${path}.1`)
  } catch {
    // No log yet.
  }
}

/** Structured log (one JSON line an event) in `<profile>/log/<name>.log`. Credentials never reach it by key name. */
export const createFileLog = (profile: string, name: string): FileLog => {
  const folder = join(profile, 'log')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name}.log`)
  rotate(path)
  // Written at once: lines are few, and the last ones before an end are those that matter.
  const file = destination({ dest: path, sync: true })
  const logger = pino(
    { base: { pid: process.pid }, redact: ['token', 'password', 'credentials', '*.token', '*.password'] },
    file,
  )
  return {
    path,
    info: (facts, message) => logger.info(facts, message),
    warn: (facts, message) => logger.warn(facts, message),
    error: (facts, message) => logger.error(facts, message),
    close: () => file.end(),
  }
}
