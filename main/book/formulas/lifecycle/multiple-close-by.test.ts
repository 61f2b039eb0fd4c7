import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roundTo } from '../../../../shared/money/rounding.ts'
import { Cmd } from '../../../../shared/mt4/enums.ts'
import { position, settlement } from '../test-positions.ts'
import { AutoCloseOut, autoCloseOut, closeAllBy } from './multiple-close-by.ts'

const cents = fc.integer({ min: -1e7, max: 1e7 }).map((c) => c / 100)
const charges = fc.record({ commission: cents, storage: cents, taxes: cents })
const buy = (order: number, volume: number, openPrice = 1.1) => position({ order, volume, openPrice })
const sell = (order: number, volume: number, openPrice = 1.11) =>
  position({ order, volume, openPrice, cmd: Cmd.SELL })

describe('closeAllBy', () => {
  it('matches the oldest with the oldest until one side is left', () => {
    let ticket = 100
    const given = { ...settlement, nextTicket: () => ++ticket }
    const { closed, open } = closeAllBy([sell(3, 50), buy(1, 30), sell(2, 10), buy(4, 100)], given)
    expect(closed.map((row) => [row.order, row.volume])).toEqual([
      [1, 10],
      [2, 0],
      [101, 20],
      [3, 0],
      [102, 30],
      [4, 0],
    ])
    expect(open).toMatchObject([{ order: 103, cmd: Cmd.BUY, volume: 70, comment: 'from #4' }])
  })

  it('keeps net volume and every cent of the charges', () => {
    const one = fc.record({
      volume: fc.integer({ min: 1, max: 500 }),
      cmd: fc.constantFrom(Cmd.BUY, Cmd.SELL),
      paid: charges,
    })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (list) => {
        const rows = list.map(({ volume, cmd, paid }, i) => position({ order: i + 1, volume, cmd, ...paid }))
        let ticket = 1000
        const { closed, open } = closeAllBy(rows, { ...settlement, nextTicket: () => ++ticket })
        const net = (of: readonly { cmd: number; volume: number }[]): number =>
          of.reduce((sum, row) => sum + (row.cmd === Cmd.SELL ? -row.volume : row.volume), 0)
        expect(net(open)).toBe(net(rows))
        expect(new Set(open.map((row) => row.cmd)).size).toBeLessThanOrEqual(1)
        for (const name of ['commission', 'storage', 'taxes'] as const)
          expect(
            roundTo(
              [...closed, ...open].reduce((sum, row) => sum + row[name], 0),
              2,
            ),
          ).toBe(
            roundTo(
              rows.reduce((sum, row) => sum + row[name], 0),
              2,
            ),
          )
        expect(new Set([...closed, ...open].map((row) => row.order)).size).toBe(closed.length + open.length)
      }),
    )
  })
})

describe('autoCloseOut', () => {
  // Results at 1.2: buys win the more the lower they opened, sells the more the higher.
  const resultOf = ({ cmd, openPrice }: { cmd: number; openPrice: number }) =>
    cmd === Cmd.BUY ? 1.2 - openPrice : openPrice - 1.2
  const rows = [buy(1, 10, 1.1), sell(2, 10, 1.3), buy(3, 10, 1.15), sell(4, 10, 1.25), buy(5, 10, 1.12)]
  const pairs = (mode: number, dayStart = 0, list = rows) => {
    const given = { ...settlement, nextTicket: () => 99, resultOf, dayStart }
    const { closed, open } = autoCloseOut(list, mode, given)
    return { pairs: closed.map((row) => row.order), left: open.map((row) => row.order) }
  }

  it.each([
    ['nothing', AutoCloseOut.NONE, [], [1, 2, 3, 4, 5]],
    ['best sell by best buy', AutoCloseOut.HIHI, [2, 1, 4, 5], [3]],
    ['worst sell by worst buy', AutoCloseOut.LOLO, [4, 3, 2, 5], [1]],
    ['best sell by worst buy', AutoCloseOut.HILO, [2, 3, 4, 5], [1]],
    ['worst sell by best buy', AutoCloseOut.LOHI, [4, 1, 2, 5], [3]],
    ['oldest by oldest', AutoCloseOut.FIFO, [1, 2, 3, 4], [5]],
    ['latest by oldest', AutoCloseOut.LIFO, [5, 2, 4, 1], [3]],
    ['an unknown mode', 8, [], [1, 2, 3, 4, 5]],
  ])('%s', (_, mode, closed, left) => {
    expect(pairs(mode)).toEqual({ pairs: closed, left })
  })

  it('intraday looks for a counterpart of the day first', () => {
    const list = [buy(1, 10), { ...sell(2, 10), openTime: 10 }, { ...sell(3, 10), openTime: 900 }]
    expect(pairs(AutoCloseOut.INTRADAY_FIFO, 500, list)).toEqual({ pairs: [1, 3], left: [2] })
    expect(pairs(AutoCloseOut.INTRADAY_FIFO, 5000, list)).toEqual({ pairs: [1, 2], left: [3] })
  })

  it('leaves one side only, in every mode', () => {
    const one = fc.record({
      volume: fc.integer({ min: 1, max: 500 }),
      cmd: fc.constantFrom(Cmd.BUY, Cmd.SELL),
    })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 10 }), fc.integer({ min: 1, max: 7 }), (list, mode) => {
        let ticket = 1000
        const given = { ...settlement, nextTicket: () => ++ticket, resultOf, dayStart: 0 }
        const { open } = autoCloseOut(
          list.map((fields, i) => position({ order: i + 1, openPrice: 1 + i / 100, ...fields })),
          mode,
          given,
        )
        expect(new Set(open.map((row) => row.cmd)).size).toBeLessThanOrEqual(1)
      }),
    )
  })
})
