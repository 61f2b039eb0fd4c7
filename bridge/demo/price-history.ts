import { avalanche, mixWord } from '../../shared/wire/checksum.ts'
import { type Driver, drivers, type Factor, type Instrument } from './instruments.ts'
import { createRandom, hashWords, normal, type Seed } from './random.ts'

/** Seconds a year in which volatility is counted (252 days of 24 hours). */
const YEAR_SECONDS = 252 * 86_400
const HOUR = 3600
const MINUTES = 60
/** Hours of minute paths kept; about 10 MB. */
const CACHED_HOURS = 20_000

const factors: readonly Factor[] = ['dollar', 'stocks', 'oil', 'crypto']

/** Standard deviation of a driver's logarithm over a time. */
export const deviation = (driver: Driver, seconds: number): number =>
  driver.volatility * Math.sqrt(seconds / YEAR_SECONDS)

/** Independent and common part of one shock. */
export const correlated = (driver: Driver, common: number, own: number): number =>
  driver.beta * common + Math.sqrt(1 - driver.beta * driver.beta) * own

/** Open, high, low, close of the mid price in one minute. */
type MinuteBar = { open: number; high: number; low: number; close: number }

/**
 * Prices before the demo began: an hourly walk per driver, backwards from the level at the start, and inside each
 * hour a bridge of sixty minutes that meets both ends. Everything derives from the seed, so any minute can be asked for
 * at any time, and crosses agree with their majors.
 */
export type PriceHistory = {
  /** Server-local seconds of the first and behind the last minute known. */
  readonly from: number
  readonly to: number
  /** Mid price of a symbol at the beginning of the minute that holds `at` (server-local seconds, clamped to the range). */
  mid: (instrument: Instrument, at: number) => number
  /** Logarithm of a driver at the beginning of that minute. */
  log: (driverIndex: number, at: number) => number
  bar: (instrument: Instrument, minuteStart: number) => MinuteBar
}

const driverIndex = new Map(drivers.map((driver, i) => [driver.name, i]))
/** Index of the driver; -1 for USD and for "not divided". */
export const driverOf = (name: string): number => driverIndex.get(name) ?? -1

/** Mid price from the logarithms of the drivers. USD counts as 1. */
export const midFromLogs = (instrument: Instrument, log: (driver: number) => number): number => {
  const over = driverOf(instrument.over)
  const under = driverOf(instrument.under)
  return Math.exp((over < 0 ? 0 : log(over)) - (under < 0 ? 0 : log(under)))
}

/** Where the drivers stand when the demo starts: their level, moved a little by the seed. */
export const startLogs = (seed: Seed): Float64Array => {
  const random = createRandom(seed, 'levels')
  return Float64Array.from(
    drivers,
    (driver) => Math.log(driver.level) + normal(random) * 0.25 * driver.volatility,
  )
}

/** How far a minute reached beyond its ends, from a hash: an exponential draw without a generator of its own. */
const wick = (word: number): number => -Math.log(1 - avalanche(word) / 4294967296)

/** @param lastPart how much of the last hour has passed, 0…1: its walk is that much shorter */
const hourlyLogs = (seed: Seed, start: Float64Array, hours: number, lastPart: number): Float64Array[] => {
  const commons = new Map(
    factors.map((factor) => {
      const random = createRandom(seed, 'factor-hours', factor)
      return [factor, Float64Array.from({ length: hours }, () => normal(random))]
    }),
  )
  return drivers.map((driver, d) => {
    const random = createRandom(seed, 'driver-hours', driver.name)
    const common = commons.get(driver.factor) as Float64Array
    const sigma = deviation(driver, HOUR)
    const logs = new Float64Array(hours + 1)
    let log = start[d] as number
    logs[hours] = log
    for (let h = hours - 1; h >= 0; h--) {
      const part = h === hours - 1 ? Math.sqrt(lastPart) : 1
      log -= part * sigma * correlated(driver, common[h] as number, normal(random))
      logs[h] = log
    }
    return logs
  })
}

/**
 * @param start logarithms at the start, one a driver
 * @param startSeconds server-local seconds of the start; history ends with the minute before
 */
export const createPriceHistory = (
  seed: Seed,
  start: Float64Array,
  startSeconds: number,
  days: number,
): PriceHistory => {
  const to = startSeconds - (startSeconds % 60)
  const lastHour = Math.floor((to - 60) / HOUR)
  const hours = Math.max(1, days) * 24 + 1
  const firstHour = lastHour - hours + 1
  const minutesInLast = (to - lastHour * HOUR) / 60
  const logs = hourlyLogs(seed, start, hours, minutesInLast / MINUTES)
  const paths = new Map<number, Float64Array>()

  /** Logarithms at the 61 minute marks of an hour; in the last hour the mark of the start meets the starting level. */
  const path = (d: number, hour: number): Float64Array => {
    const key = hour * drivers.length + d
    const known = paths.get(key)
    if (known) return known
    const driver = drivers[d] as Driver
    const steps = hour === hours - 1 ? minutesInLast : MINUTES
    const random = createRandom(seed, 'minutes', d, firstHour + hour)
    const sigma = deviation(driver, 60)
    const marks = new Float64Array(MINUTES + 1)
    for (let m = 1; m <= steps; m++) marks[m] = (marks[m - 1] as number) + sigma * normal(random)
    const from = logs[d]?.[hour] as number
    const slope = ((logs[d]?.[hour + 1] as number) - from - (marks[steps] as number)) / steps
    for (let m = 0; m <= MINUTES; m++)
      marks[m] = from + (m > steps ? (marks[steps] as number) - from : (marks[m] as number) + slope * m)
    if (paths.size >= CACHED_HOURS) paths.clear()
    paths.set(key, marks)
    return marks
  }

  const wickWords = new Map<string, number>()
  const wickWord = (symbol: string): number => {
    const known = wickWords.get(symbol)
    if (known !== undefined) return known
    const word = hashWords(seed, 'wicks', symbol)
    wickWords.set(symbol, word)
    return word
  }

  const from = firstHour * HOUR
  const logAt = (d: number, minute: number): number => {
    const hour = Math.min(hours - 1, Math.max(0, Math.floor(minute / MINUTES) - firstHour))
    const mark = Math.min(MINUTES, Math.max(0, minute - (firstHour + hour) * MINUTES))
    return path(d, hour)[mark] as number
  }
  const midAt = (instrument: Instrument, minute: number): number =>
    midFromLogs(instrument, (d) => logAt(d, minute))

  return {
    from,
    to,
    mid: (instrument, at) => midAt(instrument, Math.floor(at / 60)),
    log: (d, at) => logAt(d, Math.floor(at / 60)),
    bar: (instrument, minuteStart) => {
      const minute = Math.floor(minuteStart / 60)
      const open = midAt(instrument, minute)
      const close = midAt(instrument, minute + 1)
      const over = drivers[Math.max(0, driverOf(instrument.over))] as Driver
      const reach = open * deviation(over, 60) * 0.6
      const word = mixWord(wickWord(instrument.symbol), minute)
      return {
        open,
        close,
        high: Math.max(open, close) + wick(word) * reach,
        low: Math.min(open, close) - wick(~word) * reach,
      }
    },
  }
}
