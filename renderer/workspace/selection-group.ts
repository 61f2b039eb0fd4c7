import { Actions, type TabNode } from 'flexlayout-react'
import { z } from 'zod'
import { type SelectionGroup, selectionGroups } from '../data/selection-store.ts'

/** What a saved layout keeps about a tab. */
const tabConfigSchema = z.object({ group: z.enum(selectionGroups) })

/** The colour group a tab belongs to; blue unless chosen otherwise. */
export const groupOf = (node: TabNode): SelectionGroup => {
  const parsed = tabConfigSchema.safeParse(node.getConfig())
  return parsed.success ? parsed.data.group : 'blue'
}

export const nextGroup = (group: SelectionGroup): SelectionGroup =>
  selectionGroups[(selectionGroups.indexOf(group) + 1) % selectionGroups.length] ?? 'blue'

/** Moves a tab on to the next colour; saved with the layout. */
export const cycleGroup = (node: TabNode): void => {
  const config = { group: nextGroup(groupOf(node)) }
  node.getModel().doAction(Actions.updateNodeAttributes(node.getId(), { config }))
}
