import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { currencyDigits, roundTo } from '../../../shared/money/rounding.ts'
import { MarginType } from '../../../shared/mt4/enums.ts'
import { marginLevelOf } from './account.ts'
import { stopOutMark } from './lifecycle/comments.ts'
import { splitCharges } from './lifecycle/split-charges.ts'

/**
 * What real MT4 trades say about splits, swaps and marks. Skipped where the data are not at hand. Profits, balances and
 * margins of whole statements are proven with the statement reader (main/statements).
 */
const folder = path.join(import.meta.dirname, '../../../../shared/data/statements')

const haveStatements = existsSync(folder)
if (!haveStatements)
  console.log('notice: tests on real statements were skipped: the data folder is not there')

/** A BUY or SELL row as printed; numbers NaN where the cell holds none. */
type StatementTrade = {
  readonly file: string
  /** Deposit currency. */
  readonly deposit: string
  readonly ticket: string
  readonly comment: string
  readonly sell: boolean
  /** 1/100 lot. */
  readonly volume: number
  readonly item: string
  readonly openTime: string
  readonly openPrice: number
  /** Empty while open. */
  readonly closeTime: string
  readonly commission: number
  readonly swap: number
}

const number = (text = ''): number => (text === '' ? Number.NaN : Number(text.replaceAll(' ', '')))

const tradesOf = (file: string): StatementTrade[] => {
  const text = readFileSync(path.join(folder, file), 'latin1')
  const deposit = /Currency:\s*([A-Z]{3})/.exec(text)?.[1] ?? ''
  return [...text.matchAll(/<tr[^>]*>.*?<\/tr>/gs)].flatMap(([row]) => {
    const cells = [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map((m) => (m[1] as string).trim())
    const [ticket = '', openTime = '', side, size, item = '', open, , , closed = ''] = cells
    if (cells.length < 14 || (side !== 'buy' && side !== 'sell')) return []
    return [
      {
        file,
        deposit,
        ticket,
        comment: /title="([^"]*)"/.exec(row)?.[1] ?? '',
        sell: side === 'sell',
        volume: Math.round(number(size) * 100),
        item,
        openTime,
        openPrice: number(open),
        closeTime: /^\d{4}/u.test(closed) ? closed : '',
        commission: number(cells[10]),
        swap: number(cells[12]),
      },
    ]
  })
}

const statementTrades = (): StatementTrade[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.htm'))
    .flatMap(tradesOf)

const trades = haveStatements ? statementTrades() : []
const closed = trades.filter((t) => t.closeTime !== '')
/** What was closed in part with what stayed open of it, where both are in the file. */
const partialCloses = (): [part: StatementTrade, rest: StatementTrade][] => {
  const byTicket = new Map(trades.map((t) => [`${t.file} ${t.ticket}`, t]))
  return closed.flatMap((part) => {
    const ticket = /to #(\d+)/.exec(part.comment)?.[1]
    const rest = ticket && byTicket.get(`${part.file} ${ticket}`)
    return rest ? [[part, rest] as [StatementTrade, StatementTrade]] : []
  })
}

const day = (time: string): string => time.slice(0, 10)

describe.skipIf(!haveStatements)('partial closes', () => {
  const pairs = partialCloses()
  /** Where the rest was not closed in parts again, its charges are what the first close left. */
  const whole = pairs.filter(([, rest]) => !rest.comment.includes('to #'))

  it('keep open price and time, and name each other', () => {
    expect(pairs.length).toBeGreaterThan(200)
    for (const [part, rest] of pairs) {
      expect([rest.openPrice, rest.openTime]).toEqual([part.openPrice, part.openTime])
      expect(rest.comment.includes(`from #${part.ticket}`) || rest.comment.includes('to #')).toBe(true)
    }
  })

  it.each(['commission', 'swap'] as const)(
    'split %s by volume, the rest keeping what rounding leaves',
    (name) => {
      const told = whole.filter(([part, rest]) => {
        const sameNights = name === 'commission' || day(part.closeTime) === day(rest.closeTime)
        return sameNights && Number.isFinite(part[name] + rest[name]) && part[name] + rest[name] !== 0
      })
      expect(told.length).toBeGreaterThan(10)
      for (const [part, rest] of told) {
        const digits = currencyDigits(part.deposit)
        const all = roundTo(part[name] + rest[name], digits)
        const charges = { commission: all, storage: all, taxes: all }
        const split = splitCharges(charges, part.volume, part.volume + rest.volume, digits)
        expect([split.closed.storage, split.rest.storage]).toEqual([part[name], rest[name]])
      }
    },
  )
})

const dayNumber = (time: string): number =>
  Date.UTC(Number(time.slice(0, 4)), Number(time.slice(5, 7)) - 1, Number(time.slice(8, 10))) / 86_400_000
const WEDNESDAY = 3
/** Monday of the week of 1970-01-01 was three days before it. */
const weekOf = (days: number): number => Math.floor((days + 3) / 7)

describe.skipIf(!haveStatements)('triple swaps', () => {
  it('of a yen account are the sum of three days rounded once, not three times a rounded day (U11)', () => {
    const nights = new Map<string, { single: Set<number>; triple: Set<number> }>()
    for (const t of closed) {
      const opened = dayNumber(t.openTime)
      if (t.deposit !== 'JPY' || dayNumber(t.closeTime) - opened !== 1 || !Number.isInteger(t.swap)) continue
      const key = [t.file, t.item, t.sell, t.volume, weekOf(opened)].join()
      const entry = nights.get(key) ?? { single: new Set(), triple: new Set() }
      nights.set(key, entry)
      ;((opened + 4) % 7 === WEDNESDAY ? entry.triple : entry.single).add(t.swap)
    }
    const told = [...nights.values()].flatMap(({ single, triple }) => {
      const [one, three] = [[...single], [...triple]]
      return one.length === 1 && three.length === 1 ? [[one[0] as number, three[0] as number]] : []
    })
    expect(told.length).toBeGreaterThan(100)
    for (const [one, three] of told as [number, number][])
      expect(Math.abs(three - 3 * one)).toBeLessThanOrEqual(1)
    expect(told.filter(([, three]) => (three as number) % 3 !== 0).length).toBeGreaterThan(40)
  })
})

describe.skipIf(!haveStatements)('stop-outs', () => {
  it('are marked by the server as here, with the level that equity and margin give', () => {
    const marks = new Set(trades.flatMap(({ comment }) => /so: .*/.exec(comment)?.[0] ?? []))
    expect(marks.size).toBeGreaterThan(10)
    for (const mark of marks) {
      const [level, equity, margin] = [...mark.matchAll(/-?[\d.]+/g)].map(Number) as [number, number, number]
      expect(stopOutMark({ level, equity, margin }, MarginType.PERCENT, 'server')).toBe(mark)
      // Equity and margin are printed to 0.1.
      const least = marginLevelOf(MarginType.PERCENT, equity - 0.05, margin + 0.05)
      const most = marginLevelOf(MarginType.PERCENT, equity + 0.05, margin - 0.05)
      expect(level).toBeGreaterThanOrEqual(least - 0.05)
      expect(level).toBeLessThanOrEqual(most + 0.05)
    }
  })
})
