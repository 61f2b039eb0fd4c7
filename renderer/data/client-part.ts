import { create } from 'zustand'

/** Parts of the client card of which one shows; the same one from client to client. */
export type ClientPart = 'account' | 'timeline' | 'profile'

const useParts = create<{ readonly shown: ClientPart }>(() => ({ shown: 'account' }))

export const useClientPart = (): ClientPart => useParts(({ shown }) => shown)

export const showClientPart = (shown: ClientPart): void => useParts.setState({ shown })
