import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roundTo } from '../../../../shared/money/rounding.ts'
import { Cmd, TradeState } from '../../../../shared/mt4/enums.ts'
import { RetCode } from '../../../../shared/mt4/ret-code.ts'
import { decisions } from '../decisions.ts'
import { position, settlement } from '../test-positions.ts'
import { closePosition, closeResult } from './close.ts'
import { closeBy, closeByAllowed, closeByCode } from './close-by.ts'
import { balanceFrom } from './money.ts'
import { splitCharges } from './split-charges.ts'

const closing = { ...settlement, price: 1.11, nextTicket: 50, mark: '[tp]', closeReopen: 0, marginRate: 1.11 }
const cents = fc.integer({ min: -1e7, max: 1e7 }).map((c) => c / 100)
const charges = fc.record({ commission: cents, storage: cents, taxes: cents })

describe('closePosition', () => {
  it('closes in full with the platform’s mark and every charge', () => {
    const row = position({
      order: 11,
      comment: 'grid',
      storage: -1.5,
      commission: -7,
      taxes: -0.7,
      activation: 2,
    })
    const { closed, rest } = closePosition(row, { ...closing, volume: 100 })
    expect(rest).toBeUndefined()
    expect(closed).toMatchObject({
      order: 11,
      state: TradeState.CLOSED_NORMAL,
      comment: 'grid[tp]',
      closePrice: 1.11,
      closeTime: 5000,
      convRateClose: 1.2,
      profit: 1000,
      activation: 0,
    })
    expect(closeResult(closed, 2)).toBe(990.8)
  })

  it('with close_reopen 1 closes everything and opens the rest anew at the closing price', () => {
    const row = position({ order: 11, storage: -1.5, commission: -7 })
    const { closed, rest } = closePosition(row, { ...closing, volume: 30, closeReopen: 1 })
    expect(closed).toMatchObject({
      volume: 100,
      profit: 1000,
      storage: -1.5,
      commission: -7,
      comment: 'to #50',
    })
    expect(rest).toMatchObject({
      order: 50,
      volume: 70,
      openPrice: 1.11,
      openTime: 5000,
      marginRate: 1.11,
      storage: 0,
      commission: 0,
    })
  })

  it('writes agent commission and, where set, the tax at the close', () => {
    const row = position({ order: 11, commission: -10 })
    const given = {
      ...closing,
      volume: 50,
      agentOf: (_: unknown, volume: number) => volume / 100,
      taxPercent: 20,
    }
    expect(closePosition(row, given).closed).toMatchObject({ commissionAgent: 0.5, taxes: 0 })
    const late = { ...decisions, taxWhen: 'close' as const }
    expect(closePosition(row, given, late).closed).toMatchObject({ commission: -5, taxes: -1 })
  })

  it('in parts books what closing at once would, but for the rounding of the prices’ result', () => {
    fc.assert(
      fc.property(charges, fc.integer({ min: 2, max: 1000 }), fc.nat(), (paid, volume, draw) => {
        const part = 1 + (draw % (volume - 1))
        const row = position({ order: 11, volume, ...paid })
        const { closed, rest } = closePosition(row, { ...closing, volume: part })
        const last = closePosition(rest ?? row, { ...closing, volume: volume - part }).closed
        const whole = closePosition(row, { ...closing, volume }).closed
        expect(closed.volume + last.volume).toBe(volume)
        expect(balanceFrom([closed, last], 2)).toBeCloseTo(balanceFrom([whole], 2), 1)
        for (const name of ['commission', 'storage', 'taxes'] as const)
          expect(roundTo(closed[name] + last[name], 2)).toBe(row[name])
      }),
    )
  })
})

describe('splitCharges', () => {
  it('adds up to the cent whatever is split', () => {
    const size = fc.integer({ min: 1, max: 10_000 })
    fc.assert(
      fc.property(
        charges,
        size,
        size,
        fc.constantFrom('volume', 'first-part'),
        (paid, part, more, chargeSplit) => {
          const { closed, rest } = splitCharges(paid, part, part + more, 2, { chargeSplit } as const)
          for (const name of ['commission', 'storage', 'taxes'] as const) {
            expect(roundTo(closed[name] + rest[name], 2)).toBe(paid[name])
            expect(Math.abs(closed[name])).toBeLessThanOrEqual(Math.abs(paid[name]))
          }
        },
      ),
    )
  })

  it('goes by volume, or all with the first part (U8)', () => {
    const paid = { commission: -7, storage: -1, taxes: 0 }
    expect(splitCharges(paid, 30, 100, 2).closed.commission).toBe(-2.1)
    expect(splitCharges(paid, 30, 100, 2, { chargeSplit: 'first-part' }).rest.commission).toBe(0)
  })
})

const buy = (order: number, volume: number, openPrice = 1.1) => position({ order, volume, openPrice })
const sell = (order: number, volume: number, openPrice = 1.11) =>
  position({ order, volume, openPrice, cmd: Cmd.SELL })

describe('closeBy', () => {
  it('of equal legs leaves nothing open', () => {
    const { first, second, rest } = closeBy(buy(1, 40), sell(2, 40), { ...settlement, nextTicket: 9 })
    expect(rest).toBeUndefined()
    expect(first).toMatchObject({ volume: 40, profit: 400, closePrice: 1.11 })
    expect(second).toMatchObject({ volume: 0, profit: 0, closePrice: 1.11 })
  })

  it('of a smaller first leg leaves the rest of the second', () => {
    const two = { ...sell(2, 100), commission: -10 }
    const { first, second, rest } = closeBy(buy(1, 40), two, { ...settlement, nextTicket: 9 })
    expect(first).toMatchObject({ volume: 40, profit: 400 })
    expect(second).toMatchObject({ volume: 0, commission: -4, comment: 'close hedge by #1' })
    expect(rest).toMatchObject({ order: 9, cmd: Cmd.SELL, volume: 60, openPrice: 1.11, commission: -6 })
  })

  it('needs opposite positions of one account and symbol', () => {
    expect(closeByCode(buy(1, 40), sell(2, 40))).toBe(RetCode.OK)
    for (const other of [
      buy(2, 40),
      { ...sell(2, 40), symbol: 'GBPUSD' },
      { ...sell(2, 40), login: 2 },
      { ...sell(2, 40), cmd: Cmd.SELL_LIMIT },
    ])
      expect(closeByCode(buy(1, 40), other)).toBe(RetCode.INVALID_DATA)
  })

  it('may be denied, alone or only the multiple kind', () => {
    expect([0, 1, 2, 3].map((rights) => closeByAllowed(rights, false))).toEqual([true, false, true, false])
    expect([0, 1, 2, 3].map((rights) => closeByAllowed(rights, true))).toEqual([true, false, false, false])
  })
})
