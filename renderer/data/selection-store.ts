import { create } from 'zustand'

/** Colour groups: panels of one colour follow the same client and symbol. */
export const selectionGroups = ['blue', 'amber', 'violet', 'teal'] as const
export type SelectionGroup = (typeof selectionGroups)[number]

export type Selection = { readonly login?: number; readonly symbol?: string }

type Selections = Readonly<Record<SelectionGroup, Selection>>

const useSelections = create<Selections>(() => ({ blue: {}, amber: {}, violet: {}, teal: {} }))

/** Selects a client or a symbol in a group; what is not named stays. */
export const select = (part: Selection, group: SelectionGroup = 'blue'): void =>
  useSelections.setState((all) => {
    const now = all[group]
    const next = { ...now, ...part }
    return next.login === now.login && next.symbol === now.symbol ? all : { [group]: next }
  })

/** For event handlers; components use `useSelection`. */
export const selectionNow = (group: SelectionGroup = 'blue'): Selection => useSelections.getState()[group]

export const useSelection = (group: SelectionGroup = 'blue'): Selection => useSelections((all) => all[group])
