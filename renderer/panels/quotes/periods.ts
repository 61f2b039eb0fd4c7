import type { Period } from './roll-bar.ts'

/** Periods in the order of their keys, 1 to 6. */
export const periods: readonly { readonly minutes: Period; readonly label: string }[] = [
  { minutes: 1, label: 'M1' },
  { minutes: 5, label: 'M5' },
  { minutes: 15, label: 'M15' },
  { minutes: 60, label: 'H1' },
  { minutes: 240, label: 'H4' },
  { minutes: 1440, label: 'D1' },
]
