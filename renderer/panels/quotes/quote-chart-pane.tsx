import { useEffect, useMemo } from 'react'
import { useViewFacts, useViewStore } from '../../data/use-view.ts'
import { usePacedSnapshot } from '../../ui/grid/paced-snapshot.ts'
import { periods } from './periods.ts'
import type { Period } from './roll-bar.ts'
import { useBars } from './use-bars.ts'
import { useQuoteChart } from './use-quote-chart.ts'

export type QuoteChartPaneProps = {
  /** Symbol to show; null: the first of the market watch. */
  readonly wanted: string | null
  readonly pinned: boolean
  readonly onPin: () => void
  readonly period: Period
  readonly onPeriod: (period: Period) => void
  /** Tells which symbol is shown. */
  readonly onSymbol: (symbol: string | null) => void
}

const PACE = 8

/** The live chart of one symbol with its period buttons, legend and own states. */
export const QuoteChartPane = (props: QuoteChartPaneProps) => {
  const { wanted, pinned, period, onSymbol } = props
  const filter = useMemo(() => (wanted === null ? {} : { symbol: wanted }), [wanted])
  const store = useViewStore({
    kind: 'quotes',
    filter,
    sort: { column: 'symbol', descending: false },
    from: 0,
    count: 1,
    pace: PACE,
    hold: false,
  })
  const snapshot = usePacedSnapshot(store)
  const { status } = useViewFacts(snapshot)
  const first = snapshot.data?.columns.symbol[0] ?? null
  const symbol = wanted ?? first
  const { history, reload } = useBars(symbol, period)
  const { attach, legend } = useQuoteChart({ symbol, period, history, store, reload })

  useEffect(() => onSymbol(symbol), [symbol, onSymbol])

  const message =
    symbol === null
      ? 'Choose a symbol to see its chart.'
      : history.state === 'loading'
        ? `Loading ${symbol}…`
        : history.state === 'loaded' && history.bars.length === 0
          ? `${symbol} has no bars in this period yet. The first tick starts one.`
          : ''
  return (
    <section className="quote-chart" aria-label={`Chart ${symbol ?? ''}`} data-status={status}>
      <div className="quote-chart-head">
        <strong>{symbol ?? '–'}</strong>
        <div className="quote-periods" role="group" aria-label="Period">
          {periods.map(({ minutes, label }, i) => (
            <button
              key={label}
              type="button"
              aria-pressed={minutes === period}
              title={`Key ${i + 1}`}
              onClick={() => props.onPeriod(minutes)}
            >
              {label}
            </button>
          ))}
        </div>
        <button
          type="button"
          className="grid-chip"
          aria-pressed={pinned}
          title={pinned ? 'Follow the selection again' : 'Stay with this symbol'}
          onClick={props.onPin}
        >
          {pinned ? 'Pinned' : 'Pin'}
        </button>
        {(status === 'offline' || status === 'stale') && (
          <span className="quote-still">{status}, not moving</span>
        )}
      </div>
      <div className="quote-chart-place">
        <div className="quote-chart-canvas" ref={attach} />
        <output className="quote-legend" ref={legend} />
        {message && <p className="quote-message muted">{message}</p>}
        {history.state === 'error' && (
          <div className="quote-message" role="alert">
            <p>The bars could not be loaded. {history.error}</p>
            <button type="button" className="button" onClick={reload}>
              Try again
            </button>
          </div>
        )}
      </div>
    </section>
  )
}
