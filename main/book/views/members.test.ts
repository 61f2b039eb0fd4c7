import { describe, expect, it } from 'vitest'
import { createHarness } from '../testing/harness.ts'
import { groupRow, quoteRow, symbolRow, tradeRow, userRow } from '../testing/rows.ts'

/** Rows are looked up anew only when they may be others; whatever makes them others must be noticed. */

const records = {
  symbols: [symbolRow({ symbol: 'EURUSD', index: 0 })],
  groups: [groupRow({ group: 'real', marginCall: 100, marginStopout: 50 })],
  users: [1, 2].map((login) => userRow({ login, group: 'real', balance: 1200, leverage: 100 })),
  trades: [tradeRow({ order: 11, login: 1, openPrice: 1.2 })],
}
const look = (change: Parameters<ReturnType<typeof createHarness>['feed']['changes']>[0] | number) => {
  const harness = createHarness()
  harness.feed.snapshot(records, [quoteRow(0, 1.2, 1.2001, 1_700_006_460_000)])
  const open = (id: number, kind: 'accounts' | 'positions', filter: object): void =>
    harness.core.openView(id, {
      kind,
      filter,
      sort: { column: '', descending: false },
      from: 0,
      count: 9,
      pace: 30,
      hold: true,
    })
  const filters = [
    {},
    { text: 'vip' },
    { group: 'vip' },
    { withPositions: true },
    { symbol: 'EURUSD' },
    { minLevelType: 1 },
  ]
  filters.forEach((filter, i) => open(i + 1, 'accounts', filter))
  ;[{}, { text: 'vip' }, { login: 2 }].forEach((filter, i) => open(i + 11, 'positions', filter))
  if (typeof change === 'number')
    harness.feed.ticks([{ symbol: 0, bid: change, ask: change + 0.0001, time: 1_700_006_461_000 }])
  else harness.feed.changes(change)
  for (const { viewId, frame } of harness.frames.slice()) if (frame) harness.core.ackView(viewId, 1)
  harness.pass(200)
  const found = (id: number, kind: 'accounts' | 'positions') => harness.read(kind, id).meta.matched
  return [
    [1, 2, 3, 4, 5, 6].map((id) => found(id, 'accounts')),
    [11, 12, 13].map((id) => found(id, 'positions')),
  ]
}

describe('rows of a filter follow', () => {
  it('accounts that come', () => {
    expect(look([{ stream: 'users', kind: 0, row: userRow({ login: 3, group: 'real' }) }])).toEqual([
      [3, 0, 0, 1, 1, 0],
      [1, 0, 0],
    ])
  })
  it('accounts that move to another group', () => {
    expect(look([{ stream: 'users', kind: 1, row: userRow({ login: 1, group: 'vip' }) }])).toEqual([
      [2, 1, 1, 1, 1, 0],
      [1, 1, 0],
    ])
  })
  it('positions that are opened', () => {
    expect(look([{ stream: 'trades', kind: 0, row: tradeRow({ order: 12, login: 2 }) }])).toEqual([
      [2, 0, 0, 2, 2, 0],
      [2, 0, 1],
    ])
  })
  it('prices, where accounts are found by their margin level', () => {
    expect(look(1.198)[0]).toEqual([2, 0, 0, 1, 1, 1])
  })
})
