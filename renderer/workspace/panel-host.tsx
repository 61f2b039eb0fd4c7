import type { TabNode } from 'flexlayout-react'
import { Suspense, useCallback, useSyncExternalStore } from 'react'
import { PanelVisibleContext } from '../data/panel-visible.ts'
import { SelectionGroupContext } from '../data/selection-store.ts'
import { Panel } from '../ui/panel.tsx'
import { PanelBoundary } from '../ui/panel-boundary.tsx'
import { isPanelId, panels } from './panels.ts'
import { groupOf } from './selection-group.ts'

const useVisible = (node: TabNode): boolean =>
  useSyncExternalStore(
    useCallback(
      (changed) => {
        node.setEventListener('visibility', changed)
        return () => node.removeEventListener('visibility')
      },
      [node],
    ),
    () => node.isVisible(),
  )

/** One tab's content: the panel it names, told its colour and whether it is on screen. */
export const PanelHost = ({ node }: { readonly node: TabNode }) => {
  const visible = useVisible(node)
  const id = node.getComponent()
  if (!isPanelId(id))
    return (
      <Panel
        title={node.getName()}
        status="live"
        empty={<p>This version of Deskline has no such panel. Close the tab or update.</p>}
      />
    )
  const { component: Content, title } = panels[id]
  return (
    <PanelBoundary title={title}>
      <PanelVisibleContext value={visible}>
        <SelectionGroupContext value={groupOf(node)}>
          <Suspense fallback={<Panel title={title} status="loading" />}>
            <Content />
          </Suspense>
        </SelectionGroupContext>
      </PanelVisibleContext>
    </PanelBoundary>
  )
}
