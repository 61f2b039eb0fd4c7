import { describe, expect, it } from 'vitest'
import { MarginMode } from '../../../shared/mt4/enums.ts'
import { RetCode } from '../../../shared/mt4/ret-code.ts'
import { emptyLeg, openingMargin } from './margin.ts'
import { checksMargin, marginVerdict, ordersAllow } from './opening-check.ts'
import { forexMargin, leg } from './test-positions.ts'

const future = {
  ...forexMargin,
  marginMode: MarginMode.FUTURES,
  marginInitial: 500,
  marginMaintenance: 300,
}
const extra = { sell: false, lots: 2, openPrice: 4500, marginRate: 1 }

describe('openingMargin', () => {
  it('asks a future’s initial margin for what the trade adds, maintenance for what was open', () => {
    expect(openingMargin(future, emptyLeg, emptyLeg, extra, 100, 1, false)).toBe(1000)
    expect(openingMargin(future, leg([3, 4400, 1]), emptyLeg, extra, 100, 1, false)).toBe(3 * 300 + 1000)
    expect(openingMargin({ ...future, marginInitial: 0 }, emptyLeg, emptyLeg, extra, 100, 1, false)).toBe(600)
  })

  it('asks no initial margin for a trade that only covers', () => {
    expect(openingMargin(future, emptyLeg, leg([3, 4400, 1]), extra, 100, 1, false)).toBe(300)
    expect(openingMargin(future, emptyLeg, leg([3, 4400, 1]), extra, 100, 1, true)).toBe(900)
    // one lot covers, one adds
    expect(openingMargin(future, emptyLeg, leg([1, 4400, 1]), extra, 100, 1, false)).toBe(300)
    expect(openingMargin(future, emptyLeg, leg([1, 4400, 1]), extra, 100, 1, true)).toBe(300 * 2 + 200)
  })

  it('is the ordinary margin with the new position for everything else', () => {
    expect(openingMargin(forexMargin, emptyLeg, emptyLeg, { ...extra, openPrice: 1.2 }, 100, 1, false)).toBe(
      2000,
    )
  })
})

describe('the check before a trade', () => {
  it('runs when placed and at activation; after the dealer only where the security wants it', () => {
    expect(checksMargin('placed', 1)).toBe(true)
    expect(checksMargin('activation', 1)).toBe(true)
    expect(checksMargin('answered', 1)).toBe(false)
    expect(checksMargin('answered', 0)).toBe(true)
  })

  it('refuses a client; warns a manager, or refuses him too (U19)', () => {
    expect(marginVerdict(true, true)).toEqual({ code: RetCode.OK, warns: false })
    expect(marginVerdict(false, false)).toEqual({ code: RetCode.TRADE_NO_MONEY, warns: false })
    expect(marginVerdict(false, true)).toEqual({ code: RetCode.OK, warns: true })
    expect(marginVerdict(false, true, { managerMargin: 'refuse' }).code).toBe(RetCode.TRADE_NO_MONEY)
  })

  it('counts orders; 0 is no limit (U18)', () => {
    expect(ordersAllow(500, 0)).toBe(true)
    expect(ordersAllow(0, 0, { zeroMaxPositions: 'none' })).toBe(false)
    expect(ordersAllow(4, 5)).toBe(true)
    expect(ordersAllow(5, 5)).toBe(false)
  })
})
