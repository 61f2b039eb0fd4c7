import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { journalCompanion } from '../../journal/companion.ts'
import { type VerifyOrder, verifyFile } from '../../maintenance/verify-file.ts'
import { outboxCompanion } from '../../outbox/companion.ts'
import { serveSqliteStorage } from '../../sqlite-storage/engine/serve.ts'
import type { Companion } from '../../sqlite-storage/types.ts'

/** Fills the heap of this thread until the engine gives up. */
const exhaust = (): never => {
  const kept: unknown[] = []
  while (true) kept.push(Array.from({ length: 100_000 }, (_, i) => ({ i })))
}

/** Test support: the desk's worker with a door for faults: statements on its connection, and deaths. */
const proof: Companion = {
  name: 'proof',
  open: ({ db, filename }) => {
    const orders = new BroadcastChannel(`proof:${filename}`)
    orders.unref()
    // oxlint-disable-next-line unicorn/prefer-add-event-listener
    orders.onmessage = ({ data }: { data: { sql?: string; die?: 'exit' | 'memory' | 'throw' } }) => {
      if (data.sql !== undefined) db.exec(data.sql)
      if (data.die === 'exit') process.exit(7)
      if (data.die === 'memory') exhaust()
      if (data.die === 'throw') throw new Error('thrown in the worker')
      orders.postMessage('done')
    }
    return { close: () => orders.close() }
  },
}

const port = parentPort as MessagePort
const { verify } = (workerData ?? {}) as { verify?: VerifyOrder }
if (verify) port.postMessage(verifyFile(verify))
else serveSqliteStorage(port, { companions: [outboxCompanion, journalCompanion, proof] })
