import { parentPort, workerData } from 'node:worker_threads'
import { gunzipSync } from 'node:zlib'
import { StatementError } from './errors.ts'
import type { StatementAnswer, StatementWork } from './messages.ts'
import { MAX_STATEMENT_BYTES } from './read/rows.ts'
import { reconcileFile } from './reconcile-file.ts'

/** Entry of the worker thread that reads one statement and ends: somebody else's file never holds up the desk. */

const unpacked = (gzip: Uint8Array): Uint8Array => {
  try {
    return gunzipSync(gzip, { maxOutputLength: MAX_STATEMENT_BYTES + 1 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new StatementError(
        'TOO_LARGE',
        `Statements up to ${MAX_STATEMENT_BYTES / 1_048_576} MB are read.`,
      )
    throw new StatementError('NOT_TEXT', 'The file did not arrive whole. Drop it again.')
  }
}

const answer = ({ file, gzip }: StatementWork): StatementAnswer => {
  try {
    return { kind: 'report', report: reconcileFile(file, unpacked(gzip)) }
  } catch (error) {
    if (error instanceof StatementError)
      return { kind: 'refused', fault: error.fault, message: error.message }
    throw error
  }
}

parentPort?.postMessage(answer(workerData as StatementWork))
