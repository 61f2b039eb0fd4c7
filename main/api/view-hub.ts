import type { ViewSpec } from '../../shared/api/views.ts'
import type { Log } from '../../shared/runtime/ports.ts'
import { WireError } from '../../shared/wire/errors.ts'
import { FrameType, openFrame } from '../../shared/wire/header.ts'
import type { Book } from '../book/types.ts'

/** The binary side of a window: view frames out, acknowledgements in. Implemented by the hosts. */
export type FrameChannel = {
  readonly send: (frame: Uint8Array<ArrayBuffer>) => void
  readonly onFrame: (fn: (bytes: Uint8Array) => void) => void
}

export type WindowViews = {
  open: (spec: ViewSpec) => number
  change: (viewId: number, spec: ViewSpec) => boolean
  close: (viewId: number) => boolean
  closeAll: () => void
}

export type ViewHub = { readonly connect: (frames: FrameChannel) => WindowViews }

type ViewBook = Pick<Book, 'openView' | 'changeView' | 'closeView' | 'ackView' | 'onViewFrame'>

/** Views one window may hold open; more is a leak in the window. */
const MAX_VIEWS = 64

/** A window asked for more views than a working one ever has; those it has go on. */
export class TooManyViews extends Error {
  override readonly name = 'TooManyViews'
  constructor(limit: number) {
    super(`A window may hold ${limit} views open; close some first.`)
  }
}

/** Gives each view of each window a number of its own and carries its frames and acknowledgements. */
export const createViewHub = (book: ViewBook, log: Log): ViewHub => {
  const owners = new Map<number, FrameChannel>()
  let lastId = 0
  book.onViewFrame((viewId, frame) => owners.get(viewId)?.send(frame))
  return {
    connect: (frames) => {
      const mine = new Set<number>()
      frames.onFrame((bytes) => {
        try {
          const { header } = openFrame(bytes)
          if (header.type === FrameType.VIEW_ACK && mine.has(header.scope))
            book.ackView(header.scope, header.n)
        } catch (error) {
          if (!(error instanceof WireError)) throw error
          log.warn({ fault: error.fault }, 'a frame from a window was refused')
        }
      })
      const close = (viewId: number): boolean => {
        if (!mine.delete(viewId)) return false
        owners.delete(viewId)
        book.closeView(viewId)
        return true
      }
      return {
        open: (spec) => {
          if (mine.size >= MAX_VIEWS) throw new TooManyViews(MAX_VIEWS)
          lastId += 1
          mine.add(lastId)
          owners.set(lastId, frames)
          book.openView(lastId, spec)
          return lastId
        },
        change: (viewId, spec) => {
          if (!mine.has(viewId)) return false
          book.changeView(viewId, spec)
          return true
        },
        close,
        closeAll: () => {
          for (const viewId of mine) close(viewId)
        },
      }
    },
  }
}
