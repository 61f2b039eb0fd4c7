import { useCallback, useEffect, useState } from 'react'
import { useDesk } from '../../data/desk-context.ts'
import { errorText } from '../../data/error-text.ts'
import { useLinkFact } from '../../data/link-store.ts'
import { barsOf } from './bars.ts'
import type { Bar, Period } from './roll-bar.ts'

/** Bars a chart is opened with. */
const COUNT = 500

export type History =
  | { readonly state: 'loading' }
  | { readonly state: 'error'; readonly error: string }
  | { readonly state: 'loaded'; readonly key: string; readonly bars: readonly Bar[]; readonly digits: number }

/** Bars of a symbol; asked for again after a reconnect, and by `reload`. Old bars stay while new ones are asked for. */
export const useBars = (
  symbol: string | null,
  period: Period,
): { readonly history: History; readonly reload: () => void } => {
  const { api } = useDesk().client
  const connection = useLinkFact((link) => link.window.connection)
  const synced = useLinkFact((link) => link.status?.link.liveSince ?? 0)
  const [turn, setTurn] = useState(0)
  const [history, setHistory] = useState<History>({ state: 'loading' })
  const key = `${symbol}/${period}`

  useEffect(() => {
    if (symbol === null) return
    let left = false
    const load = async (): Promise<void> => {
      try {
        const { digits, ...columns } = await api.chart.bars({ symbol, period, count: COUNT })
        if (!left) setHistory({ state: 'loaded', key, digits, bars: barsOf({ digits, ...columns }) })
      } catch (error) {
        if (left) return
        const failed: History = { state: 'error', error: errorText(error) }
        setHistory((now) => (now.state === 'loaded' && now.key === key ? now : failed))
      }
    }
    void load()
    return () => {
      left = true
    }
    // A new connection, a book that became live again and `reload` all mean: the bars may have moved on.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [api, symbol, period, key, connection, synced, turn])

  const shown: History = history.state === 'loaded' && history.key !== key ? { state: 'loading' } : history
  return { history: shown, reload: useCallback(() => setTurn((n) => n + 1), []) }
}
