import type { Timers } from '../../shared/runtime/ports.ts'
import type { DeskClient } from './desk-client.ts'
import { errorText } from './error-text.ts'

/** Wait before a stream that failed on a working connection is asked for again. */
const RETRY_MS = 1000

export type StreamOptions<T> = {
  readonly client: DeskClient
  readonly timers: Timers
  readonly open: (signal: AbortSignal) => Promise<AsyncIterable<T>>
  readonly take: (event: T) => void
  readonly fail: (error: string) => void
}

/** Follows an event stream of the desk over every reconnect. Answers the end of it. */
export const followStream = <T>({ client, timers, open, take, fail }: StreamOptions<T>): (() => void) => {
  let connection = 0
  let turn = new AbortController()
  let timer: unknown
  let closed = false

  const run = async (signal: AbortSignal): Promise<void> => {
    try {
      for await (const event of await open(signal)) {
        if (signal.aborted) return
        take(event)
      }
    } catch (error) {
      // A lost connection is told by the window's state; only what fails on a working one is told here.
      if (!signal.aborted && client.state().phase === 'open') fail(errorText(error))
    }
    if (!signal.aborted && client.state().phase === 'open') timer = timers.setTimeout(restart, RETRY_MS)
  }

  const restart = (): void => {
    timers.clearTimeout(timer)
    turn.abort()
    if (closed) return
    turn = new AbortController()
    void run(turn.signal)
  }

  const follow = (): void => {
    const state = client.state()
    if (state.phase !== 'open' || state.connection === connection) return
    connection = state.connection
    restart()
  }

  const unfollow = client.onState(follow)
  follow()
  return () => {
    closed = true
    unfollow()
    restart()
  }
}
