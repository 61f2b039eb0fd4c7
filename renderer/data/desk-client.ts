import { type ClientContext, type ClientLink, createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import type { DeskContract } from '../../shared/api/contract.ts'
import type { Clock, Random, Timers } from '../../shared/runtime/ports.ts'
import { errorText } from './error-text.ts'

/** The desk's procedures, typed by the contract. */
export type DeskApi = ContractRouterClient<DeskContract>

type Context = ClientContext

/** One live channel pair to the desk: calls and binary frames. */
export type Channel = {
  readonly link: ClientLink<Context>
  readonly sendFrame: (frame: Uint8Array<ArrayBuffer>) => void
}

export type TransportEvents = {
  readonly onOpen: (channel: Channel) => void
  readonly onFrame: (bytes: Uint8Array<ArrayBuffer>) => void
  /** Comes once. `refused`: trying again by itself would not help. */
  readonly onClosed: (reason: string, refused: boolean) => void
}

/** Opens one channel pair; `close` ends it without calling back. */
export type Transport = (events: TransportEvents) => { readonly close: () => void }

/** Between this window and the desk (not between desk and bridge: that is `LinkStatus`). */
export type WindowState = {
  readonly phase: 'connecting' | 'open' | 'waiting' | 'refused'
  /** Plain words for `waiting` and `refused`. */
  readonly detail: string
  /** Grows with every connection that opened; whatever was opened under a smaller number is gone. */
  readonly connection: number
  /** UTC ms of the next attempt while `waiting`; else 0. */
  readonly nextAttempt: number
}

export type FrameChannel = {
  readonly send: (frame: Uint8Array<ArrayBuffer>) => void
  readonly onFrame: (fn: (bytes: Uint8Array<ArrayBuffer>) => void) => () => void
}

export type DeskClient = {
  /** Rejects with `DeskUnreachable` while the window has no connection. Nothing is queued. */
  readonly api: DeskApi
  readonly frames: FrameChannel
  readonly state: () => WindowState
  readonly onState: (fn: (state: WindowState) => void) => () => void
  /** Tries now instead of waiting. */
  readonly retry: () => void
  readonly close: () => void
}

/** The window has no connection to its desk. Nothing was sent. */
export class DeskUnreachable extends Error {
  override readonly name = 'DeskUnreachable'
  constructor() {
    super('This window has no connection to the desk. Nothing was sent; it reconnects by itself.')
  }
}

export type DeskClientOptions = {
  readonly transport: Transport
  /** Runs on every new connection before it counts as open: takes up the session. Fails: the connection is dropped. */
  readonly greet: (api: DeskApi) => Promise<void>
  readonly clock: Clock
  readonly timers: Timers
  readonly random: Random
}

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 5000

/** Wait before attempt `attempt` (from 1): doubling from 250 ms to 5 s, with jitter of ±25 %. */
export const reconnectWait = (attempt: number, random: Random): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1)) * (0.75 + random() * 0.5)

/** A client that keeps one connection to the desk alive and reconnects by itself. */
export const createDeskClient = (options: DeskClientOptions): DeskClient => {
  const stateListeners = new Set<(state: WindowState) => void>()
  const frameListeners = new Set<(bytes: Uint8Array<ArrayBuffer>) => void>()
  let state: WindowState = { phase: 'connecting', detail: '', connection: 0, nextAttempt: 0 }
  let channel: Channel | undefined
  let transport: { close: () => void } | undefined
  let timer: unknown
  let attempt = 0
  let closed = false

  const set = (next: Partial<WindowState>): void => {
    state = { ...state, detail: '', nextAttempt: 0, ...next }
    for (const fn of stateListeners) fn(state)
  }

  const open = (): void => {
    if (closed) return
    set({ phase: 'connecting' })
    transport = options.transport({
      onOpen: (opened) => {
        channel = opened
        void greet(opened)
      },
      onFrame: (bytes) => {
        for (const fn of frameListeners) fn(bytes)
      },
      onClosed: lost,
    })
  }

  const lost = (detail: string, refused: boolean): void => {
    channel = undefined
    if (closed) return
    if (refused) return set({ phase: 'refused', detail })
    attempt += 1
    const wait = reconnectWait(attempt, options.random)
    timer = options.timers.setTimeout(open, wait)
    set({ phase: 'waiting', detail, nextAttempt: options.clock.now() + wait })
  }

  const greet = async (opened: Channel): Promise<void> => {
    try {
      await options.greet(api)
    } catch (error) {
      if (channel !== opened) return
      transport?.close()
      return lost(errorText(error), false)
    }
    if (channel !== opened) return
    attempt = 0
    set({ phase: 'open', connection: state.connection + 1 })
  }

  const link: ClientLink<Context> = {
    call: (path, input, callOptions) => {
      if (!channel) return Promise.reject(new DeskUnreachable())
      return channel.link.call(path, input, callOptions)
    },
  }

  const api = createORPCClient<DeskApi>(link)
  open()
  return {
    api,
    frames: {
      send: (frame) => channel?.sendFrame(frame),
      onFrame: (fn) => {
        frameListeners.add(fn)
        return () => frameListeners.delete(fn)
      },
    },
    state: () => state,
    onState: (fn) => {
      stateListeners.add(fn)
      return () => stateListeners.delete(fn)
    },
    retry: () => {
      if (state.phase === 'open' || state.phase === 'connecting') return
      options.timers.clearTimeout(timer)
      open()
    },
    close: () => {
      closed = true
      options.timers.clearTimeout(timer)
      transport?.close()
      channel = undefined
    },
  }
}
