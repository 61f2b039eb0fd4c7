import type { Session, WebContents } from 'electron'
import type { Log } from '../../shared/runtime/ports.ts'
import { isAppAddress } from './app-origin.ts'
import { externalAddress } from './external-address.ts'

/** The desk's windows need no camera, place, notification or device; Electron grants all unless told otherwise. */
export const denyPermissions = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
}

/** A window stays on our page, opens no other, and hands only telephone and mail addresses to the system. */
export const guardContents = (
  contents: WebContents,
  openExternal: (address: string) => Promise<void>,
  log: Log,
): void => {
  const leave = (address: string): void => {
    const external = externalAddress(address)
    if (external === null) log.warn({ scheme: URL.parse(address)?.protocol }, 'an address was not opened')
    else
      openExternal(external).catch((error: unknown) =>
        log.warn({ error: String(error) }, 'the system could not open an address'),
      )
  }
  contents.setWindowOpenHandler(({ url }) => {
    leave(url)
    return { action: 'deny' }
  })
  // Comes for every frame, the main one included, and before `will-navigate`.
  contents.on('will-frame-navigate', (event) => {
    if (isAppAddress(event.url)) return
    event.preventDefault()
    if (event.isMainFrame) leave(event.url)
  })
  contents.on('will-navigate', (event) => {
    if (!isAppAddress(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isAppAddress(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
}
