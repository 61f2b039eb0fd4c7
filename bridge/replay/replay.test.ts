import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { readStatement } from '../../main/statements/read/read-statement.ts'
import { sumsHold } from '../../main/statements/reconcile/ledger.ts'
import { roundTo } from '../../shared/money/rounding.ts'
import { silentLog } from '../../shared/runtime/ports.ts'
import type { Change, SourceState } from '../source.ts'
import { parseHst } from './hst.ts'
import { digitsOf, marketSymbols } from './market-symbols.ts'
import { createReplaySource } from './replay-source.ts'
import { planTrades } from './schedule.ts'
import { parseSymbols } from './specs.ts'
import { readStatements } from './statement-files.ts'
import { baseName } from './symbol-names.ts'
import { readTickFiles } from './tick-files.ts'
import { parseTicks } from './tick-text.ts'
import { buildTimeline, busiestSession } from './timeline.ts'

const data = `${import.meta.dirname}/../../../shared/data`
const real = existsSync(data)
if (!real) console.log('notice: replay on real files was skipped: the data folder is not there')

const cell = (text: string) => `<td>${text}</td>`
const row = (...cells: string[]) => `<tr>${cells.map(cell).join('')}</tr>`
const header = row(
  'Ticket',
  'Open Time',
  'Type',
  'Size',
  'Item',
  'Price',
  'S / L',
  'T / P',
  'Close Time',
  'Price',
  'Commission',
  'Taxes',
  'Swap',
  'Profit',
)
const sample = `<table>
<tr><td><b>Account: 70000001</b></td><td><b>Name: Client 1</b></td><td><b>Currency: USD</b></td><td><b>Leverage: 1:200</b></td><td><b>2024 March 5, 12:30</b></td></tr>
<tr><td><b>Closed Transactions:</b></td></tr>${header}
${row('1001', '2024.03.01 08:00:00', 'balance', 'Deposit', '1 000.00')}
${row('1002', '2024.03.01 09:00:00', 'buy', '0.50', 'eurusd.', '1.10000', '0.00000', '0.00000', '2024.03.01 10:00:00', '1.10100', '-3.00', '0.00', '0.00', '50.00')}
${row('1003', '2024.03.01 09:30:00', 'buy limit', '0.10', 'eurusd.', '1.00000', '0', '0', '2024.03.01 11:00:00', '1.10000', 'cancelled')}
<tr><td><b>Open Trades:</b></td></tr>${header}
${row('1004', '2024.03.02 09:00:00', 'sell', '1.00', 'eurusd.', '1.10500', '1.12000', '1.09000', '', '1.10400', '-6.00', '0.00', '-1.20', '100.00')}
<tr><td><b>Summary:</b></td></tr>
<tr><td><b>Balance:</b></td><td><b>1 047.00</b></td><td><b>Equity:</b></td><td><b>1 139.80</b></td></tr></table>`

describe('statements', () => {
  it('are read with money, cancelled orders and open trades', () => {
    const s = readStatement(new TextEncoder().encode(sample))
    expect(s).toMatchObject({
      account: '70000001',
      currency: 'USD',
      leverage: 200,
      time: Date.UTC(2024, 2, 5, 12, 30) / 1000,
    })
    expect(s.closed.map((t) => [t.order, t.cmd, t.profit])).toEqual([
      [1001, 6, 1000],
      [1002, 0, 50],
      [1003, 2, 0],
    ])
    expect(s.open[0]).toMatchObject({
      order: 1004,
      cmd: 1,
      lots: 1,
      openPrice: 1.105,
      sl: 1.12,
      closePrice: 1.104,
      storage: -1.2,
      closeTime: 0,
    })
    expect(s.summary).toMatchObject({ balance: [1047], equity: [1139.8] })
  })
})

describe('ticks', () => {
  it('know each file by its first line', () => {
    const watch = parseTicks(
      'seq,server_time,symbol,bid,ask\n1,2020-06-09 18:46:38,EURGBP.pro,0.891,0.89106\n2,2020-06-09 18:46:37,GBPUSD,1.2,bad\n',
      'x.csv',
    )
    expect(watch.skipped).toBe(1)
    expect(watch.ticks.symbols).toEqual(['EURGBP.pro'])
    const day = parseTicks('7135,1.39286,1.39298\n16860,1.39286,1.39297\n', '20140507_eurusd_tick_quote.csv')
    expect(day.ticks.symbols).toEqual(['EURUSD'])
    expect(day.ticks.time[0]).toBe(Date.UTC(2014, 4, 7) + 7135)
    expect(() => parseTicks('a,b\n', 'x.csv')).toThrow('NOT_TICKS')
  })

  it('merge by time, cut silences and never mix sessions', () => {
    const file = (name: string, start: number) => ({
      name,
      ticks: parseTicks(`${start},1.1,1.2\n${start + 1000},1.1,1.2\n${start + 600_000},1.1,1.2\n`, name)
        .ticks,
    })
    const [a, b] = [file('eurusd_20200101_q', 0), file('gbpusd_20200101_q', 500)]
    const far = file('eurusd_20100101_q', 0)
    expect(busiestSession([far, a, b]).map((f) => f.name)).toEqual([a.name, b.name])
    const line = buildTimeline([a, b])
    expect([...line.at]).toEqual([0, 500, 1000, 1500, 2500, 3000])
    expect(line.symbols).toEqual(['EURUSD', 'GBPUSD'])
  })
})

describe('symbols', () => {
  it('go by one base name', () => {
    expect(['eurusd-e', 'EURUSD.pro', 'usdjpy.', 'GOLD', 'xauusd@'].map(baseName)).toEqual([
      'EURUSD',
      'EURUSD',
      'USDJPY',
      'XAUUSD',
      'XAUUSD',
    ])
  })

  it('without a list get a plain specification', () => {
    const [fx, cfd] = marketSymbols(['EURUSD', 'US500'], () => 5, [])
    expect(fx).toMatchObject({ contractSize: 100_000, profitMode: 0, currency: 'EUR', index: 0 })
    expect(cfd).toMatchObject({ contractSize: 1, profitMode: 1, currency: 'USD', index: 1 })
    expect(digitsOf([1.1, 1.12345, 2])).toBe(5)
  })
})

describe('schedule', () => {
  it('keeps open trades at their distance and stretches the closed ones over the market', () => {
    const { trades, unmatched } = planTrades([readStatement(new TextEncoder().encode(sample))], {
      names: ['EURUSD'],
      from: 100,
      to: 1100,
    })
    expect(unmatched).toBe(0)
    expect(trades.map((t) => [t.openAt, t.closeAt])).toEqual([
      [-1, Number.POSITIVE_INFINITY],
      [100, 1100],
    ])
    expect(trades[0]?.distance).toBeCloseTo(0.001, 10)
  })
})

describe.skipIf(!real)('real files (skipped where the data folder is missing)', () => {
  it('every statement is read to the cent, and the one edited by hand is found out', async () => {
    const left: string[] = []
    const statements = await readStatements(`${data}/statements`, {
      ...silentLog,
      warn: (facts) => void left.push((facts as { file: string }).file),
    })
    expect(statements.length).toBeGreaterThan(20)
    expect(statements.reduce((n, s) => n + s.closed.length, 0)).toBeGreaterThan(15_000)
    expect(statements.every(sumsHold)).toBe(true)
    expect(left).toEqual(['01_raw-trading-ltd_USD_2025-07-24_detailed.htm'])
  })

  it('symbol lists, zip days, packed bars and market watches are read', async () => {
    const { symbols, skipped } = parseSymbols(
      await readFile(`${data}/specs/ICMarkets-Demo02_2017-01-04_symbols.csv`, 'utf8'),
    )
    expect(symbols.length).toBeGreaterThan(20)
    expect(skipped).toBeLessThan(symbols.length / 10)
    const watch = await readTickFiles(
      `${data}/ticks/mt4_bursts/ICMarkets-Live16_2019-08-15_0748.csv.gz`,
      silentLog,
    )
    const day = await readTickFiles(`${data}/ticks/lean_oanda_201405/eurusd_20140507_quote.zip`, silentLog)
    const bars = await readTickFiles(`${data}/bars/hst_ICMarkets-Live16`, silentLog)
    expect(watch[0]?.ticks.symbols.length).toBeGreaterThan(5)
    expect(day[0]?.ticks.time.length).toBeGreaterThan(10_000)
    expect(bars.length).toBe(7)
    expect(() => parseHst(new Uint8Array(200))).toThrow('NOT_HST')
  })

  it('plays a real market under a real book, every result to the cent of the rule', async () => {
    let now = Date.UTC(2026, 0, 5, 10)
    let tick: (() => void) | null = null
    const source = await createReplaySource({
      ticks: `${data}/ticks/mt4_bursts/ICMarkets-Live16_2019-08-15_0748.csv.gz`,
      statements: `${data}/statements`,
      specs: `${data}/specs`,
      clock: { now: () => now },
      timers: {
        setTimeout: (fn) => {
          tick = fn
          return 1
        },
        clearTimeout: () => {},
      },
      log: silentLog,
    })
    let state: SourceState | null = null
    const changes: Change[] = []
    let ticks = 0
    await source.start({
      load: (s) => {
        state = s
      },
      transaction: (c) => void changes.push(...c),
      tick: () => {
        ticks += 1
      },
      status: () => {},
    })
    for (let i = 0; i < 1400; i++) {
      now += 50
      ;(tick as (() => void) | null)?.()
    }
    const loaded = state as SourceState | null
    expect(loaded?.symbols.length).toBeGreaterThan(5)
    expect(loaded?.quotes.length).toBeGreaterThan(5)
    expect(ticks).toBeGreaterThan(1000)
    const closed = changes.filter((c) => c.stream === 'trades' && c.kind === 3)
    expect(changes.filter((c) => c.stream === 'trades' && c.kind === 0).length).toBeGreaterThan(50)
    expect(closed.length).toBeGreaterThan(20)
    const usd = closed.flatMap((c) =>
      c.stream === 'trades' && c.row.symbol.slice(3, 6) === 'USD' ? [c.row] : [],
    )
    const users = new Map([...(loaded?.users ?? [])].map((u) => [u.login, u]))
    for (const t of usd) {
      if (users.get(t.login)?.group !== 'real-USD' || t.symbol.startsWith('X')) continue
      const leg = (price: number) => roundTo(price * (t.volume / 100) * 100_000, 2)
      const [from, to] = t.cmd === 0 ? [t.openPrice, t.closePrice] : [t.closePrice, t.openPrice]
      expect(t.profit, `#${t.order} ${t.symbol}`).toBe(roundTo(leg(to) - leg(from), 2))
    }
    const chart = await source.command({
      type: 'chart:request',
      requestId: 'abcdefgh',
      symbol: loaded?.symbols[0]?.symbol ?? '',
      period: 1,
      count: 10,
    })
    expect(chart.code).toBe(0)
    const refused = await source.command({ type: 'trade:delete', requestId: 'abcdefgi', order: 1 })
    expect(refused.code).toBe(133)
    await source.close()
  })
})
