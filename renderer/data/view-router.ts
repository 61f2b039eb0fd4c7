import { WireError } from '../../shared/wire/errors.ts'
import { emptyFrame, type FrameHeader, FrameType, openFrame } from '../../shared/wire/header.ts'
import type { DeskClient } from './desk-client.ts'

export type ViewFrame = { readonly header: FrameHeader; readonly frame: Uint8Array<ArrayBuffer> }

export type ViewRouter = {
  /** Frames of this view go to `fn`; those that came before their view was claimed are handed over at once. */
  readonly claim: (viewId: number, fn: (frame: ViewFrame) => void) => () => void
  readonly ack: (viewId: number, n: number) => void
  /** Frames that could not be opened since the start, and the last fault. */
  readonly refused: () => { readonly count: number; readonly last: string }
  readonly close: () => void
}

/** Views, and frames of each, that are kept while the answer to `views.open` is still on its way. */
const MAX_EARLY = 32
const MAX_EARLY_FRAMES = 8

/**
 * Shares the window's frame channel out among its views. The desk never uses a number twice on one connection; on the
 * next one they may mean other views, so everything is forgotten when a connection is lost.
 */
export const createViewRouter = ({ frames, onState }: Pick<DeskClient, 'frames' | 'onState'>): ViewRouter => {
  const claims = new Map<number, (frame: ViewFrame) => void>()
  const early = new Map<number, ViewFrame[]>()
  const left = new Set<number>()
  let count = 0
  let last = ''

  const take = (bytes: Uint8Array<ArrayBuffer>): void => {
    let opened: ViewFrame
    try {
      opened = openFrame(bytes)
    } catch (error) {
      count += 1
      last = error instanceof WireError ? error.message : String(error)
      return
    }
    if (opened.header.type !== FrameType.VIEW) return
    const fn = claims.get(opened.header.scope)
    if (fn) return fn(opened)
    if (left.has(opened.header.scope)) return
    const waiting = early.get(opened.header.scope) ?? []
    waiting.push(opened)
    early.set(opened.header.scope, waiting.slice(-MAX_EARLY_FRAMES))
    if (early.size > MAX_EARLY) {
      const [oldest] = early.keys()
      if (oldest !== undefined) early.delete(oldest)
    }
  }

  const forget = (): void => {
    claims.clear()
    early.clear()
    left.clear()
  }

  const stopFrames = frames.onFrame(take)
  const stopStates = onState(({ phase }) => {
    if (phase !== 'open') forget()
  })
  return {
    claim: (viewId, fn) => {
      claims.set(viewId, fn)
      const waiting = early.get(viewId) ?? []
      early.delete(viewId)
      for (const frame of waiting) fn(frame)
      return () => {
        if (claims.get(viewId) !== fn) return
        claims.delete(viewId)
        left.add(viewId)
      }
    },
    ack: (viewId, n) => {
      const header = { type: FrameType.VIEW_ACK, stream: 0, n, scope: viewId, first: 0, rows: 0, flags: 0 }
      frames.send(emptyFrame(header))
    },
    refused: () => ({ count, last }),
    close: () => {
      stopFrames()
      stopStates()
      forget()
    },
  }
}
