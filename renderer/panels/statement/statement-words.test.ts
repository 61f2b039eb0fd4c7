import { describe, expect, it } from 'vitest'
import { type StatementRow, statementReportSchema } from '../../../shared/api/statements.ts'
import { packFile } from './pack-file.ts'
import { serverTimeText, statementColumns } from './statement-columns.ts'
import { typeWords, verdictWords, whyWords } from './statement-words.ts'

const row: StatementRow = {
  row: 2,
  order: 1002,
  kind: 'closed',
  symbol: 'eurusd',
  sell: true,
  lots: 0.5,
  openTime: 1_709_283_600,
  closeTime: 1_709_287_200,
  openPrice: 1.1,
  closePrice: 1.101,
  commission: -3,
  taxes: 0,
  swap: 0,
  printed: -50,
  recomputed: null,
  state: 'notComputable',
  why: 'NO_RATE',
  rate: null,
  balance: 947,
  comment: '[sl]',
}

const report = statementReportSchema.parse({
  file: 'x.htm',
  format: 'html',
  kind: 'statement',
  encoding: 'utf-8',
  account: '1',
  name: '',
  company: '',
  currency: 'JPY',
  currencyFrom: 'printed',
  leverage: 100,
  time: 0,
  digits: 0,
  agrees: false,
  differences: 3,
  firstDifference: null,
  closed: { read: 1, exact: 0, differing: 0, notComputable: 1 },
  open: { read: 0, exact: 0, differing: 0, notComputable: 0 },
  reasons: { NO_RATE: 1 },
  operations: 0,
  cancelled: 0,
  working: 0,
  unread: [],
  symbols: [],
  wholeHistory: true,
  carriedIn: 0,
  lines: [],
  rows: [row],
  notes: [],
})

describe('a statement in words', () => {
  it('says the verdict with its count', () => {
    expect(verdictWords(report)).toBe('3 differences')
    expect(verdictWords({ ...report, differences: 1 })).toBe('1 difference')
    expect(verdictWords({ ...report, agrees: true, differences: 0 })).toBe('Agrees')
  })

  it('says what a row is and why it was not recomputed', () => {
    expect([
      typeWords(row),
      typeWords({ ...row, kind: 'open', sell: false }),
      typeWords({ ...row, kind: 'credit' }),
    ]).toEqual(['sell', 'buy, open', 'credit'])
    expect(whyWords(row)).toBe('no rate into the deposit currency at that moment in the statement')
    expect(whyWords({ ...row, why: null })).toBe('')
  })

  it('shows money with the decimals of the account, and never a figure that is not there', () => {
    const cells = Object.fromEntries(statementColumns(report).map((c) => [c.id, c.text(row)]))
    expect(cells).toMatchObject({
      order: '1002',
      time: '2024-03-01 10:00:00',
      lots: '0.50',
      close: '1.101',
      printed: '−50',
      recomputed: '',
      state: '– not computable',
      balance: '947',
    })
    expect(serverTimeText(0)).toBe('–')
  })
})

describe('a file for the desk', () => {
  it('is gzipped and in base64, and comes out again', async () => {
    const text = 'statement '.repeat(100_000)
    const packed = await packFile(new Blob([text]))
    expect(packed.length).toBeLessThan(10_000)
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0))
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
    expect(await new Response(stream).text()).toBe(text)
  })

  it('is refused in words when it is empty, or too large even packed', async () => {
    await expect(packFile(new Blob([]))).rejects.toThrow('The file is empty.')
    const random = new Blob(Array.from({ length: 16 }, () => crypto.getRandomValues(new Uint8Array(65_536))))
    await expect(packFile(random)).rejects.toThrow('too large to send')
  })
})
