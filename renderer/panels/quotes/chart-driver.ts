import {
  type CandlestickData,
  CandlestickSeries,
  ColorType,
  CrosshairMode,
  createChart,
  LineStyle,
  type UTCTimestamp,
} from 'lightweight-charts'
import type { Bar } from './roll-bar.ts'

export type QuoteChart = {
  /** Replaces all candles. `fresh`: another symbol or period, so show the newest; else the view stays where it is. */
  readonly setBars: (bars: readonly Bar[], digits: number, fresh: boolean) => void
  /** The last candle, grown or new. */
  readonly update: (bar: Bar) => void
  readonly setAsk: (ask: number) => void
  readonly close: () => void
}

/** Bars shown at first; more are to the left. */
const FIRST_BARS = 120
/** Room to the right of the last bar, in bars. */
const ROOM = 4

const candle = (bar: Bar): CandlestickData => ({ ...bar, time: bar.time as UTCTimestamp })

const tokensOf = (element: HTMLElement): ((name: string) => string) => {
  const style = getComputedStyle(element)
  return (name) => style.getPropertyValue(name).trim()
}

/** Candles with bid and ask lines inside `host`, in the window's tokens; follows its size and its theme. */
export const createQuoteChart = (host: HTMLElement, onPoint: (bar: Bar | null) => void): QuoteChart => {
  const chart = createChart(host, {
    autoSize: true,
    crosshair: { mode: CrosshairMode.Normal },
    timeScale: { timeVisible: true, secondsVisible: false, rightOffset: ROOM, borderVisible: false },
    rightPriceScale: { borderVisible: false },
  })
  const series = chart.addSeries(CandlestickSeries, { priceLineStyle: LineStyle.Solid, title: 'bid' })
  const ask = series.createPriceLine({
    price: 0,
    lineWidth: 1,
    lineStyle: LineStyle.Dashed,
    axisLabelVisible: true,
    lineVisible: false,
    title: 'ask',
  })

  const paint = (): void => {
    const token = tokensOf(host)
    chart.applyOptions({
      layout: {
        background: { type: ColorType.Solid, color: token('--surface') },
        textColor: token('--text-muted'),
        fontFamily: getComputedStyle(host).fontFamily,
        fontSize: 11,
        panes: { separatorColor: token('--line') },
      },
      grid: { vertLines: { color: token('--line') }, horzLines: { color: token('--line') } },
      crosshair: {
        vertLine: { color: token('--line-strong'), labelBackgroundColor: token('--accent-fill') },
        horzLine: { color: token('--line-strong'), labelBackgroundColor: token('--accent-fill') },
      },
    })
    series.applyOptions({
      upColor: token('--gain'),
      borderUpColor: token('--gain'),
      wickUpColor: token('--gain'),
      // Hollow against filled: a falling bar is told from a rising one without colour too.
      downColor: token('--surface'),
      borderDownColor: token('--loss'),
      wickDownColor: token('--loss'),
      priceLineColor: token('--accent'),
    })
    ask.applyOptions({
      color: token('--text-muted'),
      axisLabelColor: token('--surface-hover'),
      axisLabelTextColor: token('--text'),
    })
  }
  paint()
  const theme = new MutationObserver(paint)
  theme.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] })

  chart.subscribeCrosshairMove(({ seriesData }) => {
    const data = seriesData.get(series)
    onPoint(data && 'open' in data ? { ...data, time: Number(data.time) } : null)
  })

  return {
    setBars: (bars, digits, fresh) => {
      series.applyOptions({
        priceFormat: { type: 'price', precision: digits, minMove: 10 ** -digits },
      })
      series.setData(bars.map(candle))
      if (!fresh) return
      ask.applyOptions({ lineVisible: false, axisLabelVisible: false })
      chart.timeScale().setVisibleLogicalRange({ from: bars.length - FIRST_BARS, to: bars.length + ROOM })
      chart.priceScale('right').applyOptions({ autoScale: true })
    },
    update: (bar) => series.update(candle(bar)),
    setAsk: (price) => {
      const known = price > 0
      ask.applyOptions({ lineVisible: known, axisLabelVisible: known, ...(known ? { price } : {}) })
    },
    close: () => {
      theme.disconnect()
      chart.remove()
    },
  }
}
