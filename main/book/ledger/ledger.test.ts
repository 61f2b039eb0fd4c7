import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLedger } from './ledger.ts'

const ACCOUNTS = 12

/** What a place must hold of a trade: all figures follow from the trade and its account. */
const held = (account: number, trade: number) => ({
  account,
  cell: 1 + (trade % 5),
  lots: trade / 100,
  open: trade * 1.5,
  cost: -trade,
  rate: account + 0.5,
})

describe('the ledger', () => {
  it('finds every position at its place after any coming and going, growth and moving together', () => {
    const step = fc.record({
      account: fc.nat(ACCOUNTS - 1),
      come: fc.boolean(),
      many: fc.integer({ min: 1, max: 120 }),
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 120 }), (steps) => {
        const places = new Map<number, number>()
        const accounts = new Map<number, number>()
        const ledger = createLedger((trade, place) => places.set(trade, place))
        ledger.ensureAccounts(ACCOUNTS)
        ledger.ensureCells(8)
        let next = 0
        for (const { account, come, many } of steps) {
          const own = [...accounts].filter(([, owner]) => owner === account).map(([trade]) => trade)
          for (let i = 0; i < many; i++) {
            if (come) {
              const trade = next++
              const { cell, lots, open, cost, rate } = held(account, trade)
              places.set(trade, ledger.add(account, trade, cell, lots, open, cost, rate))
              accounts.set(trade, account)
            } else {
              const trade = own.pop()
              if (trade === undefined) break
              ledger.remove(account, places.get(trade) as number)
              places.delete(trade)
              accounts.delete(trade)
            }
          }
        }
        const { columns } = ledger
        for (const [trade, account] of accounts) {
          const at = places.get(trade) as number
          const { cell, lots, open, cost, rate } = held(account, trade)
          const first = columns.start[account] as number
          expect(at >= first && at < first + (columns.count[account] as number)).toBe(true)
          expect([columns.trade[at], columns.cell[at], columns.lots[at]]).toEqual([trade, cell, lots])
          expect([columns.open[at], columns.cost[at], columns.rate[at]]).toEqual([open, cost, rate])
        }
        const counted = columns.count.subarray(0, ACCOUNTS).reduce((sum, n) => sum + n, 0)
        expect(counted).toBe(accounts.size)
        // Whatever lies idle adds nothing.
        const full = columns.cell.subarray(0, ledger.high()).filter((cell) => cell !== 0)
        expect(full).toHaveLength(accounts.size)
        expect(columns.cell.subarray(ledger.high()).every((cell) => cell === 0)).toBe(true)
      }),
      { numRuns: 150 },
    )
  })
})
