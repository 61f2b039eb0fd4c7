import type { IGlobalAttributes, IJsonModel, IJsonRowNode, IJsonTabSetNode } from 'flexlayout-react'
import type { Role } from '../../shared/api/models.ts'
import type { PanelId } from './panels.ts'

const global: IGlobalAttributes = {
  tabEnableRename: false,
  tabSetEnableMaximize: true,
  tabSetMinWidth: 220,
  tabSetMinHeight: 120,
}

const tabs = (weight: number, ...ids: PanelId[]): IJsonTabSetNode => ({
  type: 'tabset',
  weight,
  children: ids.map((id) => ({ type: 'tab', id, component: id, name: id })),
})

const row = (weight: number, ...children: (IJsonRowNode | IJsonTabSetNode)[]): IJsonRowNode => ({
  type: 'row',
  weight,
  children,
})

const model = (...columns: (IJsonRowNode | IJsonTabSetNode)[]): IJsonModel => ({
  global,
  layout: row(100, ...columns),
})

const layouts: Readonly<Record<Role, () => IJsonModel>> = {
  dealer: () =>
    model(
      row(58, tabs(56, 'accounts'), tabs(44, 'positions')),
      row(
        42,
        tabs(52, 'alerts'),
        tabs(48, 'client', 'quotes', 'exposure', 'what-if', 'tasks', 'connection', 'outbox'),
      ),
    ),
  sales: () =>
    model(
      tabs(44, 'alerts'),
      row(56, tabs(62, 'client'), tabs(38, 'tasks', 'accounts', 'positions', 'connection')),
    ),
  compliance: () =>
    model(
      row(60, tabs(55, 'accounts'), tabs(45, 'positions', 'exposure', 'what-if')),
      row(40, tabs(50, 'alerts'), tabs(50, 'client', 'tasks', 'connection', 'outbox', 'data')),
    ),
  admin: () =>
    model(
      tabs(42, 'rules', 'outbox', 'connection', 'data'),
      row(
        58,
        tabs(55, 'accounts', 'positions', 'exposure', 'what-if', 'quotes'),
        tabs(45, 'alerts', 'client', 'tasks'),
      ),
    ),
}

/** The layout a role starts with. */
export const defaultLayout = (role: Role): IJsonModel => layouts[role]()
