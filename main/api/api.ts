import type { Log } from '../../shared/runtime/ports.ts'
import type { ApiContext } from './context.ts'
import { createRouter, type DeskRouter } from './router.ts'
import type { Services } from './services.ts'
import { createViewHub, type FrameChannel } from './view-hub.ts'
import { createWindowState } from './window-state.ts'

/** One window connected to the desk. */
export type WindowSession = {
  /** Pass it to the oRPC handler of the transport. */
  readonly context: ApiContext
  /** The window is gone: its views are closed. */
  readonly close: () => void
}

export type Api = {
  readonly router: DeskRouter
  readonly openWindow: (frames: FrameChannel, user: string, origin: string) => WindowSession
}

/** The desk's side of every window: one router, one session a window. */
export const createApi = (services: Services, trustedOrigins: readonly string[], log: Log): Api => {
  const hub = createViewHub(services.book, log)
  return {
    router: createRouter(services, trustedOrigins),
    openWindow: (frames, user, origin) => {
      const views = hub.connect(frames)
      return { context: { window: createWindowState(views, user, origin) }, close: views.closeAll }
    },
  }
}
