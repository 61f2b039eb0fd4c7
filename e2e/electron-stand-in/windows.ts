import { EventEmitter } from 'node:events'
import { type MessagePortMain, type PagePort } from './ports.ts'
import { strict } from './strict.ts'
import { appEvents, needsReady, world } from './world.ts'

export type Frame = { url: string; parent: Frame | null; detached: boolean }

type OpenHandler = (details: { url: string }) => { action: string }

/** What the main process sees of a page. `toPage` is the page's side of `postMessage`. */
export class WebContents extends EventEmitter {
  readonly mainFrame: Frame = { url: '', parent: null, detached: false }
  openHandler: OpenHandler | null = null
  destroyed = false
  /** Messages posted to the page. */
  posted = 0
  toPage: (channel: string, message: unknown, ports: PagePort[]) => void = () => {}
  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler
  }
  isDestroyed(): boolean {
    return this.destroyed
  }
  postMessage(channel: string, message: unknown, transfer: readonly MessagePortMain[] = []): void {
    this.posted += 1
    this.toPage(
      channel,
      structuredClone(message),
      transfer.map((port) => port.forPage()),
    )
  }
}

export type Bounds = { x: number; y: number; width: number; height: number }

class Window extends EventEmitter {
  static readonly all: Window[] = []
  readonly contents = new WebContents()
  readonly webContents = strict('WebContents', this.contents)
  readonly options: Record<string, unknown>
  shown = false
  maximized = false
  constructor(options: Record<string, unknown>) {
    super()
    needsReady('BrowserWindow')
    this.options = options
    Window.all.push(this)
    appEvents.emit('web-contents-created', {}, this.webContents)
  }
  async loadURL(url: string): Promise<void> {
    const handler = world.handlers.get(new URL(url).protocol.replace(':', ''))
    if (handler === undefined) throw new Error(`no protocol handler for ${url}`)
    const answer = await handler(new Request(url))
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`)
    this.contents.mainFrame.url = url
    this.emit('ready-to-show')
  }
  show(): void {
    this.shown = true
  }
  focus(): void {
    this.shown = true
  }
  isMinimized(): boolean {
    return false
  }
  maximize(): void {
    this.maximized = true
  }
  isMaximized(): boolean {
    return this.maximized
  }
  getNormalBounds(): Bounds {
    const { x, y, width, height } = this.options as Bounds
    return { x, y, width, height }
  }
  close(): void {
    this.emit('close', {})
    Window.all.splice(Window.all.indexOf(this), 1)
    this.contents.destroyed = true
    this.contents.emit('destroyed')
    this.emit('closed')
    if (Window.all.length === 0) appEvents.emit('window-all-closed')
  }
}

export const windows = Window.all

/** The constructor the app gets: its windows and its statics are strict. */
export const BrowserWindow = new Proxy(Window, {
  construct: (target, [options]) => strict('BrowserWindow', new target(options)),
  get: (_, key) => {
    if (key === 'getAllWindows') return () => [...Window.all]
    if (typeof key === 'symbol' || key === 'prototype') return Reflect.get(Window, key)
    throw new TypeError(`electron.BrowserWindow.${key} is not part of the stand-in`)
  },
})
