import { ReplayError } from './replay-error.ts'

/** One bar of an MT4 history file. `time` is server-local seconds; prices are bids. */
export type HstBar = { time: number; open: number; high: number; low: number; close: number }

export type Hst = { symbol: string; period: number; digits: number; bars: HstBar[] }

const HEADER = 148

/**
 * Reads an MT4 `.hst` file, version 400 (44-byte bars, order open low high close) or 401 (60-byte bars, order open
 * high low close). An incomplete last bar is left out.
 * @throws ReplayError NOT_HST
 */
export const parseHst = (bytes: Uint8Array): Hst => {
  if (bytes.byteLength < HEADER) throw new ReplayError('NOT_HST', `${bytes.byteLength} bytes`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const version = view.getInt32(0, true)
  if (version !== 400 && version !== 401) throw new ReplayError('NOT_HST', `version ${version}`)
  const name = bytes.subarray(68, 80)
  const end = name.indexOf(0)
  const symbol = new TextDecoder('latin1').decode(name.subarray(0, end < 0 ? 12 : end))
  const size = version === 400 ? 44 : 60
  const bars: HstBar[] = []
  for (let at = HEADER; at + size <= bytes.byteLength; at += size) {
    const price = (nth: number): number => view.getFloat64(at + (version === 400 ? 4 : 8) + nth * 8, true)
    const [open, second, third, close] = [price(0), price(1), price(2), price(3)]
    const bar = {
      time: view.getInt32(at, true),
      open,
      high: version === 400 ? third : second,
      low: version === 400 ? second : third,
      close,
    }
    if (!(bar.low > 0 && bar.high >= bar.low && Number.isFinite(bar.high)))
      throw new ReplayError('NOT_HST', `bar ${bars.length} has no sane prices`)
    bars.push(bar)
  }
  return { symbol, period: view.getInt32(80, true), digits: view.getInt32(84, true), bars }
}
