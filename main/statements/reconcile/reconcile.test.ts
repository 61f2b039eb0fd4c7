import { describe, expect, it } from 'vitest'
import { readStatement } from '../read/read-statement.ts'
import { reconcileFile } from '../reconcile-file.ts'
import { bytesOf, statementHtml } from '../testing/statement-fixture.ts'
import { reconcile } from './reconcile.ts'

const report = (html: string) => reconcileFile('x.htm', bytesOf(html))
const edited = (from: string, to: string): ReturnType<typeof report> => {
  expect(statementHtml).toContain(from)
  return report(statementHtml.replace(from, to))
}

describe('a right statement', () => {
  const r = report(statementHtml)
  it('agrees in every trade and every line', () => {
    expect(r).toMatchObject({
      agrees: true,
      differences: 0,
      firstDifference: null,
      closed: { read: 6, exact: 6, differing: 0, notComputable: 0 },
      open: { read: 1, exact: 1 },
      operations: 2,
      cancelled: 1,
      working: 1,
      wholeHistory: true,
      carriedIn: 0,
    })
    expect(r.lines).toHaveLength(10 + 8 + 23)
    expect(r.lines.filter((l) => l.state !== 'agrees')).toEqual([])
  })

  it('has its balance behind every row, in closing order', () => {
    const balances = r.rows.map((row) => [row.order, row.balance])
    expect(balances).toEqual([
      [1001, 1000],
      [1002, 1047],
      [1003, 1036.4],
      [1005, 1078.9],
      [1006, 1053.9],
      [1007, 1062.9],
      [1008, 1128.1],
      [1009, 1028.1],
      [1010, null],
    ])
  })

  it('says what was inferred', () => {
    expect(r.symbols).toContainEqual({
      symbol: 'idx30',
      contractSize: 10,
      profitMode: 1,
      source: 'inferred',
      trades: 3,
      exact: 3,
    })
    expect(r.rows.find((row) => row.order === 1008)).toMatchObject({ rate: 'close', recomputed: 66.45 })
  })
})

describe('one changed figure is found and named', () => {
  it('a profit', () => {
    const r = edited('>50.00<', '>90.00<')
    expect(r.firstDifference).toMatchObject({
      kind: 'trade',
      row: 2,
      order: 1002,
      printed: 90,
      recomputed: 50,
    })
    expect(r.firstDifference?.text).toBe(
      'Row 2, ticket 1002 (buy 0.50 eurusd): profit 90.00 does not follow from its prices, which give 50.00.',
    )
  })

  it('a profit of an inferred contract', () => {
    expect(edited('>42.50<', '>43.50<').firstDifference).toMatchObject({
      kind: 'trade',
      order: 1005,
      recomputed: 42.5,
    })
  })

  it('a price', () => {
    expect(edited('>1.10100<', '>1.10900<').firstDifference).toMatchObject({
      order: 1002,
      printed: 50,
      recomputed: 450,
    })
  })

  it('a swap, by its sum', () => {
    expect(edited('>-1.25<', '>-9.25<').firstDifference).toMatchObject({
      kind: 'line',
      line: 'closedSwap',
      printed: -1.25,
      recomputed: -9.25,
    })
  })

  it('a deposit', () => {
    const r = edited('>1 000.00<', '>5 000.00<')
    expect(r.firstDifference).toMatchObject({ line: 'deposit', printed: 900, recomputed: 4900 })
    expect(r.lines.find((l) => l.line === 'balance')).toMatchObject({ state: 'differs', difference: -4000 })
  })

  it.each([
    [
      '<b>128.10</b></td></tr>\n<tr align=left><td colspan=14><b>Open',
      '<b>128.20</b></td></tr>\n<tr align=left><td colspan=14><b>Open',
      'closedTotal',
    ],
    ['>100.00</td></tr><tr><td colspan=10', '>101.00</td></tr><tr><td colspan=10', 'openProfit'],
    [
      '>0.00</b></td></tr>\n<tr align=right><td colspan=2><b>Closed Trade',
      '>10.00</b></td></tr>\n<tr align=right><td colspan=2><b>Closed Trade',
      'credit',
    ],
    ['>1 085.00<', '>1 000.00<', 'margin'],
    ['>1 028.10<', '>1 128.10<', 'balance'],
    ['>1 120.90<', '>1 220.90<', 'equity'],
    ['>35.90<', '>36.90<', 'freeMargin'],
    ['>163.70<', '>163.80<', 'grossProfit'],
    ['>4.60<', '>4.70<', 'profitFactor'],
    ['>25.00 (2.32%)<', '>25.00 (2.33%)<', 'maximalDrawdown'],
    ['>3 (33.33%)<', '>3 (66.67%)<', 'shortPositions'],
    ['>2 (74.20)<', '>3 (74.20)<', 'maxConsecutiveWins'],
    ['>40.93<', '>40.94<', 'averageProfit'],
  ])('%#: %s', (from, to, line) => {
    expect(edited(from, to).firstDifference).toMatchObject({ kind: 'line', line })
  })

  it('a row that is gone, by the sums', () => {
    const gone = statementHtml.replace(/<tr align=right><td title="\[sl\]">1006<.*\n/u, '')
    expect(report(gone).firstDifference).toMatchObject({
      line: 'closedProfit',
      printed: 132.95,
      recomputed: 157.95,
    })
  })

  it('a row that cannot be read', () => {
    const r = report(statementHtml.replace('>2024.03.01 13:00:00<', '>2024.13.77 13:00:00<'))
    expect(r.firstDifference).toMatchObject({ kind: 'row', order: 1005 })
  })

  it('a gain where the price fell, even in a currency that nothing converts', () => {
    const cross = statementHtml
      .replaceAll('usdjpy', 'eurgbp')
      .replace('>150.000<', '>0.85000<')
      .replace('>150.500<', '>0.84500<')
    expect(report(cross).firstDifference).toMatchObject({
      kind: 'trade',
      order: 1008,
      printed: 66.45,
      recomputed: null,
    })
  })
})

describe('what a statement does not hold', () => {
  it('is not computable and no difference', () => {
    const cross = statementHtml
      .replaceAll('usdjpy', 'eurgbp')
      .replace('>150.000<', '>0.85000<')
      .replace('>150.500<', '>0.85250<')
    expect(report(cross)).toMatchObject({
      agrees: true,
      closed: { exact: 5, notComputable: 1 },
      reasons: { NO_RATE: 1 },
    })
  })

  it('a rate of the same second elsewhere in it is taken', () => {
    // A GBPUSD bought back at 1.2610 in the second in which the EURGBP is closed: 0.2 × 100,000 × 0.0025 × 1.3290.
    const both = statementHtml
      .replaceAll('usdjpy', 'eurgbp')
      .replace('>150.000<', '>0.85000<')
      .replace('>150.500<', '>0.85250<')
      .replace('2024.03.04 09:00:00', '2024.03.01 10:00:00')
      .replace('<td>eurusd</td><td class=mspt>1.10000</td>', '<td>gbpusd</td><td class=mspt>1.32800</td>')
      .replace('>1.10100<', '>1.32900<')
    expect(report(both).rows.find((row) => row.order === 1008)).toMatchObject({
      state: 'exact',
      rate: 'same-second',
      recomputed: 66.45,
    })
  })

  it('a part of the history carries its first balance in', () => {
    const part = statementHtml
      .replace(/<tr align=right><td title="Deposit">.*\n/u, '')
      .replace('>900.00<', '>-100.00<')
    const r = report(part)
    expect(r).toMatchObject({ agrees: true, wholeHistory: false, carriedIn: 1000 })
    expect(r.lines.find((l) => l.line === 'balance')).toMatchObject({ state: 'notChecked', recomputed: null })
  })

  it('a symbol list settles what the trades leave open', () => {
    const one = statementHtml.replace(/<tr align=right><td title="\[sl\]">100[67]<.*\n/gu, '')
    const s = readStatement(bytesOf(one))
    expect(reconcile(s).reasons).toEqual({ ONE_TRADE: 1 })
    const known = (symbol: string) =>
      symbol === 'idx30' ? { contractSize: 10, profitMode: 1, currency: 'USD' } : undefined
    expect(reconcile(s, known).closed).toMatchObject({ exact: 4, notComputable: 0 })
    expect(
      reconcile(s, () => ({ contractSize: 11, profitMode: 1, currency: 'USD' })).closed.differing,
    ).toBeGreaterThan(0)
  })
})
