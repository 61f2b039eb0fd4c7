import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

const subscribe = (fn: () => void): (() => void) => {
  listeners.add(fn)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const listener of listeners) listener()
  }, 1000)
  return () => {
    listeners.delete(fn)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** UTC ms of this machine, renewed once a second with one timer for the whole window. */
export const useSecond = (): number => useSyncExternalStore(subscribe, () => now)
