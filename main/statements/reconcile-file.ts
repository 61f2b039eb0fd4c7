import type { StatementReport } from '../../shared/api/statements.ts'
import { readStatement } from './read/read-statement.ts'
import { reconcile } from './reconcile/reconcile.ts'
import { reportOf } from './report.ts'

/**
 * Reads and reconciles a file: what the window's panel, `npm run reconcile` and the tests call.
 *
 * @throws StatementError for whatever is no readable statement
 */
export const reconcileFile = (file: string, bytes: Uint8Array): StatementReport => {
  const statement = readStatement(bytes)
  return reportOf(file.slice(-200), statement, reconcile(statement))
}
