import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { unzipSync } from 'fflate'
import type { Log } from '../../shared/runtime/ports.ts'
import { ticksFromBars } from './bar-ticks.ts'
import { parseHst } from './hst.ts'
import { ReplayError } from './replay-error.ts'
import { parseTicks, type TickColumns } from './tick-text.ts'

/** One file's worth of market. */
export type TickFile = { name: string; ticks: TickColumns }

const MAX_FILE = 256 * 1024 * 1024

/** Every file at or below a path, in the order of their names. @throws ReplayError NO_SUCH_PATH */
export const filesBelow = async (path: string): Promise<string[]> => {
  const facts = await stat(path).catch(() => null)
  if (facts === null) throw new ReplayError('NO_SUCH_PATH', path)
  if (facts.isFile()) return [path]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries
    .filter((e) => e.isFile())
    .map((e) => join(e.parentPath, e.name))
    .toSorted()
}

/** The contents of a plain, gzip or zip file; a zip answers each of its members. Over 256 MiB (32 MiB for a zip) it is refused. */
export const openPacked = (name: string, bytes: Uint8Array): { name: string; bytes: Uint8Array }[] => {
  if (name.endsWith('.gz'))
    return [{ name: name.slice(0, -3), bytes: gunzipSync(bytes, { maxOutputLength: MAX_FILE }) }]
  if (!name.endsWith('.zip')) return [{ name, bytes }]
  if (bytes.byteLength > MAX_FILE / 8) throw new ReplayError('TOO_LARGE', name)
  return Object.entries(unzipSync(bytes)).map(([member, data]) => ({ name: member, bytes: data }))
}

/** Reads one member as ticks by its ending. @throws ReplayError */
export const readMember = (name: string, bytes: Uint8Array): TickColumns =>
  name.endsWith('.hst')
    ? ticksFromBars(parseHst(bytes))
    : parseTicks(new TextDecoder('latin1').decode(bytes), basename(name)).ticks

/**
 * Reads all tick files at or below a path. What is no tick file is left out with a line in the log.
 * @throws ReplayError NO_SUCH_PATH, NO_TICKS
 */
export const readTickFiles = async (path: string, log: Log): Promise<TickFile[]> => {
  const files: TickFile[] = []
  for (const file of await filesBelow(path)) {
    if (!/\.(?:csv|hst)(?:\.gz)?$|\.zip$/u.test(file)) continue
    try {
      for (const member of openPacked(file, await readFile(file)))
        files.push({ name: member.name, ticks: readMember(member.name, member.bytes) })
    } catch (error) {
      log.warn({ file: basename(file), why: (error as Error).message }, 'left out of the replay')
    }
  }
  if (files.length === 0) throw new ReplayError('NO_TICKS', path)
  return files
}
