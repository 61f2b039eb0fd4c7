import { readFileSync } from 'node:fs'
import { createContext, runInContext } from 'node:vm'
import { ipcEvents } from './electron.ts'
import type { PagePort } from './ports.ts'
import { strict } from './strict.ts'
import type { Frame, WebContents } from './windows.ts'

type Exposed = Record<string, unknown>

/** A page as its preload and its own scripts see it. */
export type Page = {
  readonly window: EventTarget & { readonly location: URL }
  /** What the preload put on `window`. */
  readonly exposed: Readonly<Record<string, Exposed>>
  /** Modules the preload asked for. */
  readonly required: readonly string[]
}

/** Functions and plain values cross the bridge; anything else would hand the page more than it was meant to get. */
const bridged = (api: Exposed): Exposed => {
  for (const [key, value] of Object.entries(api))
    if (!['function', 'string', 'number', 'boolean'].includes(typeof value))
      throw new TypeError(`contextBridge: ${key} is a ${typeof value}`)
  return Object.freeze({ ...api })
}

/**
 * Runs the built preload the way a sandboxed renderer does: one CommonJS script that can require `electron` and has
 * neither Node's globals nor its modules.
 */
export const openPage = (contents: WebContents, preload: string, frame: Frame = contents.mainFrame): Page => {
  const exposed: Record<string, Exposed> = {}
  const required: string[] = []
  const location = new URL(frame.url === '' ? 'app://deskline/' : frame.url)
  const origin = `${location.protocol}//${location.host}`
  const window = Object.assign(new EventTarget(), { location })

  const electron = strict('renderer', {
    contextBridge: strict('contextBridge', {
      exposeInMainWorld: (key: string, api: Exposed) => {
        exposed[key] = bridged(api)
      },
    }),
    ipcRenderer: strict('ipcRenderer', {
      send: (channel: string, ...args: unknown[]) => {
        ipcEvents.emit(channel, { sender: contents, senderFrame: frame }, ...args)
      },
      on: (channel: string, fn: (event: { ports: PagePort[] }, message: unknown) => void) => {
        contents.toPage = (to, message, ports) => {
          if (to === channel) fn({ ports }, message)
        }
      },
    }),
  })

  const context = createContext({
    module: { exports: {} },
    exports: {},
    require: (name: string) => {
      required.push(name)
      if (name === 'electron') return electron
      throw new Error(`module not found: ${name}`)
    },
    window: {
      location: { origin, href: location.href },
      postMessage: (data: unknown, target: string, ports: PagePort[]) => {
        if (target !== origin) return
        const event = Object.assign(new Event('message'), { data, ports, source: window, origin })
        queueMicrotask(() => window.dispatchEvent(event))
      },
    },
  })
  runInContext(readFileSync(preload, 'utf8'), context, { filename: 'preload/index.cjs' })
  return { window, exposed, required }
}
