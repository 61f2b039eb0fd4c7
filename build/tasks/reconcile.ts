import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { StatementError } from '../../main/statements/errors.ts'
import { MAX_STATEMENT_BYTES } from '../../main/statements/read/rows.ts'
import { reconcileFile } from '../../main/statements/reconcile-file.ts'
import type { StatementReport } from '../../shared/api/statements.ts'
import { reportTable } from '../reconcile/table.ts'

const usage = `npm run reconcile -- [--json] [--rows] FILE…

Reads statements of MT4 terminals (Statement, Detailed Statement, CSV) and recomputes them.
  --json  one JSON array, an object a file
  --rows  with --json: every trade and operation, not only those that differ
Exit code: 0 everything agrees, 1 differences, 2 a file could not be read.`

type Unreadable = { file: string; error: { fault: string; message: string } }

const load = async (path: string): Promise<StatementReport | Unreadable> => {
  const file = basename(path)
  try {
    const { size } = await stat(path)
    // A file that is too large is refused by its first bytes as well; no need to hold it in memory.
    if (size > MAX_STATEMENT_BYTES) throw new StatementError('TOO_LARGE', `The file has ${size} bytes.`)
    return reconcileFile(file, await readFile(path))
  } catch (error) {
    const fault = error instanceof StatementError ? error.fault : 'NO_SUCH_FILE'
    return { file, error: { fault, message: error instanceof Error ? error.message : String(error) } }
  }
}

/** `npm run reconcile -- FILE…`: the product's own reconciliation on the command line. */
export const run = async (args: readonly string[]): Promise<number> => {
  const files = args.filter((a) => !a.startsWith('--'))
  const unknown = args.filter((a) => a.startsWith('--') && a !== '--json' && a !== '--rows')
  if (files.length === 0 || unknown.length > 0) {
    console.error(usage)
    return 2
  }
  const results = await Promise.all(files.map(load))
  if (args.includes('--json')) {
    const shown = results.map((r) =>
      'error' in r || args.includes('--rows')
        ? r
        : { ...r, rows: r.rows.filter((row) => row.state === 'differs') },
    )
    console.log(JSON.stringify(shown, null, 2))
  } else
    console.log(
      results
        .map((r) => ('error' in r ? `${r.file}: ${r.error.fault}: ${r.error.message}` : reportTable(r)))
        .join('\n\n'),
    )
  if (results.some((r) => 'error' in r)) return 2
  return results.some((r) => !('error' in r) && !r.agrees) ? 1 : 0
}
