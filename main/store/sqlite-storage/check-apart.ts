import { Worker } from 'node:worker_threads'
import { fromWire, StorageClosed } from './errors.ts'
import type { CheckStart, FromEngine } from './protocol.ts'

export type ChecksApart = {
  /** Reads a whole file in a thread of its own, beside whoever works with it; answers what is wrong with it. */
  readonly check: () => Promise<readonly string[]>
  /** Ends those under way: they reject with StorageClosed. */
  readonly close: () => Promise<void>
}

export const createChecksApart = (filename: string, url: URL): ChecksApart => {
  const running = new Set<Worker>()
  return {
    check: () =>
      new Promise((resolve, reject) => {
        const workerData: CheckStart = { check: filename }
        const worker = new Worker(url, { workerData, name: 'sqlite-check' })
        running.add(worker)
        worker.once('message', (message: FromEngine) => {
          if (message.kind === 'answer') resolve(message.value as string[])
          else if (message.kind === 'refused') reject(fromWire(message.error))
        })
        worker.once('error', reject)
        worker.once('exit', () => {
          running.delete(worker)
          reject(new StorageClosed(`The check of ${filename} was given up.`))
        })
      }),
    close: async () => {
      await Promise.all([...running].map((worker) => worker.terminate()))
    },
  }
}
