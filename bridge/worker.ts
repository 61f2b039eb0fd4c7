import { parentPort, workerData } from 'node:worker_threads'
import { pino } from 'pino'
import { z } from 'zod'
import { createEmbeddedBridge } from './embedded.ts'

/**
 * A bridge in a worker thread of the desk's host. Takes `{ argv }`, answers `{ ready: { url, token } }` or
 * `{ failed }`, and ends at the message `close`.
 */
const inputSchema = z.object({ argv: z.array(z.string()) })

const log = pino({ name: 'bridge', level: 'warn' }, pino.destination({ fd: 2, sync: true }))

const run = async (): Promise<void> => {
  const { argv } = inputSchema.parse(workerData)
  const { bridge, url, token } = await createEmbeddedBridge(argv, log)
  const close = async (): Promise<void> => {
    await bridge.close()
    parentPort?.close()
  }
  parentPort?.on('message', (message) => {
    if (message === 'close') void close()
  })
  parentPort?.postMessage({ ready: { url, token } })
}

try {
  await run()
} catch (error) {
  parentPort?.postMessage({ failed: error instanceof Error ? error.message : String(error) })
  parentPort?.close()
}
