import type { SharedFrame } from './shared-frame.ts'

/** Frames that are made once, each by whoever needs it first, and had by all: everybody reads from the beginning. */
export type FrameList = Iterable<SharedFrame> & {
  /** Makes the next frame; false: that was all. Throws what making one threw, then and ever after. */
  readonly grow: () => boolean
  /** Of the frames so far. */
  readonly bytes: () => number
  /** A frame could not be made: no more will come. */
  readonly broken: () => boolean
}

export const createFrameList = (frames: Iterable<SharedFrame>): FrameList => {
  /** Let go at the end, with all it holds of the world. */
  let source: Iterator<SharedFrame> | undefined = frames[Symbol.iterator]()
  const made: SharedFrame[] = []
  let bytes = 0
  let fault: { readonly error: unknown } | undefined

  const grow = (): boolean => {
    // A generator that threw says that it is done: that must not look like the end.
    if (fault) throw fault.error
    if (!source) return false
    try {
      const { value, done } = source.next()
      if (done === true) {
        source = undefined
        return false
      }
      made.push(value)
      bytes += value.body.byteLength
      return true
    } catch (error) {
      fault = { error }
      source = undefined
      throw error
    }
  }

  return {
    grow,
    bytes: () => bytes,
    broken: () => fault !== undefined,
    *[Symbol.iterator]() {
      for (let i = 0; i < made.length || grow(); i++) yield made[i] as SharedFrame
    },
  }
}
