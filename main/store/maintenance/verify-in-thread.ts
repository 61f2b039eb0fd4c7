import { Worker } from 'node:worker_threads'
import type { Verified, VerifyOrder } from './verify-file.ts'

/** `verifyFile` in a thread of its own; the worker's entry is the store's. */
export const verifyInThread = (worker: URL, order: VerifyOrder): Promise<Verified> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(worker, { workerData: { verify: order } })
    thread.once('message', resolve)
    thread.once('error', reject)
    thread.once('exit', (code) =>
      reject(new Error(`The thread that looks through the copy ended with ${code}.`)),
    )
  })
