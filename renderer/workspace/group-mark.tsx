import type { TabNode } from 'flexlayout-react'
import { cycleGroup, groupOf, nextGroup } from './selection-group.ts'

/** A shape for each colour, so that the colour is not all there is to see. */
const shapes = { blue: '●', amber: '■', violet: '◆', teal: '▲' } as const

/**
 * Which linked selection a panel follows; a click moves it on to the next. No button, because a tab may hold no other
 * control for screen readers; the keyboard's way is the command “Next selection colour”.
 */
export const GroupMark = ({ node }: { readonly node: TabNode }) => {
  const group = groupOf(node)
  return (
    <span
      role="img"
      className="group-mark"
      data-group={group}
      aria-label={`Follows the ${group} selection`}
      title={`Follows the ${group} selection. Click for ${nextGroup(group)}.`}
      // The tab would take the press for the start of a drag.
      onPointerDown={(event) => event.stopPropagation()}
      onClick={(event) => {
        event.stopPropagation()
        cycleGroup(node)
      }}
    >
      {shapes[group]}
    </span>
  )
}
