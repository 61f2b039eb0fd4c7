import type { Alert, PlRule } from '../../shared/api/models.ts'
import { type Fired, type FiredSides, sideKey } from './pl-rule.ts'

/** What each rule has fired for and since when each side has been armed. Only what is not at rest takes memory. */
export type RuleState = {
  fired: (ruleId: string) => FiredSides
  fire: (ruleId: string, key: number, fired: Fired) => void
  /** The breach was not raised after all: the side is armed as before. */
  release: (ruleId: string, key: number) => void
  rearm: (ruleId: string, keys: readonly number[], at: number) => void
  /** UTC ms since when the side has been armed; undefined = not known to this run. */
  armedSince: (ruleId: string, key: number) => number | undefined
  /** Takes over what a stored alert says: that side has fired, then. */
  learn: (alert: Alert) => void
  /** The rule now measures something else: what fired before says nothing about it. */
  restart: (ruleId: string, at: number) => void
}

type OneRule = { readonly fired: Map<number, Fired>; readonly armed: Map<number, number> }

export const createRuleState = (): RuleState => {
  const rules = new Map<string, OneRule>()
  const of = (ruleId: string): OneRule => {
    const known = rules.get(ruleId)
    if (known) return known
    const fresh = { fired: new Map<number, Fired>(), armed: new Map<number, number>() }
    rules.set(ruleId, fresh)
    return fresh
  }
  const rearm: RuleState['rearm'] = (ruleId, keys, at) => {
    const { fired, armed } = of(ruleId)
    for (const key of keys) if (fired.delete(key)) armed.set(key, at)
  }
  return {
    fired: (ruleId) => of(ruleId).fired,
    fire: (ruleId, key, fired) => {
      of(ruleId).fired.set(key, fired)
    },
    release: (ruleId, key) => {
      of(ruleId).fired.delete(key)
    },
    rearm,
    armedSince: (ruleId, key) => of(ruleId).armed.get(key),
    learn: (alert) => {
      const { fired } = of(alert.ruleId)
      const key = sideKey(alert.login, alert.side)
      const at = alert.figures.at
      if ((fired.get(key)?.at ?? Number.NEGATIVE_INFINITY) < at)
        fired.set(key, { at, limitKind: alert.limitKind })
    },
    restart: (ruleId, at) => rearm(ruleId, [...of(ruleId).fired.keys()], at),
  }
}

/**
 * Since when a side has been armed that this run knows nothing of: since its last stored alert was closed (or, still
 * open, was raised), 0 when there is none. Keeps ids deterministic over restarts without ever meeting an old one.
 */
export const armedSinceStored = (
  stored: readonly Alert[],
  rule: Pick<PlRule, 'id'>,
  side: Alert['side'],
): number => {
  let since = 0
  for (const alert of stored)
    if (alert.ruleId === rule.id && alert.side === side)
      since = Math.max(since, alert.closedAt ?? alert.raisedAt)
  return since
}
