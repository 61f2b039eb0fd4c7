import { type ComponentType, type LazyExoticComponent, lazy } from 'react'

/** Every panel there is, by the id it has in saved layouts. Ids are never reused for something else. */
type PanelEntry = {
  readonly title: string
  /** What it shows, for the command palette. */
  readonly about: string
  /** Follows or sets the linked selection. */
  readonly follows: boolean
  readonly component: LazyExoticComponent<ComponentType>
}

const entry = (
  title: string,
  about: string,
  load: () => Promise<ComponentType>,
  follows = true,
): PanelEntry => ({ title, about, follows, component: lazy(async () => ({ default: await load() })) })

export const panels = {
  accounts: entry(
    'Accounts',
    'Equity, P&L and margin of every account',
    async () => (await import('../panels/accounts/accounts-panel.tsx')).AccountsPanel,
  ),
  positions: entry(
    'Positions',
    'Open positions',
    async () => (await import('../panels/positions/positions-panel.tsx')).PositionsPanel,
  ),
  exposure: entry(
    'Exposure',
    'Net of clients and coverage by symbol and currency',
    async () => (await import('../panels/exposure/exposure-panel.tsx')).ExposurePanel,
  ),
  quotes: entry(
    'Quotes',
    'Market watch and chart',
    async () => (await import('../panels/quotes/quotes-panel.tsx')).QuotesPanel,
  ),
  alerts: entry(
    'Alerts',
    'Whom to call now',
    async () => (await import('../panels/alerts/alerts-panel.tsx')).AlertsPanel,
  ),
  client: entry(
    'Client',
    'The card of the selected client',
    async () => (await import('../panels/client/client-panel.tsx')).ClientPanel,
  ),
  connection: entry(
    'Connection',
    'The link to the trade server',
    async () => (await import('../panels/connection/connection-panel.tsx')).ConnectionPanel,
    false,
  ),
  rules: entry(
    'Rules',
    'When the desk warns about a client',
    async () => (await import('../panels/rules/rules-panel.tsx')).RulesPanel,
    false,
  ),
  outbox: entry(
    'Outbox',
    'What waits to be sent, what was sent, and what needs a decision',
    async () => (await import('../panels/outbox/outbox-panel.tsx')).OutboxPanel,
    false,
  ),
  'what-if': entry(
    'What-if',
    'What a move of prices would do: results, margin calls, hedges',
    async () => (await import('../panels/what-if/what-if-panel.tsx')).WhatIfPanel,
  ),
  statement: entry(
    'Statement',
    'Drop in an MT4 statement and see whether it is right',
    async () => (await import('../panels/statement/statement-panel.tsx')).StatementPanel,
    false,
  ),
  tasks: entry(
    'Tasks',
    'What was promised to clients, the earliest first',
    async () => (await import('../panels/tasks/tasks-panel.tsx')).TasksPanel,
  ),
  data: entry(
    'Data',
    'Backups, export and import of the desk’s own data',
    async () => (await import('../panels/data/data-panel.tsx')).DataPanel,
    false,
  ),
} as const satisfies Record<string, PanelEntry>

export type PanelId = keyof typeof panels

export const panelIds = Object.keys(panels) as readonly PanelId[]

export const isPanelId = (id: string | undefined): id is PanelId =>
  id !== undefined && Object.hasOwn(panels, id)
