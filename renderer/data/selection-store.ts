import { createContext, useCallback, useContext } from 'react'
import { create } from 'zustand'

/** Colour groups: panels of one colour follow the same client and symbol. */
export const selectionGroups = ['blue', 'amber', 'violet', 'teal'] as const
export type SelectionGroup = (typeof selectionGroups)[number]

export type Selection = { readonly login?: number; readonly symbol?: string }

type Selections = Readonly<Record<SelectionGroup, Selection>>

const useSelections = create<Selections>(() => ({ blue: {}, amber: {}, violet: {}, teal: {} }))

/** The colour of the panel that stands below; set by the workspace. */
export const SelectionGroupContext = createContext<SelectionGroup>('blue')

/** Selects a client or a symbol in a group; what is not named stays. Panels use `useSelect`. */
export const select = (part: Selection, group: SelectionGroup = 'blue'): void =>
  useSelections.setState((all) => {
    const now = all[group]
    const next = { ...now, ...part }
    return next.login === now.login && next.symbol === now.symbol ? all : { [group]: next }
  })

/** What is selected in this panel's group. */
export const useSelection = (): Selection => {
  const group = useContext(SelectionGroupContext)
  return useSelections((all) => all[group])
}

/** Selects in this panel's group. */
export const useSelect = (): ((part: Selection) => void) => {
  const group = useContext(SelectionGroupContext)
  return useCallback((part: Selection) => select(part, group), [group])
}
