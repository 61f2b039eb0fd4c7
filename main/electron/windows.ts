import { BrowserWindow, screen } from 'electron'
import { APP_PAGE } from './app-origin.ts'
import type { BoundsFile } from './bounds-file.ts'
import { type Bounds, placeWindow } from './window-bounds.ts'
import { windowOptions } from './window-options.ts'

/** Windows opened beside others step down by this, so that one does not hide the other. */
const STEP = 32

const workAreas = (): [Bounds, ...Bounds[]] => {
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id)
  return [primary.workArea, ...others.map((display) => display.workArea)]
}

export type Windows = {
  readonly open: () => void
  /** Brings a window to the front, or opens one. */
  readonly show: () => void
}

/** Windows of the desk: all alike, the last one closed is remembered. */
export const createWindows = (preload: string, place: BoundsFile): Windows => {
  const open = (): void => {
    const remembered = place.read()
    const shift = BrowserWindow.getAllWindows().length * STEP
    const from = remembered && {
      ...remembered.bounds,
      x: remembered.bounds.x + shift,
      y: remembered.bounds.y + shift,
    }
    const window = new BrowserWindow(windowOptions(preload, placeWindow(from, workAreas())))
    window.once('ready-to-show', () => {
      if (remembered?.maximized && shift === 0) window.maximize()
      window.show()
    })
    window.on('close', () => place.write(window.getNormalBounds(), window.isMaximized()))
    // A page that does not load shows as an empty window; the reason is logged by the page's guard.
    window.loadURL(APP_PAGE).catch(() => window.show())
  }
  return {
    open,
    show: () => {
      const window = BrowserWindow.getAllWindows()[0]
      if (window === undefined) return open()
      if (window.isMinimized()) window.restore()
      window.focus()
    },
  }
}
