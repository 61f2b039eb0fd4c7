import type { LinkStatus } from '../../shared/api/models.ts'
import type { Clock, Log, Timers } from '../../shared/runtime/ports.ts'

export type StatusBoard = {
  /** Something worth showing may have changed. */
  changed: (phase: LinkStatus['phase']) => void
  on: (fn: (status: LinkStatus) => void) => () => void
  close: () => void
}

/** Tells listeners at once when the phase changes and at most every `everyMs` otherwise. */
export const createStatusBoard = (
  read: () => LinkStatus,
  { clock, timers, log, everyMs }: { clock: Clock; timers: Timers; log: Log; everyMs: number },
): StatusBoard => {
  const listeners = new Set<(status: LinkStatus) => void>()
  let phase: LinkStatus['phase'] = 'idle'
  let toldAt = -Infinity
  let timer: unknown

  const tell = (status: LinkStatus): void => {
    if (timer !== undefined) timers.clearTimeout(timer)
    timer = undefined
    phase = status.phase
    toldAt = clock.now()
    for (const listener of listeners) {
      try {
        listener(status)
      } catch (error) {
        log.error({ err: error }, 'a listener of the link status failed')
      }
    }
  }

  return {
    changed: (now) => {
      if (timer !== undefined && now === phase) return
      const since = Math.abs(clock.now() - toldAt)
      if (now !== phase || since >= everyMs) tell(read())
      else timer ??= timers.setTimeout(() => tell(read()), everyMs - since)
    },
    on: (fn) => {
      listeners.add(fn)
      return () => {
        listeners.delete(fn)
      }
    },
    close: () => {
      if (timer !== undefined) timers.clearTimeout(timer)
      timer = undefined
      listeners.clear()
    },
  }
}
