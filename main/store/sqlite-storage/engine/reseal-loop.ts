import type { DatabaseSync } from 'node:sqlite'
import { createResealing } from '../sealing/reseal.ts'
import type { Sealer } from '../sealing/sealer.ts'
import type { SealingNotice } from '../types.ts'
import { emptyLog } from './empty-log.ts'
import type { Transactions } from './transactions.ts'

export type ResealLoop = {
  readonly start: () => void
  readonly close: () => void
}

/** After a failure, a full disk for example. */
const RETRY_MS = 30_000
/** While a reader holds the log. */
const LOG_MS = 1_000

/**
 * Seals anew in the background: after each slice as long a pause as it took, so that whoever asks for something gets
 * at least half of the time. When all is done the write-ahead log is emptied: it may hold values sealed with old keys.
 */
export const createResealLoop = (on: {
  readonly db: DatabaseSync
  readonly transactions: Transactions
  readonly sealer: Sealer
  readonly tell: (notice: SealingNotice) => void
}): ResealLoop => {
  const { db, transactions, sealer, tell } = on
  let timer: ReturnType<typeof setTimeout> | null = null
  let resealing = createResealing({ db, transaction: transactions.write, sealer })

  const later = (fn: () => void, ms: number): void => {
    timer = setTimeout(fn, ms)
    timer.unref()
  }
  const plan = (ms: number): void => later(slice, ms)
  const finish = (): void => {
    if (!emptyLog(db)) later(finish, LOG_MS)
  }
  const slice = (): void => {
    const began = performance.now()
    try {
      const progress = resealing.step()
      if (progress.done) {
        timer = null
        finish()
      } else plan(performance.now() - began)
      tell(progress)
    } catch (error) {
      tell({ failed: error instanceof Error ? error.message : String(error) })
      plan(RETRY_MS)
    }
  }
  const stop = (): void => {
    if (timer) clearTimeout(timer)
    timer = null
  }
  return {
    start: () => {
      stop()
      resealing = createResealing({ db, transaction: transactions.write, sealer })
      plan(0)
    },
    close: stop,
  }
}
