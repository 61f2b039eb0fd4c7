import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { Log } from '../../shared/runtime/ports.ts'
import { systemTimers } from '../../shared/runtime/ports.ts'
import { createBridge } from '../create-bridge.ts'
import { createFaultDoor } from '../faults/door.ts'
import { createFaults } from '../faults/faults.ts'
import type { Source } from '../source.ts'
import { createCommands } from './commands.ts'
import { createCounters } from './counters.ts'
import { createFrameCache } from './frame-cache.ts'
import { type FuzzMessage, fuzzMessage, fuzzPacket } from './fuzz-messages.ts'
import { createHub } from './hub.ts'
import { defaultLimits } from './limits.ts'
import { below, seededRandom } from './seeded-random.ts'
import { createSession } from './session.ts'
import type { Session } from './session-types.ts'
import { createSignInDoor } from './sign-in.ts'
import { createTestDesk, until } from './test-desk.ts'
import { createTestSource } from './test-source.ts'

const ROUNDS = Number(process.env['DESKLINE_FUZZ'] ?? 500_000)
const SEED = Number(process.env['DESKLINE_FUZZ_SEED'] ?? 1)
const MB = 1024 * 1024

setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc') as () => void
const heap = (): number => {
  gc()
  return process.memoryUsage().heapUsed
}

/** The test source, but commands leave its world alone: whatever gets through, the state must not move. */
const stillSource = (): Source => ({
  ...createTestSource({ accounts: 20, trades: 20 }),
  command: () => Promise.resolve({ code: 1, message: 'done' }),
})

/** Errors are a finding: everything a desk can send has to be dealt with as a refusal. */
const errors: string[] = []
const log: Log = {
  info: () => {},
  warn: () => {},
  error: (facts, message) => errors.push(`${message} ${JSON.stringify(facts)}`),
}

const credentials = [{ login: 1, password: 'demo', name: 'Dealer', groups: '*' }]

/** A bridge without sockets: a hub and the doors of sessions, under a clock of its own. */
const doors = async () => {
  const clock = { time: 1_700_000_000_000, now: () => clock.time }
  const counters = createCounters()
  const limits = { ...defaultLimits, answersCap: 20_000 }
  const source = stillSource()
  const listeners = { moved: () => {}, statusChanged: () => {}, epochChanged: () => {} }
  const random = seededRandom(SEED)
  const ids = () => 'epoch-of-the-test'
  const hub = createHub({ limits, serverTimeOffset: 0, ids, random, log, counters, listeners })
  await source.start(hub.sink)
  const cache = createFrameCache(hub, limits, counters)
  const commands = createCommands({ source, clock, limits, log, counters })
  const signIn = createSignInDoor(credentials, [])
  const faults = createFaults(random, { disconnect: () => 0, restart: () => {} })
  let followId = 0
  const session = (id: number): { session: Session; ended: () => boolean } => {
    let ended = false
    const wire = {
      frame: () => {},
      emit: () => {},
      end: () => {
        ended = true
      },
    }
    const door = createFaultDoor(faults, wire.frame, { clock, timers: systemTimers })
    const made = createSession({
      id: `${id}`,
      address: `${id % 50}`,
      bridgeVersion: '1',
      wire,
      door,
      hub,
      cache,
      commands,
      signIn,
      nextFollowId: () => (followId = (followId % 50) + 1),
      limits,
      clock,
      timers: systemTimers,
      log,
      counters,
    })
    return { session: made, ended: () => ended }
  }
  return { clock, hub, counters, commands, session }
}

const argumentsOf = (random: () => number, { payload }: FuzzMessage, reply: () => void): unknown[] => {
  const dice = random()
  if (dice < 0.7) return [payload, reply]
  if (dice < 0.8) return [payload]
  if (dice < 0.85) return []
  if (dice < 0.9) return [reply]
  if (dice < 0.95) return [payload, payload, reply]
  return [reply, payload]
}

const send = (socket: WebSocket, packet: string | Buffer): Promise<void> =>
  new Promise((resolve) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(packet, () => resolve())
    else resolve()
  })

it(`${ROUNDS.toLocaleString('en')} messages into the doors of sessions`, { timeout: 240_000 }, async () => {
  const { clock, hub, counters, commands, session } = await doors()
  const random = seededRandom(SEED)
  const before = hub.hashes()
  const open = Array.from({ length: 8 }, (_, i) => session(i))
  let made = open.length
  let replies = 0
  const reply = (): void => {
    replies++
  }
  const greet = (s: Session): void => {
    s.receive('desk:hello', [{ protocolMin: 1, protocolMax: 2, client: '', clientVersion: '' }, reply])
    s.receive('desk:sign-in', [{ login: 1, password: 'demo' }, reply])
  }
  let early = 0
  for (let i = 0; i < ROUNDS; i++) {
    const at = below(random, open.length)
    const one = open[at] as (typeof open)[number]
    if (one.ended()) {
      one.session.close()
      const fresh = session(made++)
      open[at] = fresh
      // Two in three go past the greeting, so that the inner doors get their share.
      if (made % 3 > 0) greet(fresh.session)
    }
    const message = fuzzMessage(random, hub.epoch())
    one.session.receive(message.event, argumentsOf(random, message, reply))
    clock.time += below(random, 50)
    if (i % 1000 === 0) {
      for (const { session: s } of open) s.housekeep(clock.time)
      await new Promise((resolve) => setImmediate(resolve))
    }
    if (i === Math.floor(ROUNDS / 5)) early = heap()
  }
  const late = heap()
  for (const { session: s } of open) s.close()

  expect(errors).toEqual([])
  expect(hub.hashes()).toEqual(before)
  expect(counters.messages).toBeGreaterThan(ROUNDS * 0.9)
  expect(counters.refusedMessages).toBeGreaterThan(ROUNDS / 5)
  expect(counters.commands).toBeGreaterThan(ROUNDS / 100)
  expect(counters.snapshots).toBeGreaterThan(ROUNDS / 500)
  expect(counters.resumes).toBeGreaterThan(ROUNDS / 500)
  expect(replies).toBeGreaterThan(ROUNDS / 4)
  expect(commands.stored()).toBeLessThanOrEqual(20_000)
  // The answers kept by promise are the only thing that may grow, and they have a cap: 20,000 of at most 1 KiB.
  expect((late - early) / MB).toBeLessThan(24)
})

it('thousands of damaged packets over real sockets', { timeout: 240_000 }, async () => {
  const bridge = await createBridge({ source: stillSource(), port: 0, credentials, log })
  const random = seededRandom(SEED + 1)
  const before = bridge.hashes()
  const url = `${bridge.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
  const total = Math.max(1000, Math.min(20_000, ROUNDS / 25))
  let sent = 0
  let connections = 0
  const greeting = [
    '420["desk:hello",{"protocolMin":1,"protocolMax":2,"client":"","clientVersion":""}]',
    '421["desk:sign-in",{"login":1,"password":"demo"}]',
    '422["desk:follow",{"window":{"frames":64,"bytes":1000000}}]',
  ]
  while (sent < total) {
    const socket = new WebSocket(url)
    // One in ten does not even join the namespace properly before it talks.
    const joins = random() < 0.9
    socket.on('error', () => {})
    await new Promise((resolve) => {
      socket.once('open', () => {
        if (joins) socket.send('40')
        else resolve(undefined)
      })
      socket.on('message', (data: Buffer) => {
        if (data.toString().startsWith('40')) resolve(undefined)
      })
      socket.once('close', resolve)
    })
    connections++
    // First desks that are signed in; then any, whose wrong passwords close the door for the rest.
    const depth = sent < total / 2 ? greeting.length : below(random, greeting.length + 1)
    for (const packet of greeting.slice(0, depth)) await send(socket, packet)
    for (let i = 0; i < 500 && socket.readyState === WebSocket.OPEN; i++) {
      await send(socket, fuzzPacket(random, bridge.epoch))
      sent++
      if (i % 5 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    // A farewell, not a cut: what was sent shall also be read.
    const closed = new Promise((resolve) => {
      if (socket.readyState === WebSocket.CLOSED) resolve(undefined)
      else socket.once('close', resolve)
    })
    socket.close()
    await closed
  }
  expect(connections).toBeGreaterThan(total / 500 - 1)
  await until('the bridge to let go of them', () => bridge.stats().desks.length === 0)
  expect(errors).toEqual([])
  expect(bridge.hashes()).toEqual(before)
  const { counters } = bridge.stats()
  expect(counters.messages).toBeGreaterThan(total / 4)
  expect(counters.refusedMessages).toBeGreaterThan(total / 10)
  expect(counters.commands).toBeGreaterThan(total / 200)

  const desk = createTestDesk({ url: bridge.url })
  await until('the wait after wrong passwords to pass', () => desk.connected())
  await desk.hello()
  let answer = await desk.signIn({ login: 1, password: 'demo' })
  while (!answer.ok && answer.retryAfterMs > 0) {
    const { retryAfterMs } = answer
    await new Promise((resolve) => setTimeout(resolve, retryAfterMs))
    answer = await desk.signIn({ login: 1, password: 'demo' })
  }
  await desk.follow()
  await until('a live copy', () => desk.live() && desk.checkpoints.length > 0)
  expect(desk.hashes()).toEqual(bridge.hashes())
  desk.close()
  await bridge.close()
})
