import { posix, win32 } from 'node:path'
import type { BridgeChoice } from '../desk-options.ts'
import type { Environment } from './desk-arguments.ts'

/** One folder a kind of world, so that play money never mixes with a real broker's journal. */
const worldOf = (bridge: BridgeChoice): string => {
  if (bridge.kind === 'url') return 'desk'
  return bridge.argv[0] === '--replay' ? 'replay' : 'demo'
}

/** The operating system's place for a user's application data. */
export const dataFolder = (platform: NodeJS.Platform, env: Environment, home: string): string => {
  if (platform === 'win32')
    return win32.join(env['LOCALAPPDATA'] ?? win32.join(home, 'AppData', 'Local'), 'Deskline')
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Deskline')
  const xdg = env['XDG_DATA_HOME']
  // The XDG rules tell to ignore a relative path.
  return posix.join(xdg?.startsWith('/') ? xdg : posix.join(home, '.local', 'share'), 'deskline')
}

/** Where the desk keeps its data when `--profile` does not say. */
export const profileFolder = (
  bridge: BridgeChoice,
  platform: NodeJS.Platform,
  env: Environment,
  home: string,
): string => (platform === 'win32' ? win32 : posix).join(dataFolder(platform, env, home), worldOf(bridge))
