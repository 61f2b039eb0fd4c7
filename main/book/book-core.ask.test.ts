import { describe, expect, it } from 'vitest'
import { searchHitSchema } from '../../shared/api/models.ts'
import { createHarness } from './testing/harness.ts'
import { groupRow, quoteRow, symbolRow, tradeRow, userRow } from './testing/rows.ts'

/** Questions to the book: search, accounts. */

const records = {
  symbols: [
    symbolRow({ symbol: 'EURGBP', index: 0 }),
    symbolRow({ symbol: 'GBPUSD', index: 1 }),
    symbolRow({
      symbol: 'DAX',
      index: 2,
      profitMode: 1,
      marginMode: 1,
      contractSize: 10,
      currency: 'EUR',
      marginCurrency: 'EUR',
    }),
  ],
  groups: [groupRow({ group: 'real' })],
  users: [
    userRow({ login: 1001, name: 'Anna Maria Berg', email: 'Anna@Example.org', phone: '+43 660 123 45 67' }),
    userRow({ login: 1002, name: 'Annabel Ott', email: 'ott@example.org', phone: '' }),
    userRow({ login: 2001, name: 'Bert Hanna', email: ' anna@example.org', phone: '' }),
    userRow({ login: 3001, name: '', email: '', phone: '+43 660 123 45 67 ', group: 'gone' }),
  ],
  trades: [
    tradeRow({
      order: 1,
      login: 1001,
      symbol: 'EURGBP',
      cmd: 1,
      openPrice: 0.852,
      commission: -7,
      marginRate: 1.25,
    }),
    tradeRow({ order: 2, login: 1001, symbol: 'DAX', openPrice: 15_000, volume: 10, marginRate: 1.1 }),
    tradeRow({ order: 3, login: 1001, symbol: 'EURGBP', cmd: 2 }),
  ],
}
const harness = createHarness()
harness.feed.snapshot(records, [quoteRow(0, 0.85, 0.8501), quoteRow(1, 1.27, 1.2702)])
const { core } = harness
const logins = (text: string) => core.search(text, 10).map((hit) => hit.login)

describe('search', () => {
  it.each([
    ['100', [1001, 1002]],
    ['anna', [1001, 1002, 2001]],
    ['berg ann', [1001]],
    ['hanna', [2001]],
    ['OTT@', [1002]],
    ['660 123', [1001, 3001]],
    ['6601', [1001, 3001]],
    ['nobody', []],
    ['  ', []],
  ])('finds accounts by %j', (text, expected) => {
    expect(logins(text)).toEqual(expected)
  })

  it('finds symbols and puts them with the best', () => {
    const hits = core.search('eurgbp', 5)
    expect(hits[0]).toMatchObject({ kind: 'symbol', symbol: 'EURGBP', login: null })
    for (const hit of hits) expect(searchHitSchema.parse(hit)).toEqual(hit)
  })

  it('answers no more than asked for', () => {
    expect(core.search('anna', 2)).toHaveLength(2)
    expect(core.search('anna', 0)).toEqual([])
  })

  it('sees a changed name', () => {
    harness.feed.changes([{ stream: 'users', kind: 1, row: userRow({ login: 1002, name: 'Zed Newman' }) }])
    expect(logins('newm')).toEqual([1002])
    expect(logins('annab')).toEqual([])
  })
})

describe('account', () => {
  it('knows who shares e-mail or phone', () => {
    expect(core.otherLogins(1001)).toEqual([2001, 3001])
    expect(core.otherLogins(3001)).toEqual([1001])
    expect(core.otherLogins(5)).toEqual([])
  })

  it('knows its currency, and none that is not there', () => {
    expect(core.account(1001)).toMatchObject({ currency: 'USD', user: { login: 1001 } })
    expect(core.account(3001)).toMatchObject({ currency: '' })
    expect(core.account(5)).toBeNull()
  })
})

describe('stats', () => {
  it('count what there is', () => {
    expect(core.stats()).toMatchObject({ accounts: 4, positions: 2, pendings: 1, symbols: 3, groups: 1 })
    expect(core.stats().memoryBytes).toBeGreaterThan(10_000)
  })
})
