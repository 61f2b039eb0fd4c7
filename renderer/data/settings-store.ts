import { create } from 'zustand'
import { persist } from 'zustand/middleware'

export type Theme = 'dark' | 'light'

type Settings = {
  readonly theme: Theme
  /** Alerts make no sound in this window. */
  readonly muted: boolean
}

/** What this person set in this browser or profile. */
export const useSettings = create<Settings>()(
  persist((): Settings => ({ theme: 'dark', muted: false }), { name: 'deskline.settings', version: 1 }),
)

export const toggleTheme = (): void => {
  useSettings.setState(({ theme }) => ({ theme: theme === 'dark' ? 'light' : 'dark' }))
}
export const toggleMuted = (): void => {
  useSettings.setState(({ muted }) => ({ muted: !muted }))
}
