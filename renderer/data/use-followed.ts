import { use, useEffect, useEffectEvent, useState } from 'react'
import { systemTimers } from '../../shared/runtime/ports.ts'
import { useDesk } from './desk-context.ts'
import { followStream } from './follow-stream.ts'
import { PanelVisibleContext } from './panel-visible.ts'

export type Followed<T> = { readonly value: T | null; readonly error: string | null }

/** The newest of a stream of the desk, over every reconnect; another `key` starts blank. A hidden panel follows nothing. */
export const useFollowed = <T>(
  key: string,
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
): Followed<T> => {
  const { client } = useDesk()
  const visible = use(PanelVisibleContext)
  const [held, setHeld] = useState<Followed<T> & { key: string }>({ key, value: null, error: null })
  const openNow = useEffectEvent(open)

  useEffect(() => {
    if (!visible) return
    return followStream({
      client,
      timers: systemTimers,
      open: (signal) => openNow(signal),
      take: (value: T) => setHeld({ key, value, error: null }),
      fail: (error) => setHeld((before) => ({ key, value: before.key === key ? before.value : null, error })),
    })
  }, [client, visible, key])

  return held.key === key ? held : { value: null, error: null }
}
