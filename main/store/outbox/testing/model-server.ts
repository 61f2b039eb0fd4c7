import type { Verdict } from '../../../../shared/bridge/verdict.ts'
import type { Random } from '../../../../shared/runtime/ports.ts'
import { requestIdOf, type Seen, type Sender, type Sent } from '../sender.ts'
import type { Entry } from '../types.ts'
import type { VirtualTime } from './virtual-time.ts'

/** How the server takes a command: what it answers, and whether it is executed. */
export type Fate = 'done' | 'refused' | 'again' | 'unsure-done' | 'unsure-not' | 'accepted' | 'nobody-knows'

export type Faults = {
  /** Chance that a message, or an answer, is lost; that it comes twice; that looking brings nothing. */
  lose: number
  twice: number
  unclear: number
}

type Answer = { verdict: Verdict; reason: string }
type Bridge = { name: string; alive: boolean; answers: Map<string, { at: number; answer: Promise<Answer> }> }

const TRAVEL_MS = 800
const EXECUTE_MS = 1500
/** Longer than a message and its execution can take. */
const SETTLE_MS = 5000
const REMEMBERS_MS = 60_000
const TIMEOUT_MS = 20_000

/**
 * A bridge that knows the ids it answered until it is restarted or they are old, before a server whose record of what
 * was executed lasts. Test support.
 */
export const createModelServer = (
  time: VirtualTime,
  random: Random,
  fateOf: (key: string) => Fate,
  faults: Faults,
) => {
  const executed: { key: string; lane: string; seq: number }[] = []
  const agains = new Map<string, number>()
  const waiting = new Set<(sent: Sent) => void>()
  const listeners = new Set<() => void>()
  let bridges = 1
  let bridge: Bridge = { name: 'bridge-1', alive: true, answers: new Map() }
  let up = true

  const record = ({ key, lane, seq }: Entry): void => void executed.push({ key, lane, seq })
  const delay = (most: number): number => Math.floor(random() * most)

  const execute = (entry: Entry): Answer => {
    const fate = fateOf(entry.key)
    const seen = agains.get(entry.key) ?? 0
    if (fate === 'again' && seen < 3) {
      agains.set(entry.key, seen + 1)
      return { verdict: 'again', reason: 'busy' }
    }
    if (fate === 'refused') return { verdict: 'refused', reason: 'The account is disabled' }
    if (fate === 'accepted') {
      time.after(delay(EXECUTE_MS), () => record(entry))
      return { verdict: 'accepted', reason: 'taken' }
    }
    if (fate !== 'unsure-not') record(entry)
    return fate === 'unsure-done' || fate === 'unsure-not'
      ? { verdict: 'unsure', reason: 'It failed on the way' }
      : { verdict: 'done', reason: '' }
  }

  /** The server executes what its bridge handed over even when that bridge has died meanwhile, or it does not. */
  const run = (at: Bridge, entry: Entry): Promise<Answer> => {
    const { promise, resolve } = Promise.withResolvers<Answer>()
    const alone = random() < 0.5
    time.after(delay(EXECUTE_MS), () => {
      if (at.alive || alone) resolve(execute(entry))
    })
    return promise
  }

  const deliver = (at: Bridge, entry: Entry): Promise<Answer> | null => {
    if (!at.alive) return null
    for (const [id, { at: since }] of at.answers)
      if (time.clock.now() - since > REMEMBERS_MS && random() < 0.8) at.answers.delete(id)
    const id = requestIdOf(entry)
    const known = at.answers.get(id)
    if (known) return known.answer
    const answer = run(at, entry)
    at.answers.set(id, { at: time.clock.now(), answer })
    return answer
  }

  const answerBack = async (given: Promise<Answer> | null, end: (sent: Sent) => void): Promise<void> => {
    const answer = await given
    if (!answer || random() < faults.lose) return
    const sent: Sent = { kind: 'answered', ...answer, answer: { code: answer.verdict } }
    time.after(delay(TRAVEL_MS), () => end(sent))
  }

  const send = (entry: Entry): Promise<Sent> => {
    if (!up || entry.memory !== bridge.name)
      return Promise.resolve({ kind: 'offline', reason: 'no connection' })
    const at = bridge
    const { promise, resolve } = Promise.withResolvers<Sent>()
    waiting.add(resolve)
    const end = (sent: Sent): void => {
      if (waiting.delete(resolve)) resolve(sent)
    }
    time.after(TIMEOUT_MS, () => end({ kind: 'lost', reason: 'no answer in time' }))
    const copies = random() < faults.twice ? 2 : 1
    for (let copy = 0; copy < copies; copy++) {
      if (random() < faults.lose) continue
      time.after(delay(TRAVEL_MS), () => void answerBack(deliver(at, entry), end))
    }
    return promise
  }

  const look = (entry: Entry): Promise<Seen> => {
    const { promise, resolve } = Promise.withResolvers<Seen>()
    time.after(SETTLE_MS + delay(TRAVEL_MS), () => {
      const found = executed.some(({ key }) => key === entry.key)
      if (!up || random() < faults.unclear) resolve({ kind: 'unclear', reason: 'no connection' })
      else if (fateOf(entry.key) === 'nobody-knows') resolve({ kind: 'impossible', reason: 'Look yourself' })
      else if (found) resolve({ kind: 'found', answer: { order: 1 } })
      else if (fateOf(entry.key) === 'accepted' && entry.doubted)
        resolve({ kind: 'unclear', reason: 'not yet' })
      else resolve({ kind: 'absent' })
    })
    return promise
  }

  const cut = (): void => {
    up = false
    for (const end of waiting) {
      waiting.delete(end)
      end({ kind: 'lost', reason: 'the connection was cut' })
    }
  }
  const sender: Sender = {
    ready: () => up,
    onChange: (fn) => {
      listeners.add(fn)
      return () => listeners.delete(fn)
    },
    memory: () => bridge.name,
    remembersMs: REMEMBERS_MS / 2,
    send,
    look,
  }
  return {
    sender,
    executed,
    cut,
    connect: (): void => {
      if (up) return
      up = true
      for (const fn of listeners) fn()
    },
    restart: (): void => {
      cut()
      bridge.alive = false
      bridge = { name: `bridge-${++bridges}`, alive: true, answers: new Map() }
    },
  }
}
