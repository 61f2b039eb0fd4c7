import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, dialog, powerMonitor, safeStorage, session, shell } from 'electron'

import type { Desk } from '../desk.ts'
import { createDesk } from '../desk.ts'
import { ArgumentError } from '../host/argument-error.ts'
import { createAssets } from '../host/assets.ts'
import { type DeskArguments, parseDeskArguments } from '../host/desk-arguments.ts'
import { deskOptionsFor, localUser, profileOf } from '../host/desk-start.ts'
import { createFileLog } from '../host/file-log.ts'
import { startFault } from '../host/start-fault.ts'
import { terminalAsk } from '../host/terminal-ask.ts'
import { version } from '../host/version.ts'
import { APP_ORIGIN } from './app-origin.ts'
import { registerAppScheme, serveAppScheme } from './app-scheme.ts'
import { createBoundsFile } from './bounds-file.ts'
import { denyPermissions, guardContents } from './guards.ts'
import { answerPortRequests } from './handshake.ts'
import { createKeychain } from './keychain.ts'
import { setMenu } from './menu.ts'
import { ownArguments } from './own-arguments.ts'
import { createWindows } from './windows.ts'

const fail = (text: string, code: number): void => {
  process.stderr.write(`${text}\n`)
  app.exit(code)
}

/** Ends the desk before the program; a second wish to quit does not wait. */
const closeOnQuit = (close: () => Promise<void>): void => {
  let state: 'running' | 'closing' | 'closed' = 'running'
  app.on('before-quit', (event) => {
    if (state !== 'running') return
    state = 'closing'
    event.preventDefault()
    const quit = (): void => {
      state = 'closed'
      app.quit()
    }
    close().then(quit, quit)
  })
}

const start = (entry: string, given: DeskArguments): void => {
  const profile = profileOf(given)
  app.setPath('userData', join(profile, 'electron'))
  // Whoever starts the desk twice on one profile means the window that is there.
  if (!app.requestSingleInstanceLock()) return app.quit()

  const log = createFileLog(profile, 'electron')
  const assets = createAssets(fileURLToPath(new URL('../renderer', entry)))
  const windows = createWindows(
    fileURLToPath(new URL('../preload/index.cjs', entry)),
    createBoundsFile(profile),
  )

  registerAppScheme()
  app.enableSandbox()
  setMenu(process.platform, windows.open)

  const desk: Promise<Desk> = createDesk(
    deskOptionsFor(given, {
      entry,
      host: 'electron',
      version,
      trustedOrigins: [APP_ORIGIN],
      profile,
      keyMeans: {
        keychain: createKeychain(safeStorage, app.whenReady(), process.platform),
        ask: terminalAsk(process.stdin, process.stderr),
      },
      log,
    }),
  )
  desk.catch((error: unknown) => {
    const { words, code } = startFault(error)
    log.error({ error: words }, 'the desk did not start')
    dialog.showErrorBox('Deskline', words)
    fail(words, code)
  })

  answerPortRequests({ desk, user: localUser(), log })
  app.on('web-contents-created', (_, contents) =>
    guardContents(contents, (address) => shell.openExternal(address), log),
  )
  app.on('second-instance', windows.show)
  app.on('activate', windows.show)
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  closeOnQuit(async () => {
    await (await desk).close()
    log.close()
  })

  const ready = async (): Promise<void> => {
    await app.whenReady()
    denyPermissions(session.defaultSession)
    serveAppScheme(session.defaultSession, assets)
    windows.open()
    const on = await desk
    powerMonitor.on('resume', on.wake)
  }
  ready().catch((error: unknown) => log.error({ error: String(error) }, 'the window did not open'))
}

/**
 * The Electron host from its command line on. All that must happen before the app is ready happens in this call:
 * Electron gets ready only when the entry module has run through, so nothing here may be awaited at its top level.
 * @param entry URL of the entry file; workers, preload and windows are found beside it
 */
export const runElectronHost = (entry: string): void => {
  try {
    start(entry, parseDeskArguments(ownArguments(process.argv, app.isPackaged), process.env))
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error
    fail(error.message, 2)
  }
}
