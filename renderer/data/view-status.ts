import type { LinkStatus } from '../../shared/api/models.ts'
import type { ViewKind } from '../../shared/api/views.ts'
import type { LinkView } from './link-store.ts'
import type { ViewSnapshot } from './view-store.ts'

/** State of a panel's data. Whether live data are *empty* is the panel's own knowledge (`meta.matched`). */
export type PanelStatus = 'loading' | 'live' | 'stale' | 'offline' | 'error'

/** The desk says its status about twice a second; silence longer than this makes what it sent before stale. */
export const DESK_SILENCE_MS = 5000

type Facts = { readonly status: PanelStatus; readonly age: number | null }

/** The desk has no connection: also while it tries to make one, which it does again and again. */
const unreached = new Set<LinkStatus['phase']>(['offline', 'idle', 'connecting'])

/** State and age of what the desk answered from its book, at one moment. */
export const answerStatus = (valuedAt: number, link: LinkView, now: number): Facts => {
  const age = Math.max(0, now + link.deskOffset - valuedAt)
  const phase = link.status?.link.phase
  if (link.window.phase !== 'open' || (phase !== undefined && unreached.has(phase)))
    return { status: 'offline', age }
  const silent = link.heardAt > 0 && now - link.heardAt > DESK_SILENCE_MS
  return { status: silent || (phase !== undefined && phase !== 'live') ? 'stale' : 'live', age }
}

/**
 * `error` only where nothing can be shown; with data on screen an error shows as stale, so that good figures never
 * vanish. `offline`: this window has no desk, or the desk no bridge. `stale`: the link or the desk is behind.
 */
export const viewStatus = (snapshot: ViewSnapshot<ViewKind>, link: LinkView, now: number): Facts => {
  const { meta, error } = snapshot
  const disconnected = link.window.phase !== 'open'
  if (!meta) return { status: error ? 'error' : disconnected ? 'offline' : 'loading', age: null }
  const facts = answerStatus(meta.valuedAt, link, now)
  const age = meta.valuedAt === 0 ? null : facts.age
  if (facts.status !== 'live') return { status: facts.status, age }
  return { status: error || !meta.live ? 'stale' : 'live', age }
}
