import { readFile } from 'node:fs/promises'
import { type Log, systemClock, systemTimers } from '../shared/runtime/ports.ts'
import type { BridgeArguments } from './arguments.ts'
import { type Bridge, createBridge } from './create-bridge.ts'
import { createDemoSource } from './demo/demo-source.ts'
import { createReplaySource } from './replay/replay-source.ts'
import type { Source } from './source.ts'

const sourceOf = async (choice: BridgeArguments['source'], log: Log): Promise<Source> =>
  choice.kind === 'demo'
    ? createDemoSource(choice)
    : createReplaySource({ ...choice, clock: systemClock, timers: systemTimers, log })

/** Starts the bridge a command line asked for. @throws what `createBridge`, the source or reading the TLS files throws */
export const startBridge = async (given: BridgeArguments, log: Log): Promise<Bridge> => {
  const { port, host, tls, credentials, tokens } = given
  const files = tls && { cert: await readFile(tls.cert), key: await readFile(tls.key) }
  return createBridge({
    source: await sourceOf(given.source, log),
    port,
    host,
    ...(files ? { tls: files } : {}),
    credentials,
    tokens,
    log,
  })
}
