import { type Log, silentLog } from '../../shared/runtime/ports.ts'
import { createLink } from './create-link.ts'
import { createFakeBridge } from './fake-bridge.ts'
import { createManualTime } from './manual-time.ts'
import type { LinkSettings } from './settings.ts'
import { createTableSink, type TableSinkOptions } from './table-sink.ts'

export type FixtureOptions = {
  settings?: Partial<LinkSettings>
  sink?: TableSinkOptions
  latencyMs?: number | null
  log?: Log
}

/** Test support: a link, its sink and a fake bridge on manual time. */
export const linkFixture = (options: FixtureOptions = {}) => {
  const time = createManualTime()
  const bridge = createFakeBridge(time, options.latencyMs)
  const sink = createTableSink(options.sink)
  const link = createLink({
    url: 'ws://fake',
    credentials: { token: 'let-me-in' },
    sink,
    clock: time.clock,
    timers: time.timers,
    random: () => 0.5,
    newId: () => 'id',
    log: options.log ?? silentLog,
    client: { name: 'Deskline', version: '0.1.0' },
    connect: bridge.connect,
    ...(options.settings ? { settings: options.settings } : {}),
  })
  const isEqual = (): boolean => JSON.stringify(sink.hashes()) === JSON.stringify(bridge.world().hashes())
  const live = async (): Promise<void> => {
    link.start()
    await time.advance(1000)
  }
  return { time, bridge, sink, link, isEqual, live }
}
