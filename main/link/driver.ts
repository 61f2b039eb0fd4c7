import type { LinkStatus } from '../../shared/api/models.ts'
import type { Clock, Log, Random, Timers } from '../../shared/runtime/ports.ts'
import type { Effect, LinkEvent } from './events.ts'
import { reduce } from './machine.ts'
import type { LinkSettings } from './settings.ts'
import { initialState, type LinkState, nextDeadline, phaseOf } from './state.ts'

export type DriverOptions = {
  clock: Clock
  timers: Timers
  random: Random
  log: Log
  settings: LinkSettings
  perform: (effect: Effect) => void
  changed: (phase: LinkStatus['phase']) => void
}

export type Driver = {
  state: () => LinkState
  tell: (event: LinkEvent) => void
  /** As `tell`, but heard only while this connection, or this follow, is the current one. */
  forConnection: (connection: number) => (event: LinkEvent) => void
  forFollow: (follow: number) => (event: LinkEvent) => void
  close: () => void
}

/** Longest wait of a timer; the machine is asked again afterwards. */
const MAX_TIMER_MS = 60_000

/** Runs the machine: events in their order, effects after each, one timer for the next deadline. */
export const createDriver = (options: DriverOptions): Driver => {
  const { clock, timers, random, log, settings, perform, changed } = options
  let state = initialState
  let closed = false
  let running = false
  let timer: unknown
  let planned = Infinity
  /** When the last event came; less than that now means that our clock was set back. */
  let seen = 0
  const queue: { event: LinkEvent; current: () => boolean }[] = []

  const plan = (): void => {
    const now = clock.now()
    const due = Math.min(nextDeadline(state, settings), now + MAX_TIMER_MS)
    const wanted = state.step.at === 'idle' || closed ? Infinity : due
    // A deadline that moved back is found out when the timer fires: silence and stall move with every frame.
    if (timer !== undefined && planned <= wanted && wanted !== Infinity) return
    if (timer !== undefined) timers.clearTimeout(timer)
    timer = undefined
    // Lateness is that of the timer: a deadline that was past already when it was set does not make it late.
    planned = Math.max(wanted, now)
    if (wanted === Infinity) return
    timer = timers.setTimeout(
      () => {
        timer = undefined
        tell({ type: 'time', late: clock.now() - planned })
      },
      Math.max(0, Math.ceil(wanted - now)),
    )
  }

  const step = (event: LinkEvent): void => {
    const before = phaseOf(state)
    const [next, effects] = reduce(state, event, { now: clock.now(), roll: random(), settings })
    const { at } = state.step
    state = next
    if (at !== next.step.at || before !== phaseOf(next))
      log.info({ from: at, to: next.step.at, phase: phaseOf(next), event: event.type }, 'link')
    for (const effect of effects) perform(effect)
  }

  const run = (): void => {
    if (running) return
    running = true
    try {
      const now = clock.now()
      if (now < seen - settings.lateMs) step({ type: 'time', late: now - seen })
      seen = now
      for (let next = queue.shift(); next; next = queue.shift()) if (next.current()) step(next.event)
    } finally {
      running = false
    }
    plan()
    changed(phaseOf(state))
  }

  const push = (event: LinkEvent, current: () => boolean): void => {
    if (closed) return
    queue.push({ event, current })
    run()
  }

  const tell = (event: LinkEvent): void => push(event, () => true)

  return {
    state: () => state,
    tell,
    forConnection: (connection) => (event) => push(event, () => state.connection === connection),
    forFollow: (follow) => (event) => push(event, () => state.follow === follow),
    close: () => {
      closed = true
      if (timer !== undefined) timers.clearTimeout(timer)
      timer = undefined
    },
  }
}
