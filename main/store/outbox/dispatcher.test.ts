import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OutgoingCommand } from '../../../shared/outbox/outgoing.ts'
import { outboxStates } from '../../../shared/outbox/rows.ts'
import { createModelDesk } from './testing/model-desk.ts'
import { createModelServer, type Fate } from './testing/model-server.ts'
import { createVirtualTime, seeded } from './testing/virtual-time.ts'
import type { Entry, Move } from './types.ts'

const fates: Fate[] = [
  'done',
  'done',
  'done',
  'refused',
  'again',
  'unsure-done',
  'unsure-not',
  'accepted',
  'nobody-knows',
]
const MOMENTS = 120
const LANES = 4

const commandOf = (number: number, lane: number, notAfter?: number): OutgoingCommand => ({
  key: `command-${number}`,
  channel: 'mt4',
  lane: `account:${lane}`,
  command: { type: 'balance:deposit', login: lane, amount: number, comment: '' },
  by: 'ann',
  at: 0,
  ...(notAfter === undefined ? {} : { notAfter }),
})

/** A history of commands, faults, kills and people out of one seed. Answers what the server and the table say in the end. */
const live = async (seed: number) => {
  const random = seeded(seed)
  const time = createVirtualTime()
  const pick = (n: number): number => Math.floor(random() * n)
  const fateByKey = new Map<string, Fate>()
  const fateOf = (key: string): Fate => {
    const known = fateByKey.get(key) ?? fates[pick(fates.length)] ?? 'done'
    fateByKey.set(key, known)
    return known
  }
  const faults = { lose: random() * 0.4, twice: random() * 0.4, unclear: random() * 0.3 }
  let fails = random() * 0.1
  const server = createModelServer(time, random, fateOf, faults)
  const db = new DatabaseSync(':memory:')
  let desk = createModelDesk(db, time, random, server.sender, () => fails)
  const start = (): void => {
    const mine = desk
    mine.dispatcher.start().catch(() => {
      if (desk === mine) time.after(500, start)
    })
  }
  start()
  const written: OutgoingCommand[] = []
  const retried = new Set<string>()

  const insert = (): void => {
    const again = written.length > 0 && random() < 0.2
    const late = random() < 0.15 ? time.clock.now() + pick(30_000) : undefined
    const command = again
      ? (written[pick(written.length)] as OutgoingCommand)
      : commandOf(written.length, pick(LANES), late)
    if (!again) written.push(command)
    desk.table.insert([command], 'payments', command.key)
    if (random() < 0.8) desk.dispatcher.written([command.lane])
  }
  const entries = (): Entry[] => desk.table.page(outboxStates, 100_000)
  const decide = (entry: Entry): void => {
    const at = time.clock.now()
    const truth = server.executed.some(({ key }) => key === entry.key)
    const what: Move =
      entry.state === 'pending'
        ? { do: 'cancel', at, by: 'bob' }
        : entry.state === 'failed' && random() < 0.5
          ? { do: 'retry', at, by: 'bob' }
          : entry.state === 'failed'
            ? { do: 'release', at, by: 'bob' }
            : { do: 'settle', at, by: 'bob', executed: truth }
    if (what.do === 'retry') retried.add(entry.key)
    desk.dispatcher.act(entry.key, what).catch(() => {})
  }
  const somebody = (): void => {
    const all = entries().filter(({ state, hold }) => hold || state === 'pending')
    const entry = all[pick(all.length)]
    if (entry && (entry.hold || random() < 0.2)) decide(entry)
  }
  const restart = (): void => {
    desk.kill()
    desk = createModelDesk(db, time, random, server.sender, () => fails)
    start()
  }
  const events: [number, () => void][] = [
    [0.4, insert],
    [0.55, somebody],
    [0.65, server.cut],
    [0.85, server.connect],
    [0.9, server.restart],
    [0.95, restart],
    [0.975, () => desk.dispatcher.pause('mt4', 'ann')],
    [1, () => desk.dispatcher.pause('mt4', null)],
  ]
  for (let moment = 0, at = 0; moment < MOMENTS; moment++) {
    at += pick(4000)
    time.after(at, () => {
      const dice = random()
      events.find(([below]) => dice < below)?.[1]()
    })
  }
  // In the end all is well: no faults, and somebody decides about everything that needs a person.
  let calm = false
  time.after(MOMENTS * 4000, () => {
    Object.assign(faults, { lose: 0, twice: 0, unclear: 0 })
    fails = 0
    server.connect()
    desk.dispatcher.pause('mt4', null)
    calm = true
  })
  const tidy = (): void => {
    for (const entry of entries()) if (calm && entry.hold && entry.rev >= 0) decide(entry)
    time.after(60_000, tidy)
  }
  time.after(MOMENTS * 4000, tidy)

  let steps = 0
  while (await time.step()) {
    steps++
    if (calm && steps % 20 === 0 && desk.table.counts().waiting === 0) break
    if (steps > 40_000) break
  }
  desk.kill()
  return { entries: entries(), executed: server.executed, written, retried, fateOf }
}

describe('whatever happens on the way', () => {
  it('each command is executed once or not at all, as its state says, in the order of its lane, and none is stuck', async () => {
    let sent = 0
    let doubted = 0
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const { entries, executed, written, retried, fateOf } = await live(seed)
        const open = entries.filter(({ state }) => !['confirmed', 'failed', 'cancelled'].includes(state))
        expect(open).toEqual([])
        expect(entries.length).toBeGreaterThanOrEqual(written.length)
        const times = Map.groupBy(executed, ({ key }) => key)
        for (const { key, state } of entries)
          expect([key, fateOf(key), times.get(key)?.length ?? 0]).toEqual([
            key,
            fateOf(key),
            state === 'confirmed' ? 1 : 0,
          ])
        for (let lane = 0; lane < LANES; lane++) {
          const seqs = executed
            .filter(
              (one) => one.lane === `account:${lane}` && !one.key.includes('~') && !retried.has(one.key),
            )
            .map(({ seq }) => seq)
          expect(seqs).toEqual(seqs.toSorted((a, b) => a - b))
        }
        sent += executed.length
        doubted += entries.filter(({ attempts }) => attempts > 1).length
      }),
      { numRuns: Number(process.env['OUTBOX_RUNS'] ?? 60), examples: [[-1322444121], [-1577306031]] },
    )
    // The histories were worth something.
    expect(sent).toBeGreaterThan(500)
    expect(doubted).toBeGreaterThan(100)
  })
})
