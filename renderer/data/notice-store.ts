import { create } from 'zustand'

/** A sentence for the person at the window that belongs to no panel: what failed, or what was done. */
export type Notice = { readonly id: number; readonly text: string; readonly tone: 'error' | 'done' }

/** Errors stay until closed; the rest goes by itself. */
const DONE_FOR_MS = 4000

const useNoticeStore = create<{ readonly notices: readonly Notice[] }>(() => ({ notices: [] }))
let lastId = 0

export const dropNotice = (id: number): void =>
  useNoticeStore.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }))

export const notify = (text: string, tone: Notice['tone']): void => {
  lastId += 1
  const id = lastId
  useNoticeStore.setState(({ notices }) => ({ notices: [...notices, { id, text, tone }].slice(-4) }))
  if (tone === 'done') setTimeout(() => dropNotice(id), DONE_FOR_MS)
}

export const useNotices = (): readonly Notice[] => useNoticeStore((state) => state.notices)
