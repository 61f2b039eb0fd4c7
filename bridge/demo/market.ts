import type { Random } from '../../shared/runtime/ports.ts'
import { type Driver, drivers, type Factor, type Instrument, SecurityType } from './instruments.ts'
import { correlated, deviation, midFromLogs } from './price-history.ts'
import {
  between,
  chance,
  createRandom,
  cumulate,
  exponential,
  int,
  normal,
  type Seed,
  weighted,
} from './random.ts'

/** A jump in one driver or in all that hang on a factor. */
export type News = { readonly at: number; readonly topic: string; readonly direction: 1 | -1 }

/** Prices of the demo: a correlated walk of the drivers, and quotes around them. Times are server-local ms. */
export type Market = {
  /** Moves the drivers over (from, to] and answers the news that broke in it. */
  advance: (from: number, to: number) => News | null
  /** The quiet moment between two days: prices open somewhat elsewhere, spreads wide. */
  gap: () => void
  /** Theoretical mid of symbol `i` at a part (0…1) of the last advance. */
  mid: (i: number, part: number) => number
  /** Spread of symbol `i` now, in price units before rounding. */
  spread: (i: number, at: number) => number
  /** Index of the symbol that ticks next, busy ones more often. */
  nextSymbol: () => number
  /** Ticks per second relative to the average, by hour of day. */
  pace: (at: number) => number
  readonly random: Random
}

/** A market that never sleeps: even at the quietest hour this part of the activity is left. */
const FLOOR = 0.35
/** Livelier than the real one by this much, so that a minute's watching shows something. */
const LIVELINESS = 1.8
const NEWS_MEAN_MS = 100_000
const FIRST_NEWS_MS = [15_000, 60_000] as const
/** A gap is as large as what usually happens in this time. */
const GAP_SECONDS = 300
/** Half life of the pull back to the level of the start; keeps a demo that runs for weeks in sight of it. */
const PULL_MS = 3 * 86_400_000
const SPREAD_DECAY_MS = 12_000
/** Volatility clusters: its logarithm wanders with this deviation and forgets in this time. */
const CLUSTER = 0.5
const CLUSTER_SECONDS = 600

const bump = (hour: number, centre: number, width: number): number => {
  const away = Math.abs(((hour - centre + 36) % 24) - 12)
  return Math.exp(-((away / width) ** 2))
}

/** Activity of a driver by hour of day (UTC): Asia about 2:00, London about 9:00, New York about 15:00. */
export const activity = (day: Driver['day'], utcHour: number): number =>
  FLOOR + day[0] * bump(utcHour, 2, 4) + day[1] * bump(utcHour, 9, 4) + day[2] * bump(utcHour, 15, 4)

const factorNames: readonly Factor[] = ['dollar', 'stocks', 'oil', 'crypto']

export const createMarket = (
  seed: Seed,
  instruments: readonly Instrument[],
  start: Float64Array,
  startMs: number,
  serverTimeOffset: number,
): Market => {
  const random = createRandom(seed, 'market')
  const last = start.slice()
  const now = start.slice()
  /** Logarithm of the volatility's present multiplier, by driver. */
  const cluster = new Float64Array(drivers.length)
  /** Widening of spreads after news, by driver; decays. */
  const shock = new Float64Array(drivers.length)
  let shockAt = startMs
  let nextNews = startMs + between(random, ...FIRST_NEWS_MS)
  const cumulative = cumulate(instruments.map((instrument) => instrument.weight))
  const legs = instruments.map((instrument) => {
    const index = (name: string): number => drivers.findIndex((driver) => driver.name === name)
    return [index(instrument.over), index(instrument.under)].filter((d) => d >= 0)
  })
  const utcHour = (at: number): number => ((at / 1000 - serverTimeOffset) / 3600) % 24

  const breakNews = (at: number): News => {
    const direction = chance(random, 0.5) ? 1 : -1
    const wide = chance(random, 0.4)
    const factor = factorNames[int(random, 3)] as Factor
    const single = int(random, drivers.length)
    const size = 6 + Math.min(40, 4 / (1 - random()) ** 0.7)
    drivers.forEach((driver, d) => {
      if (wide ? driver.factor !== factor : d !== single) return
      const share = wide ? driver.beta * between(random, 0.7, 1.3) : 1
      now[d] = (now[d] as number) + direction * share * size * deviation(driver, 1)
      shock[d] = Math.min(6, (shock[d] as number) + between(random, 1.5, 4))
      cluster[d] = Math.min(1.4, (cluster[d] as number) + 0.5)
    })
    return { at, topic: wide ? factor : (drivers[single] as Driver).name, direction }
  }

  const advance = (from: number, to: number): News | null => {
    const seconds = (to - from) / 1000
    const hour = utcHour(to)
    const commons = factorNames.map(() => normal(random))
    const calming = Math.exp(-seconds / CLUSTER_SECONDS)
    const fade = Math.exp(-(to - shockAt) / SPREAD_DECAY_MS)
    shockAt = to
    drivers.forEach((driver, d) => {
      const wander = cluster[d] as number
      cluster[d] = wander * calming + CLUSTER * Math.sqrt(1 - calming * calming) * normal(random)
      const sigma =
        deviation(driver, seconds) * LIVELINESS * Math.sqrt(activity(driver.day, hour)) * Math.exp(wander)
      const common = commons[factorNames.indexOf(driver.factor)] as number
      const before = now[d] as number
      last[d] = before
      const pull = ((start[d] as number) - before) * (1 - 2 ** (-(to - from) / PULL_MS))
      now[d] = before + pull + sigma * correlated(driver, common, normal(random))
      shock[d] = (shock[d] as number) * fade
    })
    if (to < nextNews) return null
    nextNews = to + Math.max(20_000, exponential(random, NEWS_MEAN_MS))
    return breakNews(to)
  }

  const gap = (): void => {
    drivers.forEach((driver, d) => {
      now[d] = (now[d] as number) + deviation(driver, GAP_SECONDS) * normal(random)
      last[d] = now[d]
      shock[d] = Math.max(1, shock[d] as number)
    })
  }

  const spread = (i: number, at: number): number => {
    const instrument = instruments[i] as Instrument
    const hour = utcHour(at)
    let shocked = 0
    let busy = 0
    for (const d of legs[i] as number[]) {
      shocked = Math.max(shocked, shock[d] as number)
      busy = Math.max(busy, activity((drivers[d] as Driver).day, hour))
    }
    const thin = busy < 0.8 ? 1.3 : 1
    const minuteOfDay = (at / 60_000) % 1440
    const rollover =
      instrument.type !== SecurityType.CRYPTO && (minuteOfDay >= 1435 || minuteOfDay < 10) ? 2.5 : 1
    return (instrument.spread * thin * rollover * (1 + shocked)) / 10 ** instrument.digits
  }

  return {
    advance,
    gap,
    mid: (i, part) =>
      midFromLogs(
        instruments[i] as Instrument,
        (d) => (last[d] as number) + part * ((now[d] as number) - (last[d] as number)),
      ),
    spread,
    nextSymbol: () => weighted(random, cumulative),
    pace: (at) => 0.75 + 0.35 * bump(utcHour(at), 8, 5) + 0.4 * bump(utcHour(at), 14, 5),
    random,
  }
}
