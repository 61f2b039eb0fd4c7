import { create } from 'zustand'

const useToastStore = create<{ readonly ids: readonly string[] }>(() => ({ ids: [] }))

/** A toast goes by itself: the queue, its counter and the sound go on asking until the alert is seen. */
const SHOWN_MS = 12_000

/** Puts a new alert before the person; it goes when it is seen, opened or closed, or after a while. */
export const addAlertToast = (id: string): void => {
  useToastStore.setState(({ ids }) => ({ ids: [...ids.filter((other) => other !== id), id].slice(-3) }))
  setTimeout(() => dropAlertToast(id), SHOWN_MS)
}

export const dropAlertToast = (id: string): void =>
  useToastStore.setState(({ ids }) => ({ ids: ids.filter((other) => other !== id) }))

export const useAlertToasts = (): readonly string[] => useToastStore((state) => state.ids)
