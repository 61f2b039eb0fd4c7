import { type Role, roles } from '../../shared/api/models.ts'
import { may, type Right } from '../../shared/api/permissions.ts'
import { alertsNow } from '../data/alerts-store.ts'
import type { DeskApi } from '../data/desk-client.ts'
import { errorText } from '../data/error-text.ts'
import { notify } from '../data/notice-store.ts'
import { chooseRole } from '../data/session-store.ts'
import { toggleMuted, toggleTheme } from '../data/settings-store.ts'
import { markAllSeen } from '../panels/alerts/alerts-actions.ts'
import { openEditor } from '../panels/rules/rules-store.ts'
import { panelIds, panels } from '../workspace/panels.ts'
import { cycleActiveGroup, openPanel, resetLayout } from '../workspace/workspace-store.ts'
import { reconnect, resync } from './link-actions.ts'
import { roleNames } from './role-names.ts'

export type Command = {
  readonly id: string
  readonly title: string
  readonly detail: string
  readonly run: () => void
}

type Guarded = Command & { readonly needs?: Right }

const switchRole = async (api: DeskApi, role: Role): Promise<void> => {
  try {
    await chooseRole(api, role)
  } catch (error) {
    notify(`The role stays as it was. ${errorText(error)}`, 'error')
  }
}

const panelCommands: readonly Guarded[] = panelIds.map((id) => ({
  id: `panel:${id}`,
  title: `Open ${panels[id].title}`,
  detail: panels[id].about,
  run: () => openPanel(id),
}))

/** Everything this role can do from the palette. */
export const commandsFor = (api: DeskApi, role: Role): Command[] => {
  const all: Guarded[] = [
    ...panelCommands,
    { id: 'theme', title: 'Change theme', detail: 'Dark or light', run: toggleTheme },
    { id: 'mute', title: 'Mute or unmute alerts', detail: 'Sound of this window', run: toggleMuted },
    {
      id: 'panel:colour',
      title: 'Next selection colour',
      detail: 'Panels of one colour follow the same client and symbol',
      run: cycleActiveGroup,
    },
    {
      id: 'alerts:seen',
      title: 'Mark all alerts as seen',
      detail: 'Stops their sound; they stay open',
      needs: 'alert:work',
      run: () => void markAllSeen(api, alertsNow().open),
    },
    {
      id: 'rule:new',
      title: 'New alert rule',
      detail: 'Opens its form in Rules',
      needs: 'rule:write',
      run: () => {
        openEditor(null)
        openPanel('rules')
      },
    },
    { id: 'layout:reset', title: 'Reset layout', detail: 'As this role starts', run: resetLayout },
    {
      id: 'link:reconnect',
      title: 'Reconnect',
      detail: 'Drop the connection to the bridge and connect anew',
      needs: 'link:control',
      run: () => void reconnect(api),
    },
    {
      id: 'link:resync',
      title: 'Take a fresh snapshot',
      detail: 'Resync the whole book from the bridge',
      needs: 'link:control',
      run: () => void resync(api),
    },
    ...roles
      .filter((other) => other !== role)
      .map((other) => ({
        id: `role:${other}`,
        title: `Work as ${roleNames[other].toLowerCase()}`,
        detail: 'Change role',
        run: () => void switchRole(api, other),
      })),
  ]
  return all.filter(({ needs }) => needs === undefined || may(role, needs))
}

/** Commands in whose words every typed word begins or occurs. */
export const matchCommands = (commands: readonly Command[], text: string): Command[] => {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return commands.filter(({ title, detail }) => {
    const all = `${title} ${detail}`.toLowerCase()
    return words.every((word) => all.includes(word))
  })
}
