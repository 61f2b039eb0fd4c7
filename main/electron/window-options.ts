import type { BrowserWindowConstructorOptions } from 'electron'
import { type Bounds, MIN_HEIGHT, MIN_WIDTH } from './window-bounds.ts'

/** What may change only with a reason: each of these stands in Electron's security list. */
export const securePreferences = (preload: string) =>
  ({
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    spellcheck: false,
    // Prices move on windows that are behind others, too.
    backgroundThrottling: false,
  }) as const

/** Not shown before the first paint, on the dark ground of the desk. */
export const windowOptions = (preload: string, bounds: Bounds): BrowserWindowConstructorOptions => ({
  ...bounds,
  minWidth: Math.min(MIN_WIDTH, bounds.width),
  minHeight: Math.min(MIN_HEIGHT, bounds.height),
  show: false,
  title: 'Deskline',
  backgroundColor: '#101418',
  webPreferences: securePreferences(preload),
})
