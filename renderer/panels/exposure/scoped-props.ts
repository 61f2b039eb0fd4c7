import type { ReactNode } from 'react'
import type { Scope } from './scope.ts'

/** What both faces of the panel take. */
export type ScopedProps = {
  readonly scope: Scope
  readonly onClearScope: () => void
  readonly lead: ReactNode
}

/** Coverage is booked on accounts too: within a scope only that of its own accounts counts. */
export const scopeNote = 'coverage of other accounts is left out'
