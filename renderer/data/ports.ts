/**
 * How a window gets its channel to the desk in Electron; the other half is `preload/`.
 *
 * 1. The page calls `window.deskline.requestPorts()`. It may do so again at any time: the desk then ends the session
 *    of the ports before and starts a new one.
 * 2. The preload asks the host for a pair of ports and hands them to the page with
 *    `window.postMessage(PORTS_MESSAGE, location.origin, [rpc, frames])`.
 * 3. The page takes `event.ports[0]` (rpc) and `event.ports[1]` (frames) of the first `message` event whose source is
 *    its own window and whose data is `PORTS_MESSAGE`, and starts both.
 *
 * On `rpc` go oRPC messages (as `@orpc/client/message-port` posts them). On `frames` every message is
 * the ArrayBuffer of one whole frame (shared/wire): views towards the page, VIEW_ACK towards the desk.
 */
export { PORTS_MESSAGE } from '../../shared/api/ports.ts'

/** What the preload exposes on `window`. */
export type DesklineBridge = {
  readonly version: string
  readonly requestPorts: () => void
}

declare global {
  // Global augmentation needs an interface: it merges with the DOM's own.
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Window {
    readonly deskline?: DesklineBridge
  }
}

/**
 * The browser's channel is one WebSocket to `/ws` of the page's origin. The first message is the text
 * `{"token":"…"}`; after it text messages are oRPC (`@orpc/server/ws`), binary ones are frames. The token stands in
 * the fragment of the address the host prints (`#token=…`), which browsers do not send to any server.
 */
export const WEBSOCKET_PATH = '/ws'

/** Close codes after which the page does not try again by itself: the token was wrong or the origin refused. */
export const REFUSED_CLOSE_CODES: readonly number[] = [1008, 4401, 4403]
