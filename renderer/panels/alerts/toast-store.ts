import { create } from 'zustand'

const useToastStore = create<{ readonly ids: readonly string[] }>(() => ({ ids: [] }))

/** Puts a new alert before the person; it goes when it is seen, opened or closed. */
export const addAlertToast = (id: string): void =>
  useToastStore.setState(({ ids }) => ({ ids: [...ids.filter((other) => other !== id), id].slice(-3) }))

export const dropAlertToast = (id: string): void =>
  useToastStore.setState(({ ids }) => ({ ids: ids.filter((other) => other !== id) }))

export const useAlertToasts = (): readonly string[] => useToastStore((state) => state.ids)
