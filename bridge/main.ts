import { pino } from 'pino'
import { bridgeUsage, parseBridgeArguments } from './arguments.ts'
import { BridgeError } from './hub/errors.ts'
import { startBridge } from './start-bridge.ts'

/** The bridge alone: `npm run bridge -- --help`. */

const log = pino({ name: 'bridge' }, pino.destination({ fd: 2, sync: true }))

const run = async (): Promise<void> => {
  const given = parseBridgeArguments(process.argv.slice(2), process.env)
  if ('help' in given) {
    console.log(bridgeUsage)
    return
  }
  const bridge = await startBridge(given, log)
  console.log(`bridge (${given.source.kind}) on ${bridge.url}`)
  let closing = false
  const close = async (): Promise<void> => {
    if (closing) return
    closing = true
    await bridge.close()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void close())
}

try {
  await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = error instanceof BridgeError && error.fault === 'BAD_OPTION' ? 2 : 1
}
