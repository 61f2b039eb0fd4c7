import type { Session } from '../../shared/api/contract.ts'
import type { Role } from '../../shared/api/models.ts'
import type { ViewSpec } from '../../shared/api/views.ts'

/** One window's place at the desk: who sits there, in which role, and the views it has open. */
export type WindowState = {
  readonly user: string
  /** Origin the host saw (page URL of the sender frame, or the WebSocket's Origin). */
  readonly origin: string
  role: () => Role | null
  setRole: (role: Role) => void
  openView: (spec: ViewSpec) => number
  /** False when this window has no such view. */
  changeView: (viewId: number, spec: ViewSpec) => boolean
  closeView: (viewId: number) => boolean
}

/** oRPC context of every call. */
export type ApiContext = { readonly window: WindowState }

export type SessionFacts = Omit<Session, 'role' | 'user'>
