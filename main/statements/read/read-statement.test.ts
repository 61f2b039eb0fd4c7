import { describe, expect, it } from 'vitest'
import { encode } from '../testing/encode-fixture.ts'
import { bytesOf, statementHtml } from '../testing/statement-fixture.ts'
import { translated, translations } from '../testing/translations-fixture.ts'
import { decodeStatement } from './decode.ts'
import { readStatement } from './read-statement.ts'

const plain = readStatement(bytesOf(statementHtml))
const whatCounts = (s: typeof plain) => {
  const { encoding: _, company: __, notes: ___, ...rest } = s
  return rest
}

describe('a statement', () => {
  it('is read: head, trades, orders, operations, sums, both blocks', () => {
    expect(plain).toMatchObject({
      format: 'html',
      kind: 'detailed',
      account: '70000001',
      name: 'Client 1',
      company: 'Example Broker',
      currency: 'USD',
      leverage: 100,
      time: Date.UTC(2024, 2, 5, 12, 30) / 1000,
      digits: 2,
      totals: { closed: { commission: -3.6, taxes: 0, storage: -1.25, profit: 132.95 } },
      sections: { closed: 128.1, open: 92.8 },
      summary: { deposit: [900], credit: [0], margin: [1085], freeMargin: [35.9] },
      unread: [],
      notes: [],
    })
    expect(plain.closed.map((t) => [t.order, t.cmd, t.profit])).toEqual([
      [1001, 6, 1000],
      [1002, 0, 50],
      [1003, 1, -10],
      [1004, 2, 0],
      [1005, 0, 42.5],
      [1006, 1, -25],
      [1007, 1, 9],
      [1008, 0, 66.45],
      [1009, 6, -100],
    ])
    expect(plain.open[0]).toMatchObject({
      order: 1010,
      cmd: 1,
      closePrice: 1.084,
      storage: -1.2,
      closeTime: 0,
    })
    expect(plain.working[0]).toMatchObject({ order: 1011, cmd: 2, lots: 0.1, openPrice: 1.07 })
    expect(Object.keys(plain.details)).toHaveLength(23)
    expect(plain.details).toMatchObject({
      largestLoss: [-25],
      maxConsecutiveWins: [2, 74.2],
      relativeDrawdown: [2.32, 25],
    })
  })

  it.each(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'])(
    'is the same in %s without a mark',
    (encoding) => {
      expect(whatCounts(readStatement(encode(statementHtml, encoding)))).toEqual(whatCounts(plain))
    },
  )

  it.each([
    ['utf-8', [0xef, 0xbb, 0xbf]],
    ['utf-16le', [0xff, 0xfe]],
    ['utf-16be', [0xfe, 0xff]],
  ])('is the same in %s with a mark', (encoding, mark) => {
    const read = readStatement(Uint8Array.from([...mark, ...encode(statementHtml, encoding)]))
    expect(read.encoding).toBe(encoding)
    expect(whatCounts(read)).toEqual(whatCounts(plain))
  })

  it.each(Object.entries(translations))(
    'is the same in %s, in its own code page, without a known label',
    (_, t) => {
      const html = translated(t)
      expect(html).not.toMatch(/Deposit\/|Margin|Gross|buy|Ticket/u)
      const read = readStatement(encode(html, t.encoding))
      expect({ encoding: read.encoding, company: read.company }).toEqual({
        encoding: t.encoding,
        company: t.company,
      })
      expect(whatCounts(read)).toEqual({ ...whatCounts(plain) })
      expect(read.notes).toHaveLength(2)
    },
  )

  it('takes the declared page over a guess, if the bytes fit it', () => {
    const head = statementHtml.replace(
      '<head>',
      '<head><meta http-equiv="content-type" content="text/html; charset=koi8-r">',
    )
    const bytes = encode(head.replace('Example Broker', 'Пример'), 'koi8-r')
    expect(readStatement(bytes)).toMatchObject({ encoding: 'koi8-r', company: 'Пример' })
    const wrong = statementHtml
      .replace('<head>', '<head><meta charset="utf-8">')
      .replace('Example Broker', 'Börse')
    expect(decodeStatement(encode(wrong, 'windows-1252'))).toMatchObject({ by: 'declared' })
    expect(readStatement(encode(wrong, 'windows-1252')).closed).toEqual(plain.closed)
  })

  it('is read from templates: nested tables, no taxes column, a number in front, comments behind, decimal commas', () => {
    const nested = statementHtml
      .replace('<table', '<table><tr><td><table')
      .replace('</table>', '</table></td></tr></table>')
    expect(readStatement(bytesOf(nested)).closed).toEqual(plain.closed)
    const numbered = statementHtml.replaceAll(
      /<tr([^>]*)><td([^>]*)>(1\d{3})<\/td>/gu,
      '<tr$1><td>7</td><td$2>$3</td>',
    )
    expect(readStatement(bytesOf(numbered)).closed).toEqual(plain.closed)
    const noTaxes = statementHtml.replaceAll(
      /(<td class=mspt>-?[\d.]+<\/td>)<td class=mspt>0\.00<\/td>(<td class=mspt>-?[\d.]+<\/td><td class=mspt>-?[\d.]+<\/td><\/tr>)/gu,
      '$1$2',
    )
    expect(noTaxes.length).toBeLessThan(statementHtml.length)
    expect(readStatement(bytesOf(noTaxes)).closed).toEqual(plain.closed)
    const commas = statementHtml.replaceAll(/(>|\()(-?[\d ]+)\.(\d+)(?=%|\)|<| \()/gu, '$1$2,$3')
    expect(readStatement(bytesOf(commas)).summary).toEqual(plain.summary)
    expect(readStatement(bytesOf(commas)).closed).toEqual(plain.closed)
  })

  it('is read from a CSV report', () => {
    const csv = [
      'Ticket,Open Time,Type,Size,Item,Price,S / L,T / P,Close Time,Price,Commission,Taxes,Swap,Profit',
      '1001,2024.03.01 08:00:00,balance,"Deposit, first",,,,,,,,,,1 000.00',
      '1002,2024.03.01 09:00:00,buy,0.5,eurusd,1.1,0,0,2024.03.01 10:00:00,1.101,-3,0,0,50',
    ].join('\n')
    const s = readStatement(bytesOf(csv))
    expect(s).toMatchObject({ format: 'csv', kind: 'list', currency: '', digits: 2 })
    expect(s.closed.map((t) => [t.order, t.cmd, t.profit, t.comment])).toEqual([
      [1001, 6, 1000, 'Deposit, first'],
      [1002, 0, 50, ''],
    ])
    expect(
      readStatement(bytesOf(csv.replaceAll('"Deposit, first"', 'Deposit').replaceAll(',', ';'))).closed,
    ).toHaveLength(2)
  })

  it('keeps a row that says nothing as unread instead of leaving it out', () => {
    const broken = statementHtml.replace(
      '<td class=msdate nowrap>2024.03.01 13:00:00</td>',
      '<td>2024.13.77 13:00:00</td>',
    )
    const s = readStatement(bytesOf(broken))
    expect(s.unread).toMatchObject([{ row: 5, order: 1005 }])
  })
})
