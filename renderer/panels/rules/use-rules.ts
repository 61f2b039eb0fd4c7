import { useContext, useEffect } from 'react'
import { useDesk } from '../../data/desk-context.ts'
import { useLinkFact } from '../../data/link-store.ts'
import { PanelVisibleContext } from '../../data/panel-visible.ts'
import { useSecond } from '../../data/use-second.ts'
import type { PanelStatus } from '../../data/view-status.ts'
import { readRules } from './rules-actions.ts'
import { useRulesFact } from './rules-store.ts'

/** Rules change seldom and have no stream: while the panel is on screen they are asked for this often. */
const READ_EVERY_MS = 10_000
/** Older than this, somebody else's change may be missing. */
const STALE_AFTER_MS = 35_000

type RulesFacts = {
  readonly status: PanelStatus
  readonly error: string | null
  readonly age: number | null
  readonly retry: () => void
}

/** Keeps the list of rules current while its panel is on screen. */
export const useRules = (): RulesFacts => {
  const { client } = useDesk()
  const visible = useContext(PanelVisibleContext)
  const reached = useLinkFact((link) => link.window.phase === 'open')
  const loaded = useRulesFact((book) => book.rules !== null)
  const error = useRulesFact((book) => book.error)
  const readAt = useRulesFact((book) => book.readAt)
  const now = useSecond()

  useEffect(() => {
    if (!visible || !reached) return
    void readRules(client.api)
    const timer = setInterval(() => void readRules(client.api), READ_EVERY_MS)
    return () => clearInterval(timer)
  }, [client, visible, reached])

  const age = loaded ? Math.max(0, now - readAt) : null
  const live = age !== null && age <= STALE_AFTER_MS ? 'live' : 'stale'
  const status = loaded ? (reached ? live : 'offline') : error ? 'error' : reached ? 'loading' : 'offline'
  return { status, error, age, retry: () => void readRules(client.api) }
}
