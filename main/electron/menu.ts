import { Menu, type MenuItemConstructorOptions } from 'electron'

/** Small: the desk has its own palette. Copy and paste need the Edit roles on macOS. */
export const setMenu = (platform: NodeJS.Platform, openWindow: () => void): void => {
  const file: MenuItemConstructorOptions = {
    label: 'File',
    submenu: [
      { label: 'New window', accelerator: 'CmdOrCtrl+Shift+N', click: openWindow },
      { type: 'separator' },
      { role: 'close' },
      ...(platform === 'darwin' ? [] : [{ role: 'quit' } as const]),
    ],
  }
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      { role: 'reload' },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  }
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
      file,
      { role: 'editMenu' },
      view,
      ...(platform === 'darwin' ? [{ role: 'windowMenu' } as const] : []),
    ]),
  )
}
