import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../bridge/hub/seeded-random.ts'
import { linkStatusSchema } from '../../shared/api/models.ts'
import { Event } from '../../shared/bridge/protocol.ts'
import { ChangeKind } from '../../shared/bridge/streams.ts'
import { blankRow, createFakeWorld, type Draft } from './fake-world.ts'
import { linkFixture } from './link-fixture.ts'
import { bent, mutated, randomValue } from './mutations.ts'

const ITEMS = Number(process.env['DESKLINE_FUZZ'] ?? 500_000)
const SEED = Number(process.env['DESKLINE_FUZZ_SEED'] ?? 20_260_801)
/** Between two looks at the whole: the book must be the bridge's again. */
const ROUND = 5000
const HEAP_GROWTH = 16 * 1024 * 1024

// Half of the time would go into stacks of errors that nobody reads.
Error.stackTraceLimit = 0
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const heapUsed = (): number => {
  collect()
  collect()
  return process.memoryUsage().heapUsed
}

const quick = {
  answerMs: 20,
  connectMs: 20,
  reconnect: { baseMs: 1, capMs: 4 },
  refollow: { baseMs: 1, capMs: 4 },
  slowRetryMs: 4,
  stallMs: 200,
  ackMs: 5,
  commandAckMs: 50,
  commandMs: 200,
}

const user = (balance: number) =>
  ({
    stream: 'users',
    kind: ChangeKind.UPDATED,
    row: blankRow('users', { login: 1, group: 'demo', name: 'Zoë', balance }),
  }) as const

describe('fuzz', () => {
  it(`${ITEMS} random and mutated frames and messages harm nothing`, { timeout: 600_000 }, async () => {
    const random = seededRandom(SEED)
    const { time, bridge, sink, link, isEqual } = linkFixture({
      settings: quick,
      sink: { schedule: (work) => work() },
    })
    bridge.heard.push = () => 0
    const world = bridge.world()
    // Proper frames of every kind; `next` are the ones a desk would take, though the world never sends them.
    world.transact([user(1)])
    const ahead = createFakeWorld(world.epoch)
    ahead.transact([user(1)])
    const [next] = ahead.transact([user(2)]) as [Draft]
    const nextTick = ahead.tick(1.2, 2)
    const [quotes, checkpoint] = [world.quotes(1.1, 1), world.checkpoint()]
    const snapshot = world.snapshot()
    const drafts = [...snapshot, next, next, next, nextTick, nextTick, quotes, quotes, checkpoint]
    const tampered = new Set<string>([Event.HELLO, Event.SIGN_IN, Event.FOLLOW, Event.BEAT, Event.COMMAND])
    const messages = [Event.STATUS, Event.BYE, Event.STATUS, Event.STATUS, 'desk:nothing']
    const proper: Record<string, unknown> = {
      [Event.STATUS]: { direct: true, pumping: true, dealing: true, detail: '' },
      [Event.BYE]: { code: 0, message: 'bye' },
    }
    const hash = (): string => JSON.stringify(sink.hashes())
    let commands = 0
    let settledCommands = 0
    let unchanged = 0
    let baseline = 0

    const behave = (): void => {
      bridge.tamper = (_, answer) => answer
      for (let i = 0; i < 100 && link.status().phase !== 'live'; i++) {
        time.advanceNow(50)
        bridge.wire().inject(Event.STATUS, proper[Event.STATUS])
      }
      bridge.send(checkpoint)
      time.advanceNow(50)
    }
    const misbehave = (): void => {
      bridge.tamper = (event, answer) =>
        tampered.has(event) && random() < 0.05 ? bent(random, answer) : answer
    }

    const inject = (draft: Draft): void => {
      const wire = bridge.wire()
      const frame = draft(wire.lastFrame + 1, wire.followId)
      const before = { hash: hash(), link: link.status().counters.refused, sink: sink.counts().refused }
      wire.inject(Event.FRAME, mutated(random, frame))
      const refused = link.status().counters.refused > before.link || sink.counts().refused > before.sink
      if (!refused) return
      unchanged++
      if (hash() !== before.hash) throw new Error('a refused frame changed the book')
    }

    const injectFrame = (): void => inject(drafts[Math.floor(random() * drafts.length)] as Draft)

    /** A snapshot that is proper up to some frame, and broken there. */
    const injectSnapshot = (): void => {
      const broken = Math.floor(random() * snapshot.length)
      const wire = bridge.wire()
      for (const draft of snapshot.slice(0, broken))
        wire.inject(Event.FRAME, draft(++wire.lastFrame, wire.followId))
      inject(snapshot[broken] as Draft)
    }

    const injectMessage = (): void => {
      const event = messages[Math.floor(random() * messages.length)] as string
      const value = random() < 0.5 ? randomValue(random) : bent(random, proper[event])
      bridge.wire().inject(event, value, randomValue(random))
    }

    const command = (): void => {
      commands++
      const settled = (): void => {
        settledCommands++
      }
      link
        .command({ type: 'trade:delete', requestId: `request-${commands % 50}`, order: 7 })
        .then(settled, settled)
    }

    const meddle = (): void => {
      const dice = random()
      if (dice < 0.2) link.wake()
      else if (dice < 0.4) link.resync()
      else if (dice < 0.5) link.reconnect()
      else if (dice < 0.7) bridge.wire().cut()
      else if (dice < 0.85) time.jump((random() - 0.5) * 1e7)
      else command()
    }

    link.start()
    behave()
    expect(isEqual()).toBe(true)
    for (let done = 0; done < ITEMS; done++) {
      if (done % ROUND === 0) {
        behave()
        if (link.status().phase !== 'live' || !isEqual())
          throw new Error(`after ${done}: ${JSON.stringify(link.status())}`)
        linkStatusSchema.parse(link.status())
        if (done === Math.floor(ITEMS / 4 / ROUND) * ROUND) baseline = heapUsed()
        misbehave()
        // Lets the outcomes of commands arrive.
        await new Promise(setImmediate)
      }
      const dice = random()
      if (dice < 0.75) injectFrame()
      else if (dice < 0.8) injectSnapshot()
      else if (dice < 0.99) injectMessage()
      else meddle()
      if (random() < 0.3) time.advanceNow(10)
    }
    behave()
    expect(link.status().phase).toBe('live')
    expect(isEqual()).toBe(true)
    expect(heapUsed() - baseline).toBeLessThan(HEAP_GROWTH)
    expect(unchanged).toBeGreaterThan(ITEMS / 4)
    expect(commands).toBeGreaterThan(0)
    await link.close()
    await new Promise(setImmediate)
    expect(settledCommands).toBe(commands)
    time.advanceNow(1000)
    expect(time.waiting()).toBe(0)
  })
})
