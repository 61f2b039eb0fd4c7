import { create } from 'zustand'
import type { DeskStatus } from '../../shared/api/models.ts'
import type { WindowState } from './desk-client.ts'

/** How far the lag sparkline of the connection panel looks back: one value a status, about two a second. */
const LAG_HISTORY = 240

export type LinkView = {
  readonly window: WindowState
  readonly status: DeskStatus | null
  /** UTC ms of the last status, this machine's clock; 0 before the first. */
  readonly heardAt: number
  /** Desk clock minus this machine's, ms. 0 on one machine, up to the transport delay. */
  readonly deskOffset: number
  /** Lag of the newest data, ms, oldest first. */
  readonly lagHistory: readonly number[]
}

const initial: LinkView = {
  window: { phase: 'connecting', detail: '', connection: 0, nextAttempt: 0 },
  status: null,
  heardAt: 0,
  deskOffset: 0,
  lagHistory: [],
}

/** Differences under this are transport delay, not another clock. */
const SAME_CLOCK_MS = 250

/** The link as this window sees it after one more status of the desk. */
export const withStatus = (link: LinkView, status: DeskStatus, now: number): LinkView => {
  const offset = status.utc - now
  const lagHistory = [...link.lagHistory, status.link.lagMs].slice(-LAG_HISTORY)
  return {
    ...link,
    status,
    heardAt: now,
    deskOffset: Math.abs(offset) < SAME_CLOCK_MS ? 0 : offset,
    lagHistory,
  }
}

const useLinkStore = create<LinkView>(() => initial)

export const setWindowState = (window: WindowState): void => useLinkStore.setState({ window })

export const setDeskStatus = (status: DeskStatus, now: number): void =>
  useLinkStore.setState((link) => withStatus(link, status, now))

/** Everything known of the link; renders with every status, about twice a second. */
export const useLink = (): LinkView => useLinkStore()

/** One fact of the link; renders only when it differs. */
export const useLinkFact = <T>(pick: (link: LinkView) => T): T => useLinkStore(pick)
