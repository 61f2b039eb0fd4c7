import type { ViewKind } from '../../shared/api/views.ts'
import type { LinkView } from './link-store.ts'
import type { ViewSnapshot } from './view-store.ts'

/** State of a panel's data. Whether live data are *empty* is the panel's own knowledge (`meta.matched`). */
export type PanelStatus = 'loading' | 'live' | 'stale' | 'offline' | 'error'

/** The desk says its status about twice a second; silence longer than this makes what it sent before stale. */
export const DESK_SILENCE_MS = 5000

type Facts = { readonly status: PanelStatus; readonly age: number | null }

/**
 * `error` only where nothing can be shown; with data on screen an error shows as stale, so that good figures never
 * vanish. `offline`: this window has no desk, or the desk no bridge. `stale`: the link or the desk is behind.
 */
export const viewStatus = (snapshot: ViewSnapshot<ViewKind>, link: LinkView, now: number): Facts => {
  const { meta, error } = snapshot
  const disconnected = link.window.phase !== 'open'
  if (!meta) return { status: error ? 'error' : disconnected ? 'offline' : 'loading', age: null }
  const age = meta.valuedAt === 0 ? null : Math.max(0, now + link.deskOffset - meta.valuedAt)
  const phase = link.status?.link.phase
  if (disconnected || phase === 'offline' || phase === 'idle') return { status: 'offline', age }
  const silent = link.heardAt > 0 && now - link.heardAt > DESK_SILENCE_MS
  const behind = !meta.live || (phase !== undefined && phase !== 'live')
  return { status: error || silent || behind ? 'stale' : 'live', age }
}
