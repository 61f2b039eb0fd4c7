import type { OutboxChannel } from '../../../shared/outbox/outgoing.ts'
import type { Clock, Log, Random, Timers } from '../../../shared/runtime/ports.ts'
import { nextStep, type Step } from './next-step.ts'
import type { Seen, Sender, Sent } from './sender.ts'
import type { Entry, Move } from './types.ts'
import { waitMs } from './wait.ts'
import { createWays, isOpen, type Senders, type Way } from './ways.ts'

/** Why a move was refused is told, not thrown: it came through a worker's door. */
export type Applied =
  | { ok: true; changed: Entry[]; head: Entry | null }
  | { ok: false; why: string; entry: Entry | null; head: Entry | null }

/** The table as the dispatcher reaches it. Each call may fail: the disk is full, the worker died. */
export type OutboxCalls = {
  readonly apply: (key: string, what: Move) => Promise<Applied>
  readonly recover: () => Promise<number>
  readonly expire: (at: number) => Promise<{ changed: Entry[]; nextAt: number | null }>
  readonly heads: (after: number, limit: number) => Promise<Entry[]>
  readonly headsOf: (lanes: readonly string[]) => Promise<Entry[]>
  readonly archive: (before: number, limit: number) => Promise<number>
}

export type DispatcherOptions = {
  readonly table: OutboxCalls
  readonly senders: Senders
  readonly clock: Clock
  readonly timers: Timers
  readonly random: Random
  readonly log: Log
  /** Commands under way at once on one channel. */
  readonly atOnce: number
  /** Entries that are different now. */
  readonly changed: (entries: readonly Entry[]) => void
}

export type Dispatcher = {
  /** Takes up what an earlier run left. @throws what the table throws */
  readonly start: () => Promise<void>
  /** Commands were written to these lanes. */
  readonly written: (lanes: readonly string[]) => void
  /** What a person decided about a command. @throws what the table throws */
  readonly act: (key: string, what: Move) => Promise<Applied>
  readonly pause: (channel: OutboxChannel, by: string | null) => void
  readonly ways: ReturnType<typeof createWays>
  /** What is under way is not waited for: the next run asks what came of it. */
  readonly close: () => void
}

type Lane = { readonly head: Entry; readonly looks: number; busy: boolean; timer: unknown }

const PAGE = 1000
const NOT_WRITTEN = 'The store failed while it was sent'
const SWEEP_MS = 300_000
const SOON_MS = 1000
/** Finished commands stay in the list so long; after that only their keys are kept. */
const KEPT_MS = 30 * 86_400_000

/**
 * Sends what the outbox holds: one command of a lane after the other, lanes side by side. A step is written down before
 * it is taken and its outcome when it is known, so that an end at any moment leaves a state from which the next run
 * goes on.
 */
export const createDispatcher = (options: DispatcherOptions): Dispatcher => {
  const { table, clock, timers, random, log, atOnce, changed } = options
  const ways = createWays(options.senders)
  const lanes = new Map<string, Lane>()
  let closed = false
  const isClosed = (): boolean => closed
  let expiryTimer: unknown
  let sweepTimer: unknown

  const wayOf = ({ channel }: Entry): Way => ways.get(channel) as Way
  const pause = (ms: number): Promise<void> => new Promise((resolve) => timers.setTimeout(resolve, ms))

  const stepOf = (head: Entry): Step => {
    const { sender } = wayOf(head)
    return nextStep(head, {
      now: clock.now(),
      memory: sender?.memory() ?? '',
      remembersMs: sender?.remembersMs ?? 0,
    })
  }

  /** The lane's head is this one now; finds out what it waits for. */
  const settle = (name: string, head: Entry | null, looks = 0): void => {
    const known = lanes.get(name)
    if (known) timers.clearTimeout(known.timer)
    for (const way of ways.values()) way.queue.delete(name)
    if (head === null || closed) {
      lanes.delete(name)
      return
    }
    const lane: Lane = { head, looks, busy: false, timer: undefined }
    lanes.set(name, lane)
    const step = stepOf(head)
    if (step.do === 'wait') wake(name, lane, step.ms)
    else if (step.do !== 'rest') {
      wayOf(head).queue.add(name)
      pump(wayOf(head))
    }
  }

  const wake = (name: string, lane: Lane, ms: number): void => {
    lane.timer = timers.setTimeout(
      () => {
        if (lanes.get(name) === lane && !lane.busy) settle(name, { ...lane.head, nextAt: 0 }, lane.looks)
      },
      Math.max(1, ms),
    )
  }

  const pump = (way: Way): void => {
    while (!isClosed() && isOpen(way) && way.inFlight < atOnce) {
      const [name] = way.queue
      if (name === undefined) return
      way.queue.delete(name)
      const lane = lanes.get(name)
      if (!lane || lane.busy) continue
      lane.busy = true
      way.inFlight++
      void run(name, lane.head, way.sender).finally(() => {
        way.inFlight--
        pump(way)
      })
    }
  }

  const run = async (name: string, head: Entry, sender: Sender): Promise<void> => {
    try {
      const next = await take(head, sender)
      const again = next?.state === 'sent' && next.key === head.key
      settle(name, next, again ? looksAt(head) + 1 : 0)
    } catch (error) {
      // Nothing went out that is not written down; the store will be there again.
      log.error({ err: error, lane: name }, 'the outbox could not be written')
      const lane = lanes.get(name)
      if (!lane) return
      lane.busy = false
      wake(name, lane, waitMs(1, random()))
    }
  }

  /** One step of a lane; answers its head afterwards. */
  const take = async (head: Entry, sender: Sender): Promise<Entry | null> => {
    const step = stepOf(head)
    if (step.do === 'expire') return (await apply(head, { do: 'expire', at: clock.now() })).head
    if (step.do === 'lost')
      return (await apply(head, { do: 'lost', at: clock.now(), reason: NOT_WRITTEN, nextAt: 0 })).head
    if (step.do === 'look') return (await record(head, seenMove(head, await sender.look(head)))).head
    if (step.do !== 'send') return head
    const going = await apply(head, { do: 'send', at: clock.now(), memory: step.memory })
    const entry = going.head
    if (!going.ok || entry === null || closed) return entry
    return (await record(entry, sentMove(entry, await sender.send(entry)))).head
  }

  const sentMove = (entry: Entry, sent: Sent): Move => {
    const at = clock.now()
    // A lost connection is waited for by its channel; only what was answered wears out patience.
    if (sent.kind !== 'answered') {
      const nextAt = at + waitMs(1, random())
      return { do: sent.kind === 'lost' ? 'lost' : 'unsent', at, reason: sent.reason, nextAt }
    }
    const { verdict, reason, answer } = sent
    return { do: 'answered', at, verdict, reason, answer, nextAt: at + waitMs(entry.attempts, random()) }
  }

  const seenMove = (entry: Entry, seen: Seen): Move => {
    const at = clock.now()
    if (seen.kind === 'found') return { do: 'found', at, answer: seen.answer }
    if (seen.kind === 'absent') return { do: 'absent', at, reason: 'It was looked for and not executed' }
    if (seen.kind === 'impossible') return { do: 'ask-person', at, reason: seen.reason }
    return { do: 'unclear', at, reason: seen.reason, nextAt: at + waitMs(1 + looksAt(entry), random()) }
  }

  const looksAt = ({ lane }: Entry): number => lanes.get(lane)?.looks ?? 0

  const apply = async ({ key }: Entry, what: Move): Promise<Applied> => {
    const applied = await table.apply(key, what)
    if (applied.ok) changed(applied.changed)
    else if (applied.entry) changed([applied.entry])
    return applied
  }

  /** What happened has happened: it is written however long the disk refuses it. */
  const record = async (entry: Entry, what: Move): Promise<Applied> => {
    for (let tries = 1; ; tries++) {
      try {
        return await apply(entry, what)
      } catch (error) {
        if (closed) throw error
        log.error({ err: error, key: entry.key, tries }, 'the outcome of a command could not be written')
        await pause(waitMs(tries, random()))
        if (closed) throw error
      }
    }
  }

  /** Heads as the table has them; what is under way will hear of its own. */
  const takeUp = (heads: readonly Entry[]): void => {
    for (const head of heads) {
      const lane = lanes.get(head.lane)
      if (lane?.busy || (lane?.head.key === head.key && lane.head.rev === head.rev)) continue
      settle(head.lane, head)
    }
  }

  const written = async (names: readonly string[]): Promise<void> => {
    const fresh = names.filter((name) => !lanes.has(name))
    try {
      if (fresh.length > 0) takeUp(await table.headsOf(fresh))
      await expire()
    } catch (error) {
      log.error({ err: error }, 'the outbox could not be read; it is looked through again')
      planSweep(SOON_MS)
    }
  }

  /** What must not go out any more says so at its time, wherever it stands in its lane. */
  const expire = async (): Promise<void> => {
    const { changed: late, nextAt } = await table.expire(clock.now())
    if (closed) return
    if (late.length > 0) {
      changed(late)
      const idle = (name: string): boolean => lanes.get(name)?.busy !== true
      const names = new Set(late.map(({ lane }) => lane))
      const heads = await table.headsOf([...names].filter(idle))
      for (const { lane } of heads) names.delete(lane)
      for (const name of names) if (idle(name)) settle(name, null)
      takeUp(heads)
    }
    timers.clearTimeout(expiryTimer)
    if (nextAt === null || closed) return
    expiryTimer = timers.setTimeout(
      () => void written([]),
      Math.min(SWEEP_MS, Math.max(1, nextAt + 1 - clock.now())),
    )
  }

  const sweep = async (): Promise<void> => {
    let after = 0
    for (;;) {
      const heads = await table.heads(after, PAGE)
      if (isClosed()) return
      takeUp(heads)
      const last = heads.at(-1)
      if (heads.length < PAGE || !last) break
      after = last.seq
    }
    await expire()
    while (!isClosed() && (await table.archive(clock.now() - KEPT_MS, PAGE)) === PAGE);
  }
  const planSweep = (ms: number): void => {
    timers.clearTimeout(sweepTimer)
    sweepTimer = timers.setTimeout(() => {
      void sweep()
        .catch((error: unknown) => log.error({ err: error }, 'the outbox could not be looked through'))
        .finally(() => {
          if (!closed) planSweep(SWEEP_MS)
        })
    }, ms)
  }

  /** The other end came back, perhaps another one: everything that waits is thought over. */
  const reconsider = (way: Way): void => {
    for (const [name, lane] of lanes)
      if (!lane.busy && wayOf(lane.head) === way && lane.head.state === 'sent')
        settle(name, { ...lane.head, nextAt: 0 })
    pump(way)
  }
  const unsubscribes = [...ways.values()].map((way) => way.sender?.onChange(() => reconsider(way)))

  return {
    start: async () => {
      await table.recover()
      await sweep()
      planSweep(SWEEP_MS)
    },
    written: (names) => void written(names),
    act: async (key, what) => {
      const applied = await table.apply(key, what).catch((error: unknown) => {
        // It may have been written all the same.
        planSweep(SOON_MS)
        throw error
      })
      if (!applied.ok) return applied
      changed(applied.changed)
      const name = applied.changed[0]?.lane
      if (name !== undefined && !lanes.get(name)?.busy) settle(name, applied.head)
      return applied
    },
    pause: (channel, by) => {
      const way = ways.get(channel) as Way
      way.pausedBy = by
      pump(way)
    },
    ways,
    close: () => {
      closed = true
      for (const unsubscribe of unsubscribes) unsubscribe?.()
      for (const lane of lanes.values()) timers.clearTimeout(lane.timer)
      timers.clearTimeout(expiryTimer)
      timers.clearTimeout(sweepTimer)
      lanes.clear()
    },
  }
}
