import { type RefCallback, type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import type { ViewStore } from '../../data/view-store.ts'
import { legendOf, withLive } from './bars.ts'
import { createQuoteChart, type QuoteChart } from './chart-driver.ts'
import { type Bar, type Period, rollBar } from './roll-bar.ts'
import type { History } from './use-bars.ts'

export type QuoteChartInput = {
  readonly symbol: string | null
  readonly period: Period
  readonly history: History
  readonly store: ViewStore<'quotes'> | null
  readonly reload: () => void
}

/** Puts bars and live quotes of one symbol on a chart. The legend is written without rendering. */
export const useQuoteChart = ({
  symbol,
  period,
  history,
  store,
  reload,
}: QuoteChartInput): {
  readonly attach: RefCallback<HTMLElement>
  readonly legend: RefObject<HTMLOutputElement | null>
} => {
  const [chart, setChart] = useState<QuoteChart | null>(null)
  const legend = useRef<HTMLOutputElement>(null)
  const pointed = useRef<Bar | null>(null)
  const last = useRef<Bar | null>(null)
  const digits = useRef(5)
  /** Symbol and period of the bars on the chart. */
  const shown = useRef('')

  const writeLegend = useCallback((): void => {
    if (legend.current) legend.current.textContent = legendOf(pointed.current ?? last.current, digits.current)
  }, [])

  const attach = useCallback(
    (element: HTMLElement) => {
      const made = createQuoteChart(element, (bar) => {
        pointed.current = bar
        writeLegend()
      })
      setChart(made)
      return () => {
        setChart(null)
        made.close()
      }
    },
    [writeLegend],
  )

  useEffect(() => {
    if (!chart) return
    if (history.state !== 'loaded') {
      shown.current = ''
      last.current = null
      chart.setBars([], digits.current, true)
    } else {
      const same = shown.current === history.key
      const bars = withLive(history.bars, same ? last.current : null)
      shown.current = history.key
      last.current = bars.at(-1) ?? null
      digits.current = history.digits
      chart.setBars(bars, history.digits, !same)
    }
    writeLegend()
  }, [chart, history, writeLegend])

  useEffect(() => {
    if (!chart || !store || history.state !== 'loaded') return
    const take = (): void => {
      const { data } = store.get()
      const row = data?.columns.symbol.indexOf(symbol ?? '') ?? -1
      if (!data || row < 0) return
      const { bid, ask, time } = data.columns
      chart.setAsk(ask[row] ?? 0)
      const rolled = rollBar(last.current, bid[row] ?? 0, time[row] ?? 0, period)
      if (rolled.kind === 'none') return
      last.current = rolled.bar
      chart.update(rolled.bar)
      writeLegend()
      // Ticks between two frames may have reached further than what was drawn: the closed bar comes from the desk.
      if (rolled.kind === 'opened') reload()
    }
    take()
    return store.subscribe(take)
  }, [chart, store, symbol, period, history.state, reload, writeLegend])

  return { attach, legend }
}
