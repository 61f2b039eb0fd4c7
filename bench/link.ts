import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { WebSocket, WebSocketServer } from 'ws'
import { createBridge } from '../bridge/create-bridge.ts'
import { createTestSource } from '../bridge/hub/test-source.ts'
import { createLink } from '../main/link/create-link.ts'
import type { FrameSink } from '../shared/runtime/frame-sink.ts'
import { silentLog, systemClock, systemTimers } from '../shared/runtime/ports.ts'
import { FrameType, HEADER_BYTES } from '../shared/wire/header.ts'
import { median, report } from './report.ts'

/**
 * Bridge → link over loopback, both in this process, against the bare `ws` library carrying as many bytes in frames
 * of the same size: what the protocol (numbers, checks, acknowledgements, encoding from records) costs on top.
 */

const POSITIONS = 200_000
const TICKS = 500_000
const TOKEN = 'token-of-the-benchmark'
const ROUNDS = 3

/** Applies nothing and says so at once. */
const createNullSink = () => {
  let applied: Parameters<FrameSink['onApplied']>[0] = () => {}
  const seen = { frames: 0, bytes: 0, ticks: 0, largest: 0 }
  let inSnapshot = false
  const sink: FrameSink = {
    accept: (header, frame) => {
      seen.frames += 1
      seen.bytes += frame.byteLength
      seen.largest = Math.max(seen.largest, frame.byteLength)
      if (header.type === FrameType.TICKS || header.type === FrameType.QUOTES)
        seen.ticks = header.first + header.rows
      if (header.type === FrameType.SNAPSHOT_BEGIN) inSnapshot = true
      if (header.type === FrameType.SNAPSHOT_END) inSnapshot = false
      queueMicrotask(() => applied({ scope: header.scope, n: header.n, settled: !inSnapshot }))
    },
    onApplied: (fn) => {
      applied = fn
    },
    onRefused: () => {},
    onMismatch: () => {},
  }
  return { sink, seen }
}

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await wait(1)
}

/** ms that bare `ws` needs to carry `frames` binary messages of `size` bytes to a reader that touches the header. */
const bareWs = async (frames: number, size: number): Promise<number> => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
  await once(server, 'listening')
  const address = server.address() as { port: number }
  const client = new WebSocket(`ws://127.0.0.1:${address.port}`, { perMessageDeflate: false })
  const [peer] = (await once(server, 'connection')) as [WebSocket]
  await until(() => client.readyState === WebSocket.OPEN)
  let got = 0
  client.on('message', (data: Buffer) => {
    if (data.byteLength >= HEADER_BYTES) got += 1
  })
  const body = new Uint8Array(size)
  const start = performance.now()
  for (let i = 0; i < frames; i++) peer.send(body)
  await until(() => got === frames)
  const ms = performance.now() - start
  client.terminate()
  server.close()
  return ms
}

const round = async () => {
  const source = createTestSource({ accounts: 20_000, trades: POSITIONS })
  const bridge = await createBridge({ source, port: 0, tokens: [TOKEN], credentials: [], log: silentLog })
  const { sink, seen } = createNullSink()
  const link = createLink({
    url: bridge.url,
    credentials: { token: TOKEN },
    sink,
    clock: systemClock,
    timers: systemTimers,
    random: Math.random,
    newId: () => crypto.randomUUID(),
    log: silentLog,
    client: { name: 'bench', version: '0' },
  })
  const start = performance.now()
  link.start()
  await until(() => link.status().phase === 'live')
  const snapshotMs = performance.now() - start
  const snapshot = { frames: seen.frames, bytes: seen.bytes }
  const before = seen.ticks
  const first = { frames: seen.frames, bytes: seen.bytes }
  const ticksStart = performance.now()
  for (let sent = 0; sent < TICKS; sent += 1000) {
    source.tick(1000)
    await wait(0)
  }
  await until(() => seen.ticks - before >= TICKS)
  const ticksMs = performance.now() - ticksStart
  const ticks = { frames: seen.frames - first.frames, bytes: seen.bytes - first.bytes }
  await link.close()
  await bridge.close()
  const size = (x: { frames: number; bytes: number }) => Math.ceil(x.bytes / x.frames)
  return {
    snapshotMs,
    snapshotWs: await bareWs(snapshot.frames, size(snapshot)),
    ticksMs,
    ticksWs: await bareWs(ticks.frames, size(ticks)),
    mb: snapshot.bytes / 1e6,
  }
}

const rounds: Awaited<ReturnType<typeof round>>[] = []
for (let i = 0; i < ROUNDS; i++) rounds.push(await round())
const of = (pick: (r: (typeof rounds)[number]) => number): number => median(rounds.map(pick))
report(
  'link.snapshot_200k_positions',
  of((r) => r.snapshotMs),
  'ms',
  { name: 'ws', value: of((r) => r.snapshotWs) },
)
report(
  'link.snapshot_size',
  of((r) => r.mb),
  'MB',
)
report('link.ticks', TICKS / (of((r) => r.ticksMs) / 1000), 'ticks/s', {
  name: 'ws',
  value: TICKS / (of((r) => r.ticksWs) / 1000),
})
process.exit(0)
