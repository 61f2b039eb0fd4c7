import type { Random } from '../../shared/runtime/ports.ts'
import type { Chance, FaultName, FaultPlan, FaultSwitches } from './types.ts'

export type FaultControl = {
  readonly switches: FaultSwitches
  /** Any fault on: read once a frame, nothing else happens while it is false. */
  readonly active: () => boolean
  readonly plan: () => FaultPlan
  /** Throws the dice for one fault and counts a hit. */
  readonly strikes: (name: 'drop' | 'duplicate' | 'reorder' | 'truncate' | 'corrupt') => boolean
  readonly strikesAnswer: (name: 'drop' | 'corrupt') => boolean
  readonly count: (name: FaultName) => void
  readonly random: Random
}

export type FaultActions = {
  readonly disconnect: (who: 'all' | 'one') => number
  readonly restart: () => void
}

const noCounts = (): Record<FaultName, number> => ({
  drop: 0,
  duplicate: 0,
  reorder: 0,
  truncate: 0,
  corrupt: 0,
  delay: 0,
  mute: 0,
})

/** `next: k` counts down on a copy of its own, so a plan object may be used again. */
const dice = (chance: Chance | undefined, random: Random): (() => boolean) => {
  if (chance === undefined) return () => false
  if (typeof chance === 'number') return () => random() < chance
  let left = chance.next
  return () => left > 0 && left-- > 0
}

/** Faults of one bridge; the dice are seeded, so a run can be repeated. */
export const createFaults = (
  random: Random,
  actions: FaultActions,
  initial: FaultPlan = {},
): FaultControl => {
  const counts = noCounts()
  let plan: FaultPlan = {}
  let active = false

  const throwers = (given: FaultPlan) => ({
    drop: dice(given.drop, random),
    duplicate: dice(given.duplicate, random),
    reorder: dice(given.reorder, random),
    truncate: dice(given.truncate, random),
    corrupt: dice(given.corrupt, random),
  })
  const answerThrowers = (given: FaultPlan) => ({
    drop: dice(given.answers?.drop, random),
    corrupt: dice(given.answers?.corrupt, random),
  })
  let frames = throwers(plan)
  let answers = answerThrowers(plan)

  const set = (given: FaultPlan): void => {
    plan = given
    frames = throwers(given)
    answers = answerThrowers(given)
    active = Object.keys(given).length > 0
  }
  set(initial)

  const counted = (name: FaultName, hit: boolean): boolean => {
    if (hit) counts[name]++
    return hit
  }

  return {
    switches: {
      set,
      clear: () => set({}),
      disconnect: actions.disconnect,
      restart: actions.restart,
      counts: () => ({ ...counts }),
    },
    active: () => active,
    plan: () => plan,
    strikes: (name) => counted(name, frames[name]()),
    strikesAnswer: (name) => counted(name, answers[name]()),
    count: (name) => {
      counts[name]++
    },
    random,
  }
}
