import { setTimeout as wait } from 'node:timers/promises'
import { type Bridge, type BridgeOptions, createBridge } from '../../bridge/create-bridge.ts'
import { seededRandom } from '../../bridge/hub/seeded-random.ts'
import { createTestSource, type TestSource, type TestSourceOptions } from '../../bridge/hub/test-source.ts'
import { silentLog, systemClock, systemTimers } from '../../shared/runtime/ports.ts'
import type { FrameHeader } from '../../shared/wire/header.ts'
import { createLink, type LinkWithMeters } from './create-link.ts'
import type { LinkSettings } from './settings.ts'
import { createTableSink, type TableSink, type TableSinkOptions } from './table-sink.ts'

const TOKEN = 'a-token-of-the-test'

/** The waits of the link, short enough for a test. */
export const quick: Partial<LinkSettings> = {
  connectMs: 2000,
  answerMs: 1000,
  beatMs: 100,
  beatTimeoutMs: 1200,
  silentMs: 800,
  aheadMs: 300,
  stallMs: 1500,
  reconnect: { baseMs: 20, capMs: 200 },
  refollow: { baseMs: 10, capMs: 200 },
  slowRetryMs: 400,
  commandAckMs: 500,
  commandMs: 5000,
}

/** Polls until it holds. @throws Error that names what did not come to pass */
export const until = async (what: string, holds: () => boolean, ms = 20_000): Promise<void> => {
  const end = Date.now() + ms
  while (!holds()) {
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain for ${what}`)
    await wait(5)
  }
}

export type Desk = { link: LinkWithMeters; sink: TableSink }

export type Stage = {
  source: TestSource
  bridge: () => Bridge
  desk: (options?: DeskOptions) => Desk
  /** The desk is live and its book is the bridge's. */
  same: (desk: Desk) => Promise<void>
  /**
   * Ends the bridge and starts another on the same port: before another world, or before the server as it stands. Away
   * for so many ms in between.
   */
  restartBridge: (of?: { sameServer?: boolean; awayMs?: number }) => Promise<void>
  /** Lets the world move by itself until the answered function is called. */
  move: () => () => void
  close: () => Promise<void>
}

type DeskOptions = {
  settings?: Partial<LinkSettings>
  sink?: TableSinkOptions
  credentials?: { token: string } | { login: number; password: string }
  url?: string
}

const START: Partial<BridgeOptions> = {
  credentials: [{ login: 1, password: 'demo', name: 'Dealer', groups: '*' }],
  tokens: [TOKEN],
}

/** Test support: a real bridge with a world that moves, and links to it. */
export const createStage = async (
  world: TestSourceOptions = {},
  options: Partial<BridgeOptions> = {},
): Promise<Stage> => {
  const open = (source: TestSource, port: number): Promise<Bridge> =>
    createBridge({
      source,
      port,
      credentials: START.credentials ?? [],
      random: seededRandom(7),
      ...START,
      ...options,
      limits: { checkpointMs: 300, flushMs: 5, ...options.limits },
    })
  let source = createTestSource(world)
  let bridge = await open(source, 0)
  const links: LinkWithMeters[] = []
  const movers = new Set<() => void>()

  const same = async ({ link, sink }: Desk): Promise<void> => {
    await until('the book of the bridge', () => {
      if (link.status().phase !== 'live' || !sink.settled()) return false
      const [ours, theirs] = [sink.seqs(), bridge.seqs()]
      if (JSON.stringify(ours) !== JSON.stringify(theirs)) return false
      return JSON.stringify(sink.hashes()) === JSON.stringify(bridge.hashes())
    }).catch((error: unknown) => {
      const facts = {
        status: link.status(),
        sink: sink.seqs(),
        bridge: bridge.seqs(),
        ignored: link.ignored(),
      }
      throw new Error(`${String(error)}: ${JSON.stringify(facts)}`, { cause: error })
    })
  }

  return {
    get source() {
      return source
    },
    bridge: () => bridge,
    desk: ({ settings, sink: sinkOptions, credentials = { token: TOKEN }, url = bridge.url } = {}) => {
      const sink = createTableSink(sinkOptions)
      // The book's worker gets each frame by transfer, which only a frame that owns its buffer survives.
      const transferring = {
        ...sink,
        accept: (header: FrameHeader, frame: Uint8Array<ArrayBuffer>): void =>
          sink.accept(header, structuredClone(frame, { transfer: [frame.buffer] })),
      }
      let ids = 0
      const link = createLink({
        url,
        credentials,
        sink: transferring,
        clock: systemClock,
        timers: systemTimers,
        random: seededRandom(11 + links.length),
        newId: () => `connection-${++ids}`,
        log: silentLog,
        client: { name: 'test', version: '1' },
        settings: { ...quick, ...settings },
      })
      links.push(link)
      link.start()
      return { link, sink }
    },
    same,
    restartBridge: async ({ sameServer = false, awayMs = 0 } = {}) => {
      const { port } = bridge
      await bridge.close()
      await wait(awayMs)
      if (!sameServer) source = createTestSource({ ...world, seed: (world.seed ?? 1) + 1 })
      bridge = await open(source, port)
    },
    move: () => {
      const timer = setInterval(() => {
        source.transact(3)
        source.tick(20)
      }, 5)
      const stop = (): void => {
        clearInterval(timer)
        movers.delete(stop)
      }
      movers.add(stop)
      return stop
    },
    close: async () => {
      for (const stop of movers) stop()
      for (const link of links) await link.close()
      await bridge.close()
    },
  }
}
