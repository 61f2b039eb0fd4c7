import { Worker } from 'node:worker_threads'
import type { StatementReport } from '../../shared/api/statements.ts'
import type { Log, Timers } from '../../shared/runtime/ports.ts'
import { StatementError } from './errors.ts'
import type { StatementAnswer, StatementWork } from './messages.ts'

export type Statements = {
  /**
   * Reads and reconciles a gzipped statement. One at a time; the others wait.
   * @throws StatementError
   */
  readonly reconcile: (file: string, gzip: Uint8Array) => Promise<StatementReport>
  readonly close: () => Promise<void>
}

export type StatementsOptions = {
  /** The worker's entry: `worker.ts` from source, or the bundled file. */
  readonly workerUrl: URL | string
  readonly timers: Timers
  readonly log: Log
  /** Longest time for one file, ms. The largest real one takes half a second. */
  readonly limitMs?: number
}

const LIMIT_MS = 20_000
/** Memory for one file; 3 MB of statement take about 100 MB. */
const LIMIT_MB = 1024

const tooMuch = (): StatementError =>
  new StatementError(
    'TOO_COMPLEX',
    'The file asks for more time or memory than any statement does. It was given up.',
  )

/** The service behind the Statement panel: a worker thread a file, with bounds on its time and memory. */
export const createStatements = ({
  workerUrl,
  timers,
  log,
  limitMs = LIMIT_MS,
}: StatementsOptions): Statements => {
  let last: Promise<unknown> = Promise.resolve()
  let running: Worker | null = null
  let closed = false

  const run = (work: StatementWork): Promise<StatementReport> =>
    new Promise((resolve, reject) => {
      if (closed) {
        reject(new StatementError('NOT_TEXT', 'The desk is closing. Nothing was lost.'))
        return
      }
      const worker = new Worker(workerUrl, {
        workerData: work,
        name: 'statement',
        resourceLimits: { maxOldGenerationSizeMb: LIMIT_MB },
      })
      running = worker
      const timer = timers.setTimeout(() => {
        reject(tooMuch())
        void worker.terminate()
      }, limitMs)
      worker.once('message', (answer: StatementAnswer) =>
        answer.kind === 'report'
          ? resolve(answer.report)
          : reject(new StatementError(answer.fault, answer.message)),
      )
      worker.once('error', (error) => {
        log.error({ file: work.file, why: error.message }, 'a statement ended its worker')
        reject(tooMuch())
      })
      worker.once('exit', () => {
        timers.clearTimeout(timer)
        running = null
        reject(tooMuch())
      })
    })

  return {
    reconcile: (file, gzip) => {
      const next = last.then(() => run({ file, gzip }))
      last = next.catch(() => undefined)
      return next
    },
    close: async () => {
      closed = true
      await running?.terminate()
      await last
    },
  }
}
