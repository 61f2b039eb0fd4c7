import { create } from 'zustand'
import type { Session } from '../../shared/api/contract.ts'
import { type Role, roleSchema } from '../../shared/api/models.ts'
import { may, type Right } from '../../shared/api/permissions.ts'
import type { DeskApi } from './desk-client.ts'

type SessionState = { readonly session: Session | null }

const useSessionStore = create<SessionState>(() => ({ session: null }))

const ROLE_KEY = 'deskline.role'

const setSession = (session: Session | null): void => useSessionStore.setState({ session })

/** Takes up this window's role again after a reload or reconnect, else asks who the window is. */
export const greetDesk = async (api: DeskApi): Promise<void> => {
  const kept = roleSchema.safeParse(sessionStorage.getItem(ROLE_KEY))
  setSession(await (kept.success ? api.session.open({ role: kept.data }) : api.session.get()))
}

/** Chooses the role this window works in. Rejects if the desk refuses; the role before stays. */
export const chooseRole = async (api: DeskApi, role: Role): Promise<void> => {
  setSession(await api.session.open({ role }))
  sessionStorage.setItem(ROLE_KEY, role)
}

/** Back to the welcome screen; the desk keeps the session until another role is chosen. */
export const leaveRole = (): void => {
  sessionStorage.removeItem(ROLE_KEY)
  useSessionStore.setState(({ session }) => ({ session: session && { ...session, role: null } }))
}

/** Who works in this window; null before the desk answered. */
export const useSession = (): Session | null => useSessionStore((state) => state.session)

/** Whether this window's role has a right. The desk checks it again; this only spares people dead buttons. */
export const useMay = (right: Right): boolean =>
  useSessionStore(({ session }) => session?.role != null && may(session.role, right))
