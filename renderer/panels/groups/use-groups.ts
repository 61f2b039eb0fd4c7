import { useState } from 'react'
import type { Grouping, ViewFilter } from '../../../shared/api/views.ts'
import type { Toggle } from '../../ui/grid/grid-toolbar.tsx'
import { drillWords } from './groups-words.ts'

const nowhere: ViewFilter = {}

export type Groups = {
  /** What rows are added up by; null for single rows. */
  readonly by: Grouping | null
  readonly choose: (by: Grouping | null) => void
  /** The group that was gone into, as a filter of single rows. */
  readonly inside: ViewFilter
  readonly words: string
  /** Goes into a group. */
  readonly enter: (key: string) => void
  readonly leave: () => void
  /** Leads out of the group that was gone into; nothing where none was. */
  readonly toggles: readonly Toggle[]
}

/** Whether a panel's rows are grouped, and which group somebody has gone into. */
export const useGroups = (): Groups => {
  const [by, setBy] = useState<Grouping | null>(null)
  const [inside, setInside] = useState(nowhere)
  const words = drillWords(inside)
  const leave = (): void => setInside(nowhere)
  return {
    by,
    choose: (next) => {
      leave()
      setBy(next)
    },
    inside,
    words,
    enter: (key) => {
      if (!by) return
      setInside({ [by]: key })
      setBy(null)
    },
    leave,
    toggles: words
      ? [{ id: 'inside', label: `${words} ✕`, title: 'Show all again', on: true, onChange: leave }]
      : [],
  }
}
