import { randomUUID } from 'node:crypto'
import type { Bye } from '../shared/bridge/protocol.ts'
import { RetCode } from '../shared/mt4/ret-code.ts'
import { silentLog, systemClock, systemTimers } from '../shared/runtime/ports.ts'
import { createFaults } from './faults/faults.ts'
import { createCommands } from './hub/commands.ts'
import { createCounters } from './hub/counters.ts'
import { createDesks } from './hub/desks.ts'
import { BridgeError } from './hub/errors.ts'
import { createFrameCache } from './hub/frame-cache.ts'
import { createHttp, isLoopback, listen } from './hub/http.ts'
import { createHub } from './hub/hub.ts'
import { createKeptRows } from './hub/kept-rows.ts'
import { defaultLimits } from './hub/limits.ts'
import { createSignInDoor } from './hub/sign-in.ts'
import { createSocketDoor } from './hub/socket-door.ts'
import type { Bridge, BridgeOptions } from './hub/types.ts'
import { eachStream } from './hub/world.ts'

export type { Bridge, BridgeOptions } from './hub/types.ts'

const farewell: Bye = { code: RetCode.NO_CONNECT, message: 'the bridge closes' }
const anew: Bye = { code: RetCode.NO_CONNECT, message: 'the bridge starts anew' }

const checkOptions = ({ host = '127.0.0.1', tls, credentials, tokens = [] }: BridgeOptions): void => {
  if (credentials.length === 0 && tokens.length === 0)
    throw new BridgeError('NO_CREDENTIALS', 'nobody could sign in; give a login or a token')
  if (!isLoopback(host) && (!tls || tokens.length === 0))
    throw new BridgeError('NOT_LOOPBACK', `${host} is not a loopback address: it needs TLS and a token`)
}

/**
 * Starts a bridge: loads the source's world, then listens. Protocol: docs/bridge.md.
 * @throws BridgeError NOT_LOOPBACK, NO_CREDENTIALS, SOURCE_EMPTY, SOURCE_ROW; what `listen` or the source throws
 */
export const createBridge = async (options: BridgeOptions): Promise<Bridge> => {
  checkOptions(options)
  const { source, host = '127.0.0.1', tls, credentials, tokens = [] } = options
  const { clock = systemClock, timers = systemTimers, log = silentLog } = options
  const { random = Math.random, ids = randomUUID } = options
  const limits = { ...defaultLimits, ...options.limits }
  const counters = createCounters()
  const startedAt = clock.now()

  const desks = createDesks(limits, timers, () => clock.now())
  const hub = createHub({
    limits,
    serverTimeOffset: source.serverTimeOffset,
    ids,
    random,
    log,
    counters,
    listeners: {
      moved: desks.moved,
      statusChanged: desks.status,
      epochChanged: () => {
        cache.clear()
        commands.clear()
        desks.bye(anew)
      },
    },
  })
  const keptRows = createKeptRows(hub, limits, timers)
  const cache = createFrameCache(hub, limits, counters, keptRows.current)
  const commands = createCommands({ source, clock, limits, log, counters })
  const cutAll = (): number => desks.all().map((desk) => desk.cut()).length
  const faults = createFaults(
    random,
    {
      disconnect: (who) => {
        if (who === 'all') return cutAll()
        const all = desks.all()
        const one = all[Math.floor(random() * all.length)]
        one?.cut()
        return one ? 1 : 0
      },
      restart: () => {
        cutAll()
        hub.restart()
      },
    },
    options.faults,
  )

  const rows = () => eachStream((stream) => hub.world[stream].size())
  const http = createHttp(tls, () => ({
    epoch: hub.epoch(),
    source: source.name,
    desks: desks.count(),
    rows: rows(),
    seqs: hub.seqs(),
    uptimeSeconds: Math.round((clock.now() - startedAt) / 1000),
  }))
  const socketDoor = createSocketDoor(http, {
    hub,
    cache,
    commands,
    desks,
    faults,
    signIn: createSignInDoor(credentials, tokens),
    limits,
    clock,
    timers,
    log,
    counters,
  })

  const close = async (): Promise<void> => {
    desks.bye(farewell)
    desks.close()
    keptRows.close()
    await socketDoor.close()
    await source.close()
  }

  try {
    await source.start(hub.sink)
    if (!hub.loaded()) throw new BridgeError('SOURCE_EMPTY', `source ${source.name} loaded no world`)
    const port = await listen(http, options.port, host)
    const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
    return {
      url: `${tls ? 'https' : 'http'}://${name}:${port}`,
      port,
      get epoch() {
        return hub.epoch()
      },
      hashes: hub.hashes,
      seqs: hub.seqs,
      stats: () => ({
        desks: desks.stats(),
        counters: { ...counters },
        rows: rows(),
        journal: { entries: hub.journal.entries(), bytes: hub.journal.bytes() },
        storedAnswers: commands.stored(),
      }),
      faults: faults.switches,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
