import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Where to look for a browser; passed in, so that the rule can be tested. */
export type BrowserPlaces = {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  /** Path of the browser `playwright install` would have put in place. */
  readonly playwrights: string
  readonly isProgram: (path: string) => boolean
}

const unixNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
const macApps = ['Google Chrome', 'Chromium', 'Microsoft Edge']
const windowsPrograms = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
]

const candidates = ({ platform, env }: BrowserPlaces): string[] => {
  if (platform === 'darwin') return macApps.map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`)
  if (platform === 'win32')
    return [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => windowsPrograms.map((program) => `${folder}\\${program}`))
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return unixNames.flatMap((name) => folders.map((folder) => join(folder, name)))
}

/** A Chromium for the end-to-end tests: the one named by `CHROMIUM_PATH`, Playwright's own, or the system's; else null. */
export const findChromium = (places: BrowserPlaces): string | null => {
  const named = places.env['CHROMIUM_PATH']
  if (named !== undefined && named !== '') return places.isProgram(named) ? named : null
  return [places.playwrights, ...candidates(places)].find(places.isProgram) ?? null
}

export const howToGetChromium =
  'No Chromium was found for the end-to-end tests. Get one with "npx playwright install --with-deps chromium" or "apt-get install chromium", or name one in CHROMIUM_PATH.'

export const isProgram = (path: string): boolean => {
  if (!existsSync(path)) return false
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
