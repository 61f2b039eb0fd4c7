import { use, useEffect, useEffectEvent, useState } from 'react'
import { applyPage, type Page } from '../../shared/api/pages.ts'
import { systemTimers } from '../../shared/runtime/ports.ts'
import { useDesk } from './desk-context.ts'
import { followStream } from './follow-stream.ts'
import { PanelVisibleContext } from './panel-visible.ts'

export type PageState<R> = {
  readonly rows: readonly R[]
  /** Documents in the whole list. */
  readonly total: number
  /** Nothing of this list has come yet. */
  readonly loading: boolean
  readonly error: string | null
}

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
  const [held, setHeld] = useState<{ list: string; rows: R[]; total: number } | null>(null)
  const [failed, setFailed] = useState<{ list: string; error: string } | null>(null)
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
        setHeld((before) => ({ list, rows: applyPage(before?.rows ?? [], page), total: page.total }))
      },
      fail: (error) => setFailed({ list, error }),
    })
  }, [client, visible, list, asked])

  const own = held?.list === list ? held : null
  return {
    rows: own?.rows ?? [],
    total: own?.total ?? 0,
    loading: list !== null && own === null && failed?.list !== list,
    error: failed?.list === list ? failed.error : null,
  }
}
