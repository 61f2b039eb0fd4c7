import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { StatementReport } from '../../shared/api/statements.ts'
import { readStatement } from './read/read-statement.ts'
import { ledgerOf } from './reconcile/ledger.ts'
import { reconcileFile } from './reconcile-file.ts'

/** Real statements of many brokers. Skipped where the data are not at hand; docs/statements.md explains the figures. */
const folder = path.join(import.meta.dirname, '../../../shared/data/statements')
const real = existsSync(folder)
if (!real) console.log('notice: reconciling real statements was skipped: the data folder is not there')

const filesIn = (sub: string): string[] =>
  readdirSync(path.join(folder, sub))
    .filter((f) => /\.(?:html?|csv)$/u.test(f))
    .map((f) => path.join(sub, f))
const bytesOf = (file: string): Uint8Array => readFileSync(path.join(folder, file))

/** Every trade that differs: [file as it starts, tickets, reason]. */
const tradeReasons: readonly (readonly [file: string, tickets: readonly number[], reason: string])[] = [
  [
    '03_oanda',
    [233041891, 233094792, 233094819, 233305322],
    'OANDA converts the base currency on its own rate, not on the closing price: a cent off',
  ],
  ['12_oanda-corporation_USD_2020-03-12', [233490108], 'OANDA converts on its own rate: 0.04 % off'],
  ['32_oanda', [233304590], 'OANDA converts on its own rate: a cent off'],
  [
    'csv/mt4_csv_oanda2',
    [226827913],
    'OANDA trades single units: the size printed as 0.02 was 0.025, and the profit is that of 0.025',
  ],
  [
    'csv/mt4_csv_oanda_',
    [226671310, 226714883, 226713764, 226925399, 227004030],
    'OANDA adds half a per cent of its own to the conversion',
  ],
  [
    'csv/mt4_csv_oanda_',
    [226966506],
    'the sign of this profit was changed in the file: its prices and all four sums of the report say +950.90',
  ],
]

/** Every figure of a report that differs: [file as it starts, lines, reason]. */
const lineReasons: readonly (readonly [file: string, lines: readonly string[], reason: string])[] = [
  [
    '05_fxcm-australia-pty-limit_USD_2020-08-04',
    ['margin'],
    'USDZAR asks for 9 % at this broker, whatever the leverage; a statement does not say so',
  ],
  [
    '17_rakuten',
    ['freeMargin'],
    'prices moved between equity and free margin: 256 trades were open (151 yen)',
  ],
  [
    '34_performance-ronnaru-capi_JPY_2019-10-08',
    ['freeMargin'],
    'prices moved between equity and free margin (5 yen)',
  ],
  [
    '21_onfin',
    ['maximalDrawdown', 'relativeDrawdown'],
    'the percentages of this one report are counted from 0 instead of the deposit of 5,000; 25 other reports count from it',
  ],
  [
    'csv/mt4_csv_oanda_',
    ['closedProfit', 'closedTotal', 'closedPl', 'balance'],
    'the changed sign of ticket 226966506: all four sums are off by twice 950.90',
  ],
]

describe.skipIf(!real)('real statements', () => {
  const reports = new Map<string, StatementReport>()
  beforeAll(() => {
    for (const file of [...filesIn('.'), ...filesIn('csv'), ...filesIn('suspect')])
      reports.set(file, reconcileFile(path.basename(file), bytesOf(file)))
  })
  const honest = (): [string, StatementReport][] =>
    [...reports].filter(([file]) => !file.startsWith('suspect'))
  const sum = (of: (r: StatementReport) => number): number => honest().reduce((n, [, r]) => n + of(r), 0)

  it('are all read, every row of them', () => {
    expect(honest()).toHaveLength(45)
    expect(sum((r) => r.unread.length)).toBe(0)
    expect(sum((r) => r.closed.read)).toBe(23_568)
    expect(sum((r) => r.open.read)).toBe(415)
    expect(new Set(honest().map(([, r]) => r.currency))).toEqual(new Set(['USD', 'EUR', 'JPY']))
  })

  it('closed trades: 99.9 % of the computable ones to the cent, 66.7 % of all; the rest has a named reason', () => {
    const [exact, differing, not] = [
      sum((r) => r.closed.exact),
      sum((r) => r.closed.differing),
      sum((r) => r.closed.notComputable),
    ]
    expect({ exact, differing, not }).toEqual({ exact: 15_717, differing: 13, not: 7_838 })
    expect(exact / (exact + differing)).toBeGreaterThan(0.999)
    const reasons: Record<string, number> = {}
    for (const [, r] of honest())
      for (const row of r.rows)
        if (row.state === 'notComputable' && row.kind === 'closed')
          reasons[row.why ?? ''] = (reasons[row.why ?? ''] ?? 0) + 1
    expect(reasons).toEqual({ NO_RATE: 7_302, NO_CONTRACT: 505, NO_PRICES: 25, ONE_TRADE: 6 })
  })

  it('every trade in a currency the statement can convert comes out, except those with a reason', () => {
    const differing = honest().flatMap(([file, r]) =>
      r.rows.filter((row) => row.state === 'differs').map((row) => `${file} ${row.order}`),
    )
    const explained = tradeReasons.flatMap(([start, tickets]) =>
      tickets.map((t) => `${honest().find(([file]) => file.startsWith(start))?.[0]} ${t}`),
    )
    expect(differing.toSorted()).toEqual(explained.toSorted())
  })

  it('open trades: all that are computable to the cent', () => {
    expect({ exact: sum((r) => r.open.exact), differing: sum((r) => r.open.differing) }).toEqual({
      exact: 205,
      differing: 0,
    })
  })

  it('each line agrees in the share stated here', () => {
    const lines: Record<string, string> = {}
    const states = new Map<string, Record<string, number>>()
    for (const [, r] of honest())
      for (const l of r.lines) {
        const of = states.get(l.line) ?? { agrees: 0, differs: 0, notChecked: 0 }
        of[l.state] = (of[l.state] ?? 0) + 1
        states.set(l.line, of)
      }
    for (const [line, s] of states)
      lines[line] =
        `${s['agrees']} of ${(s['agrees'] ?? 0) + (s['differs'] ?? 0)}, ${s['notChecked']} not checked`
    const sums = [
      'closedCommission',
      'closedTaxes',
      'closedSwap',
      'openCommission',
      'openTaxes',
      'openSwap',
      'openProfit',
      'openTotal',
    ]
    const whole = ['deposit', 'credit', 'floatingPl', 'equity']
    expect([...sums, ...whole].filter((line) => lines[line] !== '44 of 44, 0 not checked')).toEqual([])
    expect(lines).toMatchObject({
      closedProfit: '43 of 44, 0 not checked',
      closedTotal: '42 of 43, 0 not checked',
      closedPl: '43 of 44, 0 not checked',
      margin: '15 of 16, 28 not checked',
      balance: '33 of 34, 10 not checked',
      freeMargin: '42 of 44, 0 not checked',
    })
    const details = Object.entries(lines).slice(18)
    expect(details).toHaveLength(23)
    expect(details.filter(([, share]) => share !== '26 of 26, 0 not checked')).toEqual([
      ['maximalDrawdown', '25 of 26, 0 not checked'],
      ['relativeDrawdown', '25 of 26, 0 not checked'],
    ])
  })

  it('every line that differs has a reason, and every reason is needed', () => {
    const differing = honest().flatMap(([file, r]) =>
      r.lines.filter((l) => l.state === 'differs').map((l) => `${file} ${l.line}`),
    )
    const explained = lineReasons.flatMap(([start, lines]) =>
      lines.map((l) => `${honest().find(([file]) => file.startsWith(start))?.[0]} ${l}`),
    )
    expect(differing.toSorted()).toEqual(explained.toSorted())
  })

  it('the verdict is “differs” exactly where there is a reason', () => {
    const starts = [...tradeReasons, ...lineReasons].map(([start]) => start)
    const differing = honest().filter(([, r]) => !r.agrees)
    const explained = honest().filter(([file]) => starts.some((start) => file.startsWith(start)))
    expect(differing.map(([file]) => file)).toEqual(explained.map(([file]) => file))
  })

  it('the running balance of a later statement was the printed balance of an earlier one', () => {
    const statements = filesIn('.').map((file) => readStatement(bytesOf(file)))
    let checked = 0
    for (const later of statements)
      for (const earlier of statements) {
        if (earlier.account === '' || earlier.account !== later.account || earlier.time >= later.time)
          continue
        const known = new Set(earlier.closed.map((t) => t.order))
        // A statement that does not reach back as far as the earlier one cannot know it.
        if (later.closed.filter((t) => known.has(t.order)).length < known.size) continue
        const rows = new Map(later.closed.map((t) => [t.row, t.order]))
        const last = ledgerOf(later).entries.findLast((e) => known.has(rows.get(e.row) ?? 0))
        expect(last?.balance, `${later.account} ${earlier.time}`).toBe(earlier.summary.balance?.[0])
        checked++
      }
    expect(checked).toBe(45)
  })

  it('the statement that was edited by hand is found out', () => {
    const [report] = [...reports].filter(([file]) => file.startsWith('suspect')).map(([, r]) => r)
    expect(report?.agrees).toBe(false)
    expect(report?.firstDifference).toMatchObject({
      kind: 'line',
      line: 'closedSwap',
      printed: -41.2,
      recomputed: -88,
    })
    expect(report?.lines.filter((l) => l.state === 'differs').map((l) => l.line)).toEqual([
      'closedSwap',
      'closedTotal',
      'closedPl',
    ])
  })

  it('one changed profit is found in every statement that has a computable trade', () => {
    let tried = 0
    for (const file of filesIn('.')) {
      const report = reports.get(file)
      const victim = report?.rows.find(
        (r) =>
          r.state === 'exact' &&
          r.kind === 'closed' &&
          r.printed > 1 &&
          report.symbols.some((s) => s.symbol === r.symbol && s.exact > 3),
      )
      if (report === undefined || victim === undefined || report.encoding !== 'utf-8') continue
      const text = new TextDecoder().decode(bytesOf(file))
      const at = text.indexOf(`>${victim.order}</td>`)
      const end = text.indexOf('</tr>', at)
      const row = text.slice(at, end)
      const changed = row.replace(
        />([\d ]+)(\.\d\d)?<\/td>$/u,
        (_, whole: string, cents = '') => `>${Number(whole.replaceAll(' ', '')) + 7}${cents}</td>`,
      )
      expect(changed).not.toBe(row)
      const again = reconcileFile(
        file,
        new TextEncoder().encode(text.slice(0, at) + changed + text.slice(end)),
      )
      expect(again.rows.find((r) => r.order === victim.order)?.state, `${file} ${victim.order}`).toBe(
        'differs',
      )
      tried++
    }
    expect(tried).toBeGreaterThan(30)
  })
})
