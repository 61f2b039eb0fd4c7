import { ReplayError } from './replay-error.ts'

/** Ticks of one symbol or many in columns; `time` in server-local ms (as far as the file tells), never decreasing. */
export type TickColumns = {
  symbols: string[]
  symbol: Uint16Array
  time: Float64Array
  bid: Float64Array
  ask: Float64Array
}

type Reader = (fields: string[]) => { symbol: string; time: number; bid: number; ask: number } | null

const seconds = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`)
const dayFirst = /^(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d(?:\.\d+)?)$/u
const monthFirst = /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d:\d\d:\d\d(?:\.\d+)?)$/u

/**
 * Knows a tick file by its first line: a whole market watch (`seq,server_time,symbol,bid,ask`), a day
 * (`ms of day,bid,ask`, the date from the file's name), or a vendor's day (`date time,ask,bid` or `…,bid,ask`).
 */
const readerFor = (
  firstLine: string,
  fileSymbol: string,
  dayStart: number,
): { reader: Reader; skip: number } | null => {
  if (firstLine.startsWith('seq,server_time,symbol,bid,ask'))
    return {
      skip: 1,
      reader: (f) => ({
        symbol: f[2] ?? '',
        time: seconds(f[1] ?? ''),
        bid: Number(f[3]),
        ask: Number(f[4]),
      }),
    }
  if (firstLine.startsWith('Time,Ask,Bid'))
    return {
      skip: 1,
      reader: (f) => {
        const m = dayFirst.exec(f[0] ?? '')
        return (
          m && {
            symbol: fileSymbol,
            time: Date.parse(`${m[3]}-${m[2]}-${m[1]}T${m[4]}Z`),
            bid: Number(f[2]),
            ask: Number(f[1]),
          }
        )
      },
    }
  const fields = firstLine.split(',')
  if (fields.length === 3 && monthFirst.test(fields[0] ?? ''))
    return {
      skip: 0,
      reader: (f) => {
        const m = monthFirst.exec(f[0] ?? '')
        return (
          m && {
            symbol: fileSymbol,
            time: Date.parse(`${m[3]}-${m[1]}-${m[2]}T${m[4]}Z`),
            bid: Number(f[1]),
            ask: Number(f[2]),
          }
        )
      },
    }
  if (fields.length === 3 && /^\d+$/u.test(fields[0] ?? '') && dayStart > 0)
    return {
      skip: 0,
      reader: (f) => ({
        symbol: fileSymbol,
        time: dayStart + Number(f[0]),
        bid: Number(f[1]),
        ask: Number(f[2]),
      }),
    }
  return null
}

/** Symbol and day that a file's name tells: `eurusd_20140507_quote`, `CADJPY_20120501`. */
export const nameFacts = (fileName: string): { symbol: string; dayStart: number } => {
  const m = /^(?<a>[a-z]{6})[^a-z\d]?(?<d>\d{8})|^(?<d2>\d{8})_(?<a2>[a-z]{6})/iu.exec(fileName)
  const day = m?.groups?.['d'] ?? m?.groups?.['d2'] ?? ''
  const symbol = (m?.groups?.['a'] ?? m?.groups?.['a2'] ?? '').toUpperCase()
  const dayStart =
    day === '' ? 0 : Date.parse(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T00:00:00Z`)
  return { symbol, dayStart: Number.isNaN(dayStart) ? 0 : dayStart }
}

/**
 * Reads a tick file. Lines that are no tick (a broken price or time) are left out and counted; crossed quotes
 * (ask < bid) are real and stay. Times never go back: a late tick takes the time of the one before.
 * @throws ReplayError NOT_TICKS when the first line is of no known kind or nothing could be read
 */
export const parseTicks = (text: string, fileName: string): { ticks: TickColumns; skipped: number } => {
  const facts = nameFacts(fileName)
  const firstLine = text.slice(0, text.indexOf('\n')).trim()
  const kind = readerFor(firstLine, facts.symbol, facts.dayStart)
  if (kind === null) throw new ReplayError('NOT_TICKS', `${fileName} starts with "${firstLine.slice(0, 60)}"`)
  const lines = text.split('\n')
  const index = new Map<string, number>()
  const symbol: number[] = []
  const time: number[] = []
  const bid: number[] = []
  const ask: number[] = []
  let skipped = 0
  let last = 0
  for (let i = kind.skip; i < lines.length; i++) {
    const line = (lines[i] as string).trim()
    if (line === '') continue
    const tick = kind.reader(line.split(','))
    if (
      tick === null ||
      !(tick.bid > 0) ||
      !(tick.ask > 0) ||
      !Number.isFinite(tick.time) ||
      tick.symbol === ''
    ) {
      skipped += 1
      continue
    }
    let at = index.get(tick.symbol)
    if (at === undefined) {
      at = index.size
      index.set(tick.symbol, at)
    }
    last = Math.max(last, tick.time)
    symbol.push(at)
    time.push(last)
    bid.push(tick.bid)
    ask.push(tick.ask)
  }
  if (symbol.length === 0) throw new ReplayError('NOT_TICKS', `${fileName} holds no tick`)
  return {
    ticks: {
      symbols: [...index.keys()],
      symbol: Uint16Array.from(symbol),
      time: Float64Array.from(time),
      bid: Float64Array.from(bid),
      ask: Float64Array.from(ask),
    },
    skipped,
  }
}
