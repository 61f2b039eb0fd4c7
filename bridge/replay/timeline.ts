import type { TickFile } from './tick-files.ts'

/** A market to play: ticks of all its symbols in order; `at` is ms since its beginning with the long silences cut out. */
export type Timeline = {
  readonly symbols: readonly string[]
  readonly symbol: Uint16Array
  readonly at: Float64Array
  readonly bid: Float64Array
  readonly ask: Float64Array
  /** Length in ms. */
  readonly length: number
}

/** Files further apart than this belong to different sessions. */
const SESSION_GAP = 4 * 86_400_000
/** A silence longer than this is cut to `CUT_TO`: nights and weekends pass in a second. */
const SILENCE = 60_000
const CUT_TO = 1000

/** Files whose times lie close together, the group with the most ticks. Prices of different years never meet. */
export const busiestSession = (files: readonly TickFile[]): TickFile[] => {
  const spans = files
    .map((file) => ({ file, from: file.ticks.time[0] as number, to: file.ticks.time.at(-1) as number }))
    .sort((a, b) => a.from - b.from)
  const sessions: { files: TickFile[]; to: number; ticks: number }[] = []
  for (const { file, from, to } of spans) {
    const last = sessions.at(-1)
    if (last !== undefined && from - last.to <= SESSION_GAP) {
      last.files.push(file)
      last.to = Math.max(last.to, to)
      last.ticks += file.ticks.time.length
    } else sessions.push({ files: [file], to, ticks: file.ticks.time.length })
  }
  return sessions.reduce((best, s) => (s.ticks > best.ticks ? s : best)).files
}

/** Merges files into one timeline, by time and, within one moment, in the files' own order. */
export const buildTimeline = (files: readonly TickFile[]): Timeline => {
  const index = new Map<string, number>()
  for (const { ticks } of files)
    for (const name of ticks.symbols) if (!index.has(name)) index.set(name, index.size)
  const total = files.reduce((n, f) => n + f.ticks.time.length, 0)
  const order = new Uint32Array(total)
  const fileOf = new Uint16Array(total)
  const rowOf = new Uint32Array(total)
  const time = new Float64Array(total)
  let n = 0
  files.forEach(({ ticks }, f) => {
    for (let i = 0; i < ticks.time.length; i++, n++) {
      order[n] = n
      fileOf[n] = f
      rowOf[n] = i
      time[n] = ticks.time[i] as number
    }
  })
  order.sort((a, b) => (time[a] as number) - (time[b] as number) || a - b)
  const out = {
    symbol: new Uint16Array(total),
    at: new Float64Array(total),
    bid: new Float64Array(total),
    ask: new Float64Array(total),
  }
  let at = 0
  let before = time[order[0] as number] as number
  for (let k = 0; k < total; k++) {
    const from = order[k] as number
    const { ticks } = files[fileOf[from] as number] as TickFile
    const row = rowOf[from] as number
    const silence = (time[from] as number) - before
    before = time[from] as number
    at += silence > SILENCE ? CUT_TO : silence
    out.at[k] = at
    out.symbol[k] = index.get(ticks.symbols[ticks.symbol[row] as number] as string) as number
    out.bid[k] = ticks.bid[row] as number
    out.ask[k] = ticks.ask[row] as number
  }
  return { symbols: [...index.keys()], ...out, length: at + CUT_TO }
}
