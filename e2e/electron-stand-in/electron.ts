import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { MessageChannelMain as Channel } from './ports.ts'
import { strict } from './strict.ts'
import { BrowserWindow as StandInWindow, windows } from './windows.ts'
import { appEvents, needsReady, type ProtocolHandler, preventable, world } from './world.ts'

/**
 * Stands for the `electron` module of the main process: what Deskline uses of it and nothing else. An import it does
 * not export fails to link, a property it does not have throws, both by name.
 */
export const ipcEvents = new EventEmitter()

const quit = (): void => {
  const event = preventable({})
  appEvents.emit('before-quit', event)
  if (event.defaultPrevented) return
  for (const window of windows.slice()) window.close()
  process.exit(0)
}

export const app = strict('app', {
  isPackaged: false,
  on: (name: string, fn: (...args: unknown[]) => void) => appEvents.on(name, fn),
  whenReady: () =>
    world.ready ? Promise.resolve() : new Promise<void>((done) => appEvents.once('ready', () => done())),
  setPath: (name: string, path: string) => void world.paths.set(name, path),
  requestSingleInstanceLock: () => true,
  enableSandbox: () => {
    if (world.ready) throw new Error('app.enableSandbox() must be called before the app is ready')
    world.sandboxed = true
  },
  quit,
  exit: (code: number) => process.exit(code),
})

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged: (schemes: typeof world.schemes) => {
    if (world.ready) throw new Error('registerSchemesAsPrivileged must be called before the app is ready')
    world.schemes.push(...schemes)
  },
})

const defaultSession = strict('session', {
  protocol: strict('session.protocol', {
    handle: (scheme: string, handler: ProtocolHandler) => void world.handlers.set(scheme, handler),
  }),
  setPermissionRequestHandler: (fn: typeof world.permissionRequest) => {
    world.permissionRequest = fn
  },
  setPermissionCheckHandler: (fn: typeof world.permissionCheck) => {
    world.permissionCheck = fn
  },
  setDevicePermissionHandler: (fn: typeof world.devicePermission) => {
    world.devicePermission = fn
  },
  on: (name: string, fn: (...args: unknown[]) => void) => appEvents.on(`session:${name}`, fn),
})

export const session = strict('session', {
  get defaultSession() {
    needsReady('session.defaultSession')
    return defaultSession
  },
})

export const ipcMain = strict('ipcMain', {
  on: (channel: string, fn: (...args: unknown[]) => void) => ipcEvents.on(channel, fn),
})

export const Menu = strict('Menu', {
  buildFromTemplate: (template: unknown[]) => template,
  setApplicationMenu: (menu: unknown) => {
    world.menus += menu === null ? 0 : 1
  },
})

export const shell = strict('shell', {
  openExternal: (address: string) => {
    world.opened.push(address)
    return Promise.resolve()
  },
})

export const powerMonitor = strict('powerMonitor', {
  on: (name: string, fn: () => void) => appEvents.on(`power:${name}`, fn),
})

const keyring = randomBytes(32)

/** A keyring that lasts as long as the process. */
export const safeStorage = strict('safeStorage', {
  getSelectedStorageBackend: () => (world.ready ? 'gnome_libsecret' : 'unknown'),
  isAsyncEncryptionAvailable: async () => world.ready,
  encryptStringAsync: async (text: string) => {
    needsReady('safeStorage')
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', keyring, nonce)
    const secret = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), secret])
  },
  decryptStringAsync: async (sealed: Buffer) => {
    needsReady('safeStorage')
    const decipher = createDecipheriv('aes-256-gcm', keyring, sealed.subarray(0, 12))
    decipher.setAuthTag(sealed.subarray(12, 28))
    const result = decipher.update(sealed.subarray(28), undefined, 'utf8') + decipher.final('utf8')
    return { shouldReEncrypt: false, result }
  },
})

const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } }

export const screen = strict('screen', {
  getPrimaryDisplay: () => {
    needsReady('screen')
    return display
  },
  getAllDisplays: () => [display],
})

export const dialog = strict('dialog', {
  showErrorBox: (title: string, text: string) => void world.errors.push(`${title}: ${text}`),
})

export const MessageChannelMain = Channel
export const BrowserWindow = StandInWindow
