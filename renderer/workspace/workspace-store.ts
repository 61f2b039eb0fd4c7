import { Actions, DockLocation, Model, TabNode } from 'flexlayout-react'
import { create } from 'zustand'
import type { Role } from '../../shared/api/models.ts'
import { defaultLayout } from './default-layouts.ts'
import type { PanelId } from './panels.ts'
import { cycleGroup } from './selection-group.ts'

type Workspace = { readonly model: Model | null; readonly role: Role | null }

const useWorkspaceStore = create<Workspace>(() => ({ model: null, role: null }))

export const useModel = (): Model | null => useWorkspaceStore((state) => state.model)

export const setWorkspace = (role: Role | null, model: Model | null): void =>
  useWorkspaceStore.setState({ role, model })

/** Moves the keyboard into a panel: to the part that asks for it, else to the panel itself. */
export const focusPanel = (panel: Element): void => {
  const inner = panel.querySelector<HTMLElement>('[data-panel-focus]')
  ;(inner ?? (panel as HTMLElement)).focus()
}

/** Brings a panel to the front, adding it where the last used tabs are if it was closed. */
export const openPanel = (id: PanelId): void => {
  const { model } = useWorkspaceStore.getState()
  if (!model) return
  const node = model.getNodeById(id)
  if (node instanceof TabNode) {
    if (!node.isSelected()) model.doAction(Actions.selectTab(id))
    return
  }
  const place = model.getActiveTabset() ?? model.getFirstTabSet()
  if (!place) return
  model.doAction(
    Actions.addTab(
      { type: 'tab', id, component: id, name: id },
      place.getId(),
      DockLocation.CENTER,
      -1,
      true,
    ),
  )
}

/** Moves the panel last used on to the next selection colour. */
export const cycleActiveGroup = (): void => {
  const node = useWorkspaceStore.getState().model?.getActiveTabset()?.getSelectedNode()
  if (node instanceof TabNode) cycleGroup(node)
}

/** Back to the layout the role starts with; saved like any other change. */
export const resetLayout = (): void => {
  const { role } = useWorkspaceStore.getState()
  if (role) setWorkspace(role, Model.fromJson(defaultLayout(role)))
}

const visible = (element: Element): boolean => element.getClientRects().length > 0

/** F6: on to the next panel on screen, or back with `back`. */
export const cyclePanels = (back: boolean): void => {
  const panels = [...document.querySelectorAll('[data-panel]')].filter(visible)
  if (panels.length === 0) return
  const at = panels.findIndex((panel) => panel.contains(document.activeElement))
  const next = panels[(at + (back ? -1 : 1) + panels.length) % panels.length]
  if (next) focusPanel(next)
}
