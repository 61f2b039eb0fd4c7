import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { currencyDigits } from '../../../shared/money/rounding.ts'
import { ProfitMode } from '../../../shared/mt4/enums.ts'
import { positionProfit } from './profit.ts'

/** Closed trades of real MT4 statements, against the profit printed there. Skipped where the data are not at hand. */
const folder = path.join(import.meta.dirname, '../../../../shared/data/statements')
const majors = new Set(['EUR', 'GBP', 'AUD', 'NZD', 'USD', 'CAD', 'CHF', 'JPY'])

type Closed = { file: string; sell: boolean; volume: number; open: number; close: number; profit: number }

const closedTrades = (keep: (base: string, quote: string, deposit: string) => boolean) => {
  const trades: (Closed & { deposit: string })[] = []
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.htm'))) {
    const text = readFileSync(path.join(folder, file), 'latin1')
    const deposit = /Currency:\s*([A-Z]{3})/.exec(text)?.[1] ?? ''
    for (const row of text.match(/<tr[^>]*>.*?<\/tr>/gs) ?? []) {
      const cells = [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map((m) => (m[1] as string).trim())
      const [, , side = '', size = '', item = '', open = '', , , closed = '', close = ''] = cells
      if (cells.length < 14 || closed === '' || (side !== 'buy' && side !== 'sell')) continue
      const [base, quote] = [item.slice(0, 3).toUpperCase(), item.slice(3, 6).toUpperCase()]
      const profit = Number((cells[13] as string).replaceAll(' ', ''))
      if (!majors.has(base) || !majors.has(quote) || !Number.isFinite(profit)) continue
      if (!keep(base, quote, deposit)) continue
      trades.push({
        file,
        deposit,
        sell: side === 'sell',
        volume: Math.round(Number(size) * 100),
        open: Number(open),
        close: Number(close),
        profit,
      })
    }
  }
  return trades
}

const misses = (trades: ReturnType<typeof closedTrades>, rate: (t: Closed) => number) =>
  trades.filter((t) => {
    const forex = { profitMode: ProfitMode.FOREX, contractSize: 100_000, tickSize: 0, tickValue: 0 }
    const digits = currencyDigits(t.deposit)
    return positionProfit(forex, t.sell, t.volume, t.open, t.close, rate(t), digits) !== t.profit
  })

const real = existsSync(folder)
if (!real) console.log('notice: profits of real statements were skipped: the data folder is not there')

describe.skipIf(!real)('real statements', () => {
  it('profit currency = deposit currency: every closed trade to the cent', () => {
    const trades = closedTrades((_, quote, deposit) => quote === deposit)
    expect(trades.length).toBeGreaterThan(5000)
    expect(misses(trades, () => 1)).toEqual([])
  })

  it('base currency = deposit currency: all but those of the broker that converts on its own rate', () => {
    const trades = closedTrades((base, _, deposit) => base === deposit)
    expect(trades.length).toBeGreaterThan(800)
    expect(misses(trades, (t) => 1 / t.close).filter((t) => !t.file.includes('oanda'))).toEqual([])
  })
})
