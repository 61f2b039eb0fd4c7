import { EventEmitter } from 'node:events'

export type ProtocolHandler = (request: Request) => Promise<Response>

/** What the app did to the stand-in: the driver reads it and plays the page and the person. */
export const world = {
  ready: false,
  schemes: [] as { scheme: string; privileges: Record<string, boolean> }[],
  handlers: new Map<string, ProtocolHandler>(),
  permissionRequest: null as
    | ((contents: unknown, permission: string, decide: (ok: boolean) => void) => void)
    | null,
  permissionCheck: null as (() => boolean) | null,
  devicePermission: null as (() => boolean) | null,
  opened: [] as string[],
  paths: new Map<string, string>(),
  sandboxed: false,
  menus: 0,
  errors: [] as string[],
}

/** Throws as Electron does when something is used before the app is ready. */
export const needsReady = (what: string): void => {
  if (!world.ready) throw new Error(`${what} can only be used after the app is ready`)
}

/** An Electron event whose default can be prevented. */
export const preventable = <T extends object>(facts: T) => {
  const event = {
    ...facts,
    defaultPrevented: false,
    preventDefault: (): void => {
      event.defaultPrevented = true
    },
  }
  return event
}

export const appEvents = new EventEmitter()
