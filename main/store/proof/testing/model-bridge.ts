import type { Random } from '../../../../shared/runtime/ports.ts'
import type { Seen, Sent } from '../../outbox/sender.ts'

/** What the desk's process asks of the server, which lives in another and outlives it. */
export type ToBridge =
  | { kind: 'send'; n: number; id: string; key: string; lane: string; memory: string }
  | { kind: 'look'; n: number; key: string }
export type FromBridge =
  | { kind: 'memory'; name: string }
  | { kind: 'sent'; n: number; sent: Sent }
  | { kind: 'seen'; n: number; seen: Seen }

/** How the server takes a command. A number in the key decides. */
export type Fate = 'done' | 'refused' | 'again' | 'unsure-done' | 'unsure-not'
const fates: readonly Fate[] = [
  'done',
  'done',
  'done',
  'done',
  'refused',
  'again',
  'unsure-done',
  'unsure-not',
]
export const fateOf = (key: string): Fate => fates[Number(key.split('-')[1]) % fates.length] as Fate

type Answered = Extract<Sent, { kind: 'answered' }>
const answers: Readonly<Record<Fate, Answered>> = {
  done: { kind: 'answered', verdict: 'done', reason: '', answer: {} },
  'unsure-done': { kind: 'answered', verdict: 'unsure', reason: 'on the way', answer: null },
  'unsure-not': { kind: 'answered', verdict: 'unsure', reason: 'on the way', answer: null },
  refused: { kind: 'answered', verdict: 'refused', reason: 'disabled', answer: null },
  again: { kind: 'answered', verdict: 'again', reason: 'busy', answer: null },
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * A bridge that answers a request id as it did before while it runs, in front of a server that executes whatever
 * reaches it. Executing takes a moment in which the desk may die. Test support.
 */
export const createModelBridge = (random: Random) => {
  const executed: { key: string; lane: string }[] = []
  const triedAgain = new Set<string>()
  let name = 'bridge-1'
  let restarts = 0
  let known = new Map<string, Promise<Answered>>()
  const underWay = new Map<string, Promise<unknown>>()

  const execute = async (key: string, lane: string): Promise<Answered> => {
    await pause(random() * 12)
    const fate = fateOf(key)
    if (fate === 'again' && triedAgain.has(key)) {
      executed.push({ key, lane })
      return answers.done
    }
    triedAgain.add(key)
    if (fate === 'done' || fate === 'unsure-done') executed.push({ key, lane })
    return answers[fate]
  }
  const send = async (asked: Extract<ToBridge, { kind: 'send' }>): Promise<Sent> => {
    if (asked.memory !== name) return { kind: 'offline', reason: 'another bridge' }
    const before = known.get(asked.id)
    const answer = before ?? execute(asked.key, asked.lane)
    known.set(asked.id, answer)
    underWay.set(asked.key, answer)
    const given = await answer
    await pause(random() * 8)
    return random() < 0.1 ? { kind: 'lost', reason: 'the answer was lost' } : given
  }
  const look = async (key: string): Promise<Seen> => {
    await underWay.get(key)
    await pause(random() * 5)
    return executed.some((each) => each.key === key) ? { kind: 'found', answer: {} } : { kind: 'absent' }
  }
  return {
    executed,
    name: () => name,
    /** Forgets every id. What reached the server is executed all the same. */
    restart: (): void => {
      name = `bridge-${++restarts + 1}`
      known = new Map()
    },
    answer: async (asked: ToBridge): Promise<FromBridge> =>
      asked.kind === 'send'
        ? { kind: 'sent', n: asked.n, sent: await send(asked) }
        : { kind: 'seen', n: asked.n, seen: await look(asked.key) },
  }
}
export type ModelBridge = ReturnType<typeof createModelBridge>
