/**
 * An async iterator over pushed values for event streams. What was not yet taken is folded by `merge`, so a slow
 * window never makes the desk hold more than one pending value. Ends when `signal` aborts.
 */
export const pushed = async function* <T>(
  subscribe: (push: (value: T) => void) => () => void,
  merge: (waiting: T, next: T) => T,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void, void> {
  let waiting: { value: T } | null = null
  let wake: (() => void) | null = null
  const rouse = (): void => {
    wake?.()
    wake = null
  }
  const unsubscribe = subscribe((value) => {
    waiting = { value: waiting === null ? value : merge(waiting.value, value) }
    rouse()
  })
  signal?.addEventListener('abort', rouse, { once: true })
  const ended = (): boolean => signal?.aborted === true
  try {
    while (!ended()) {
      const ready = waiting as { value: T } | null
      if (ready !== null) {
        waiting = null
        yield ready.value
      } else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
  } finally {
    unsubscribe()
    signal?.removeEventListener('abort', rouse)
  }
}
