import { create } from 'zustand'
import type { Session } from '../../shared/api/contract.ts'
import { may, type Right } from '../../shared/api/permissions.ts'

type SessionState = { readonly session: Session | null }

const useSessionStore = create<SessionState>(() => ({ session: null }))

export const setSession = (session: Session | null): void => useSessionStore.setState({ session })

/** Who works in this window; null before the desk answered. */
export const useSession = (): Session | null => useSessionStore((state) => state.session)

/** Whether this window's role has a right. The desk checks it again; this only spares people dead buttons. */
export const useMay = (right: Right): boolean =>
  useSessionStore(({ session }) => session?.role != null && may(session.role, right))
