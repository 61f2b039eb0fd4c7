import { describe, expect, it } from 'vitest'
import { SwapType } from '../../../shared/mt4/enums.ts'
import {
  RolloverMode,
  reopenPrice,
  reopensAtRollover,
  reopenTime,
  rolloverPrice,
  StatementMode,
  variationMargin,
} from './rollover.ts'

const { NORMAL, REOPEN_BY_CLOSE_PRICE, REOPEN_BY_BID } = RolloverMode

describe('reopening rollover', () => {
  it('only happens in the reopening modes and with swaps in points', () => {
    expect(reopensAtRollover(NORMAL, SwapType.POINTS)).toBe(false)
    expect(reopensAtRollover(REOPEN_BY_BID, SwapType.POINTS)).toBe(true)
    expect(reopensAtRollover(REOPEN_BY_CLOSE_PRICE, SwapType.INTEREST)).toBe(false)
  })

  it('closes at the close side or at the bid', () => {
    expect(rolloverPrice(REOPEN_BY_CLOSE_PRICE, false, 1.1, 1.2)).toBe(1.1)
    expect(rolloverPrice(REOPEN_BY_CLOSE_PRICE, true, 1.1, 1.2)).toBe(1.2)
    expect(rolloverPrice(REOPEN_BY_BID, true, 1.1, 1.2)).toBe(1.1)
  })

  it('shifts the price by the points, fractions extend the digits (the help’s examples)', () => {
    expect(reopenPrice(false, 1.39805, 2, 1, 5)).toBe(1.39807)
    expect(reopenPrice(false, 1.39805, 0.33, 1, 5)).toBe(1.3980533)
    expect(reopenPrice(false, 1.39805, -2.5, 3, 5)).toBe(1.397975)
  })

  it('may credit by sign instead: a positive swap lowers what a buy paid and raises what a sell got', () => {
    const credit = { rolloverShift: 'credit' } as const
    expect(reopenPrice(false, 1.39805, 2, 1, 5, credit)).toBe(1.39803)
    expect(reopenPrice(true, 1.39805, 2, 1, 5, credit)).toBe(1.39807)
  })

  it('opens at the day’s end or with the next session', () => {
    expect(reopenTime(StatementMode.END_DAY, 100, 200)).toBe(100)
    expect(reopenTime(StatementMode.START_DAY, 100, 200)).toBe(200)
  })
})

describe('variation margin', () => {
  it('books result and swap and goes on from the market', () => {
    expect(variationMargin(12.34, -2.1, 4510.25, 2)).toEqual({
      amount: 10.24,
      openPrice: 4510.25,
      storage: 0,
    })
  })
})
