import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AlertEvent } from '../../shared/api/contract.ts'
import type { Alert, PlRule } from '../../shared/api/models.ts'
import type { Clock, Log } from '../../shared/runtime/ports.ts'
import type { AccountFacts, Marks } from '../book/types.ts'
import type { Store } from '../store/types.ts'
import { alertId, alertOf, type CaughtBreach, catchBreach } from './alert.ts'
import { calledAlert, outcomeAlert, seenAlert } from './alert-life.ts'
import { defaultRules } from './default-rules.ts'
import { AlertNotFound } from './errors.ts'
import { groupKind } from './group-kind.ts'
import { evaluatePlRule, sideKey } from './pl-rule.ts'
import { createRaiseQueue } from './raise-queue.ts'
import { armedSinceStored, createRuleState } from './rule-state.ts'
import type { Risk } from './types.ts'

export type RiskOptions = {
  store: Pick<Store, 'alerts' | 'rules'>
  /** Who an account is; asked once for each alert. */
  account: (login: number) => Promise<AccountFacts | null>
  /** The desk's base currency. */
  base: string
  clock: Clock
  log: Log
  /** Rules of a desk whose store has none yet. */
  defaults?: readonly PlRule[]
  /** Raise for demo and contest groups as well. */
  demoGroups?: boolean
}

const MINUTE = 60_000
const DAY = 1440 * MINUTE
/** The longest `rearmAfterMinutes`: closed alerts of that time still say that a side has fired. */
const LOOK_BACK = 7 * DAY
/** Closed alerts stay on the list this long. */
const LISTED = DAY
/** Breaches waiting at once; more stay armed and are found again in the next marks. */
const MAX_WAITING = 5_000
/** Alerts raised in one turn. */
const CHUNK = 32
/** An account that raises nothing (house group, gone) is not asked about again for so long. */
const MUTED = MINUTE
const MUTED_AFTER_FAILURE = 5_000
const SAVE_AGAIN = 5_000
/** A rule that was changed looks at marks of this age at most. */
const FRESH = MINUTE
const MAX_STORED_LOOK_UP = 200

/**
 * Watches the marks and raises alerts. Evaluation is synchronous and part of the caller's turn; a breach is then
 * looked up, stored and shown without any timer in between. A storm is raised worst first (severity, then size in
 * base currency), 32 a turn, at most 5,000 waiting; what finds no room stays armed and is caught by a later valuation.
 *
 * What has fired is learnt from the stored alerts at start, so that a breach that still stands does not alert again
 * after a restart. A breach that went away and came back while the desk was down counts as one that still stands.
 * An alert that could not be stored is shown all the same and stored as soon as that works again.
 */
export const createRisk = async (options: RiskOptions): Promise<Risk> => {
  const { store, account, base, clock, log } = options
  const stored = await store.rules.list()
  if (stored.length === 0) {
    stored.push(...(options.defaults ?? defaultRules))
    for (const rule of stored) await store.rules.put(rule)
  }
  const rules = new Map(stored.map((rule) => [rule.id, rule]))
  const state = createRuleState()
  const alerts = new Map<string, Alert>()
  for (const alert of await store.alerts.current(clock.now() - LOOK_BACK)) {
    alerts.set(alert.id, alert)
    if (rules.get(alert.ruleId)?.measure === alert.measure) state.learn(alert)
  }

  const queue = createRaiseQueue(MAX_WAITING)
  const watchers = new Set<(event: AlertEvent) => void>()
  const muted = new Map<number, number>()
  const unsaved = new Set<string>()
  let lastMarks: Marks | null = null
  let lastSaveAgain = 0
  let raising: Promise<void> | null = null
  let work: Promise<unknown> = Promise.resolve()
  let closed = false

  const prune = (): void => {
    const since = clock.now() - LISTED
    for (const [id, alert] of alerts) if (alert.closedAt !== null && alert.closedAt < since) alerts.delete(id)
  }
  const tell = (fn: (event: AlertEvent) => void, event: AlertEvent): void => {
    try {
      fn(event)
    } catch (error) {
      log.error({ error }, 'an alert watcher failed')
    }
  }
  const changed = (list: Alert[]): void => {
    for (const alert of list) alerts.set(alert.id, alert)
    if (list.length > 0) for (const fn of watchers) tell(fn, { kind: 'changed', alerts: list })
  }

  const raises = (facts: AccountFacts): boolean => {
    const kind = groupKind(facts.user.group)
    if (kind === 'real') return true
    return (kind === 'demo' || kind === 'contest') && options.demoGroups === true
  }

  /** The alert of a breach, or null when there is none to raise. The store's own copy is never overwritten. */
  const newAlert = async (caught: CaughtBreach): Promise<Alert | null> => {
    const { rule, breach } = caught
    const key = sideKey(breach.login, breach.side)
    const facts = await account(breach.login)
    if (facts === null || !raises(facts)) {
      state.release(rule.id, key)
      muted.set(breach.login, clock.now() + MUTED)
      return null
    }
    const armedSince =
      state.armedSince(rule.id, key) ??
      armedSinceStored(await store.alerts.forLogin(breach.login, MAX_STORED_LOOK_UP), rule, breach.side)
    const id = alertId(rule.id, breach.login, breach.side, armedSince)
    if (alerts.has(id) || (await store.alerts.get(id)) !== null) return null
    return alertOf(caught, armedSince, facts, base, clock.now())
  }

  const raise = async (caught: CaughtBreach): Promise<Alert | null> => {
    const { rule, breach } = caught
    let alert: Alert | null
    try {
      alert = await newAlert(caught)
    } catch (error) {
      state.release(rule.id, sideKey(breach.login, breach.side))
      muted.set(breach.login, clock.now() + MUTED_AFTER_FAILURE)
      log.warn({ error, rule: rule.id, login: breach.login }, 'a breach waits: its account was not answered')
      return null
    }
    if (alert === null) return null
    try {
      await store.alerts.put(alert)
    } catch (error) {
      unsaved.add(alert.id)
      log.error({ error, alert: alert.id }, 'an alert is shown but not stored yet')
    }
    return alert
  }

  const raiseAll = async (): Promise<void> => {
    while (queue.size > 0) {
      const raised = await Promise.all(queue.take(CHUNK).map(raise))
      changed(raised.filter((alert) => alert !== null))
      prune()
      if (queue.size > 0) await nextTurn()
    }
    raising = null
  }

  const saveAgain = async (): Promise<void> => {
    for (const id of unsaved) {
      const alert = alerts.get(id)
      if (alert) await store.alerts.put(alert)
      unsaved.delete(id)
    }
  }

  const inTurn = <T>(fn: () => Promise<T>): Promise<T> => {
    const done = work.then(fn)
    work = done.catch(() => {})
    return done
  }

  const marks = (next: Marks): void => {
    if (closed) return
    lastMarks = next
    const now = clock.now()
    const caught: CaughtBreach[] = []
    for (const rule of rules.values()) {
      const verdict = evaluatePlRule(rule, next, state.fired(rule.id))
      state.rearm(rule.id, verdict.rearmed, next.valuedAt)
      for (const breach of verdict.breaches) {
        if ((muted.get(breach.login) ?? 0) > now) continue
        muted.delete(breach.login)
        caught.push(catchBreach(rule, breach, next))
      }
    }
    if (unsaved.size > 0 && now - lastSaveAgain >= SAVE_AGAIN) {
      lastSaveAgain = now
      inTurn(saveAgain).catch((error: unknown) => log.error({ error }, 'alerts still cannot be stored'))
    }
    if (caught.length === 0) return
    const taken = queue.add(caught)
    for (const { rule, breach } of taken)
      state.fire(rule.id, sideKey(breach.login, breach.side), {
        at: next.valuedAt,
        limitKind: breach.limitKind,
      })
    if (taken.length < caught.length)
      log.warn({ waiting: queue.size, left: caught.length - taken.length }, 'more breaches than can wait')
    raising ??= raiseAll()
  }

  const change = (id: string, step: (alert: Alert) => Alert): Promise<Alert> =>
    inTurn(async () => {
      const alert = alerts.get(id) ?? (await store.alerts.get(id))
      if (!alert) throw new AlertNotFound(id)
      const next = step(alert)
      await store.alerts.put(next)
      unsaved.delete(id)
      changed([next])
      return next
    })

  const settled = async (): Promise<void> => {
    await raising
    await work
  }

  return {
    marks,
    watch: (fn) => {
      prune()
      watchers.add(fn)
      tell(fn, { kind: 'all', alerts: [...alerts.values()].sort((a, b) => b.raisedAt - a.raisedAt) })
      return () => {
        watchers.delete(fn)
      }
    },
    seen: (ids, by) =>
      inTurn(async () => {
        const next: Alert[] = []
        for (const id of new Set(ids)) {
          const alert = alerts.get(id)
          if (alert?.state === 'new') next.push(seenAlert(alert, by, clock.now()))
        }
        await Promise.all(next.map(store.alerts.put))
        for (const alert of next) unsaved.delete(alert.id)
        changed(next)
      }),
    call: (id, number, by) => change(id, (alert) => calledAlert(alert, number, by, clock.now())),
    outcome: (id, given) => change(id, (alert) => outcomeAlert(alert, given, clock.now())),
    rules: () => [...rules.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    saveRule: (rule) =>
      inTurn(async () => {
        await store.rules.put(rule)
        const before = rules.get(rule.id)
        rules.set(rule.id, rule)
        if (before && before.measure !== rule.measure) state.restart(rule.id, clock.now())
        if (lastMarks && clock.now() - lastMarks.valuedAt <= FRESH) marks(lastMarks)
        return rule
      }),
    idle: settled,
    close: async () => {
      closed = true
      watchers.clear()
      // What still waits is found again by the first marks of the next start.
      queue.clear()
      await settled()
    },
  }
}
