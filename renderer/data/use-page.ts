import { use, useEffect, useEffectEvent, useState } from 'react'
import type { Page } from '../../shared/api/pages.ts'
import { systemTimers } from '../../shared/runtime/ports.ts'
import { useDesk } from './desk-context.ts'
import { followStream } from './follow-stream.ts'
import { type FailedPage, type HeldPage, holdPage, type PageState, pageState } from './held-page.ts'
import { PanelVisibleContext } from './panel-visible.ts'

/**
 * A slice of a list of documents, followed over every reconnect; a hidden panel follows nothing. Another `slice` of the
 * same `list` keeps the rows on screen until its own have come; another `list` starts blank. Null: follows nothing.
 */
export const usePage = <R extends { id: string }>(
  list: string | null,
  slice: string,
  open: (signal: AbortSignal) => Promise<AsyncIterable<Page<R>>>,
): PageState<R> => {
  const { client } = useDesk()
  const visible = use(PanelVisibleContext)
  const [held, setHeld] = useState<HeldPage<R> | null>(null)
  const [failed, setFailed] = useState<FailedPage | null>(null)
  const openNow = useEffectEvent(open)

  const asked = list === null ? null : `${list}/${slice}`
  useEffect(() => {
    if (list === null || asked === null || !visible) return
    return followStream({
      client,
      timers: systemTimers,
      open: (signal) => openNow(signal),
      take: (page: Page<R>) => {
        setFailed(null)
        setHeld((before) => holdPage(before, list, page))
      },
      fail: (error) => setFailed({ list, error }),
    })
  }, [client, visible, list, asked])

  return pageState(list, held, failed)
}
