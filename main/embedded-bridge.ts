import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import type { Log } from '../shared/runtime/ports.ts'

/** The bridge with the demo broker or a replay, run inside the desk's own process in a worker thread. */
export type EmbeddedBridge = {
  readonly url: string
  readonly token: string
  readonly close: () => Promise<void>
}

const readySchema = z.object({ ready: z.object({ url: z.string(), token: z.string() }) })
const failedSchema = z.object({ failed: z.string() })

/** The embedded bridge did not come up; the message says why. */
export class EmbeddedBridgeFailed extends Error {
  override readonly name = 'EmbeddedBridgeFailed'
}

/**
 * Starts the bridge worker with its command line (as `npm run bridge -- …` takes it) on a free loopback port with a
 * random token, and waits until it listens.
 * @throws EmbeddedBridgeFailed
 */
export const startEmbeddedBridge = (
  worker: URL,
  argv: readonly string[],
  log: Log,
): Promise<EmbeddedBridge> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(worker, { workerData: { argv } })
    const fail = (why: string): void =>
      reject(new EmbeddedBridgeFailed(`The embedded bridge did not start: ${why}`))
    thread.once('error', (error: Error) => {
      log.error({ error: error.message }, 'the embedded bridge stopped')
      fail(error.message)
    })
    thread.once('exit', (code) => fail(`it ended with code ${code}`))
    thread.on('message', (message: unknown) => {
      const ready = readySchema.safeParse(message)
      if (ready.success) {
        resolve({
          ...ready.data.ready,
          close: async () => {
            thread.postMessage('close')
            const ended = new Promise<void>((done) => thread.once('exit', () => done()))
            const forced = setTimeout(() => void thread.terminate(), 3000)
            await ended
            clearTimeout(forced)
          },
        })
        return
      }
      const failed = failedSchema.safeParse(message)
      if (failed.success) fail(failed.data.failed)
    })
  })
