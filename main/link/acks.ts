import type { Timers } from '../../shared/runtime/ports.ts'

export type AckOptions = {
  timers: Timers
  /** Longest wait before what was applied is acknowledged. */
  ackMs: number
  window: { frames: number; bytes: number }
  send: (followId: number, n: number) => void
}

export type Acks = {
  /** Starts over for a new follow; 0 = none. */
  follow: (followId: number) => void
  /** Frames up to `n`, of so many bytes together, are applied. */
  applied: (n: number, bytes: number) => void
  /** Last number acknowledged in this follow. */
  sent: () => number
  close: () => void
}

/**
 * Acknowledgements are cumulative, so many frames share one: it goes out after `ackMs`, or as soon as half of the
 * window is applied, so that the bridge never stands still for want of one.
 */
export const createAcks = ({ timers, ackMs, window, send }: AckOptions): Acks => {
  let followId = 0
  let acked = 0
  let applied = 0
  let bytes = 0
  let timer: unknown

  const stop = (): void => {
    if (timer !== undefined) timers.clearTimeout(timer)
    timer = undefined
  }

  const flush = (): void => {
    stop()
    bytes = 0
    if (applied === acked) return
    acked = applied
    send(followId, acked)
  }

  return {
    follow: (id) => {
      stop()
      followId = id
      acked = 0
      applied = 0
      bytes = 0
    },
    applied: (n, more) => {
      if (followId === 0 || n <= applied) return
      applied = n
      bytes += more
      if ((applied - acked) * 2 >= window.frames || bytes * 2 >= window.bytes) flush()
      else timer ??= timers.setTimeout(flush, ackMs)
    },
    sent: () => acked,
    close: stop,
  }
}
