import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Log } from '../../shared/runtime/ports.ts'
import { ReplayError } from './replay-error.ts'
import { parseStatement, type Statement, sumsHold } from './statement.ts'
import { filesBelow } from './tick-files.ts'

/** UTF-16 and UTF-8 by their mark, else the ANSI page that MT4 writes. */
export const decodeStatement = (bytes: Uint8Array): string => {
  const [a, b, c] = bytes
  const page =
    a === 0xff && b === 0xfe
      ? 'utf-16le'
      : a === 0xfe && b === 0xff
        ? 'utf-16be'
        : a === 0xef && b === 0xbb && c === 0xbf
          ? 'utf-8'
          : null
  if (page !== null) return new TextDecoder(page).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** Who a statement belongs to: its account number, or its file when it has none. */
const ownerOf = (file: string, statement: Statement): string =>
  statement.account === '' ? basename(file).split('_').slice(0, 2).join('_') : statement.account

/**
 * Reads the statements at or below a path; of several for one account the latest, the fuller one first. Files that
 * are no statement are left out with a line in the log.
 */
export const readStatements = async (path: string, log: Log): Promise<Statement[]> => {
  const latest = new Map<string, Statement>()
  for (const file of await filesBelow(path)) {
    if (!/\.html?$/iu.test(file)) continue
    try {
      const statement = parseStatement(decodeStatement(await readFile(file)))
      if (!sumsHold(statement))
        throw new ReplayError('NOT_A_STATEMENT', 'its total is not the sum of its rows')
      const owner = ownerOf(file, statement)
      const known = latest.get(owner)
      if (
        known === undefined ||
        statement.time > known.time ||
        (statement.time === known.time && statement.closed.length > known.closed.length)
      )
        latest.set(owner, statement)
    } catch (error) {
      log.warn({ file: basename(file), why: (error as Error).message }, 'left out of the replay')
    }
  }
  return [...latest.values()]
}
