import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { readStatement } from '../../main/statements/read/read-statement.ts'
import { sumsHold } from '../../main/statements/reconcile/ledger.ts'
import type { Statement } from '../../main/statements/types.ts'
import type { Log } from '../../shared/runtime/ports.ts'
import { ReplayError } from './replay-error.ts'
import { filesBelow } from './tick-files.ts'

/** Who a statement belongs to: its account number, or its file when it has none. */
const ownerOf = (file: string, statement: Statement): string =>
  statement.account === '' ? basename(file).split('_').slice(0, 2).join('_') : statement.account

/**
 * Reads the statements at or below a path; of several for one account the latest, the fuller one first. Files that
 * are no statement, or whose total is not the sum of its rows, are left out with a line in the log.
 */
export const readStatements = async (path: string, log: Log): Promise<Statement[]> => {
  const latest = new Map<string, Statement>()
  for (const file of await filesBelow(path)) {
    if (!/\.html?$/iu.test(file)) continue
    try {
      const statement = readStatement(await readFile(file))
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
