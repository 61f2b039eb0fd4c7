import { describe, expect, it } from 'vitest'
import { ChangeKind } from '../../../shared/bridge/streams.ts'
import { roundTo } from '../../../shared/money/rounding.ts'
import { Cmd, ExecutionMode, ProfitMode, TradeState } from '../../../shared/mt4/enums.ts'
import { RetCode } from '../../../shared/mt4/ret-code.ts'
import { equityOf, freeMarginOf, levelTypeOf, marginCheckPasses, marginLevelOf } from './account.ts'
import { type DealingRequest, type RequestEvent, RequestStatus, stepRequest } from './dealing-request.ts'
import { closePosition } from './lifecycle/close.ts'
import { closeBy } from './lifecycle/close-by.ts'
import { triggerPending } from './lifecycle/pending.ts'
import { accountMargin, emptyLeg, symbolMargin } from './margin.ts'
import { markedUp } from './markup.ts'
import { positionProfit } from './profit.ts'
import { PumpType, tradeChange } from './pump-events.ts'
import { forexMargin, leg, position, settlement } from './test-positions.ts'
import { admitTransaction, TransactionType } from './transaction-types.ts'

/** The acceptance checklist of the reference (§7), item by item. Vectors of item 2: vectors.test.ts. */

describe('acceptance checklist', () => {
  it.each([
    [1.005, 1.01],
    [-1.005, -1.01],
    [2.675, 2.68],
    [0, 0],
  ])('1: rounds %d to %d', (value, rounded) => {
    expect(roundTo(value, 2)).toBe(rounded)
  })

  it('2: profit and margin of the first vectors, P1 and M1 (all of them: vectors.test.ts)', () => {
    const forex = { profitMode: ProfitMode.FOREX, contractSize: 100_000, tickSize: 0, tickValue: 0 }
    expect(positionProfit(forex, false, 100, 1.2, 1.205, 1, 2)).toBe(500)
    expect(accountMargin(symbolMargin(forexMargin, leg([1, 1.279, 1]), emptyLeg, 100, 1, false), 2)).toBe(
      1000,
    )
  })

  it('3: a full hedge has no margin and a blank level; stop-out only as the group says', () => {
    const used = accountMargin(
      symbolMargin(forexMargin, leg([1, 1.279, 1]), leg([1, 1.281, 1]), 100, 1, false),
      2,
    )
    const rules = { marginType: 0, marginCall: 100, marginStopout: 50 }
    expect(used).toBe(0)
    expect(marginLevelOf(0, -10, used)).toBeNaN()
    expect(levelTypeOf({ ...rules, stopoutSkipHedged: 1 }, -10, used, 2)).toBe(0)
    expect(levelTypeOf({ ...rules, stopoutSkipHedged: 0 }, -10, used, 2)).toBe(2)
    expect(levelTypeOf({ ...rules, stopoutSkipHedged: 0 }, 10, used, 2)).toBe(0)
  })

  it.each([
    [0, -50, 800],
    [1, -50, 750],
    [2, -50, 800],
    [3, -50, 750],
    [0, 50, 800],
    [1, 50, 850],
    [2, 50, 850],
    [3, 50, 800],
  ])('4: free margin in mode %d with floating %d is %d', (mode, floating, free) => {
    expect(freeMarginOf(mode, 1000, 100, floating, 300, 2)).toBe(free)
  })

  it('5: equity and level', () => {
    expect(equityOf(1000, 100, -50, 2)).toBe(1050)
    expect(marginLevelOf(0, 1050, 300)).toBe(350)
  })

  it('6: the virtual credit of the group lets an order through and leaves the level alone', () => {
    const check = { marginBefore: 100, marginAfter: 600, opposite: false, hedgedStrong: false }
    expect(marginCheckPasses({ ...check, freeMarginAfter: -400, virtualCredit: 500 })).toBe(true)
    expect(marginCheckPasses({ ...check, freeMarginAfter: -400, virtualCredit: 399 })).toBe(false)
    expect(marginLevelOf(0, equityOf(100, 0, 0, 2), 500)).toBe(20)
  })

  it('7: a partial close of 0.30 of 1.00', () => {
    const row = position({ order: 11, storage: -10, commission: -7 })
    const given = { ...settlement, price: 1.11, nextTicket: 12, mark: '', closeReopen: 0, marginRate: 1.11 }
    const { closed, rest } = closePosition(row, { ...given, volume: 30 })
    expect(closed).toMatchObject({
      order: 11,
      volume: 30,
      state: TradeState.CLOSED_PART,
      comment: 'to #12',
      profit: 300,
      storage: -3,
      commission: -2.1,
    })
    expect(rest).toMatchObject({
      order: 12,
      volume: 70,
      state: TradeState.OPEN_REMAND,
      comment: 'from #11',
      openPrice: 1.1,
      openTime: row.openTime,
      closeTime: 0,
      storage: -7,
      commission: -4.9,
    })
  })

  it('8: a close-by of 1.00 bought against 0.40 sold', () => {
    const buy = position({ order: 11, volume: 100, openPrice: 1.1 })
    const sell = position({ order: 12, volume: 40, cmd: Cmd.SELL, openPrice: 1.11 })
    const { first, second, rest } = closeBy(buy, sell, { ...settlement, nextTicket: 13 })
    expect(first).toMatchObject({ order: 11, volume: 40, profit: 400, state: TradeState.CLOSED_BY })
    expect(second).toMatchObject({ order: 12, volume: 0, profit: 0, comment: 'close hedge by #11' })
    expect(rest).toMatchObject({ order: 13, cmd: Cmd.BUY, volume: 60, openPrice: 1.1, closeTime: 0 })
  })

  it('9: a pending without funds is removed', () => {
    const row = position({ order: 11, cmd: Cmd.BUY_LIMIT, openPrice: 1.05 })
    const terms = { openPrice: 1.05, marginRate: 1.05, profitRate: 1, commission: -7, taxes: 0 }
    const given = { terms, at: 5000, marketPrice: 1.049, automatic: true }
    expect(triggerPending(row, { ...given, funds: false })).toMatchObject({
      kind: 'deleted',
      row: { order: 11, state: TradeState.DELETED, profit: 0, commission: 0, closeTime: 5000 },
    })
    expect(triggerPending(row, { ...given, funds: true })).toMatchObject({
      kind: 'activated',
      row: { order: 11, cmd: Cmd.BUY, commission: -7, closeTime: 0 },
    })
  })

  it('10: an even spread difference', () => {
    expect(markedUp(1.1, 1.1001, 4, 5)).toEqual({ bid: 1.09998, ask: 1.10012 })
  })

  it('11: an odd spread difference', () => {
    expect(markedUp(1.1, 1.1001, 3, 5)).toEqual({ bid: 1.09999, ask: 1.10012 })
  })

  it('12: reset gives the request to another dealer, reject is final, a near requote executes', () => {
    const waiting: DealingRequest = {
      id: 1,
      status: RequestStatus.REQUEST,
      manager: 0,
      exemode: ExecutionMode.INSTANT,
      sell: false,
      price: 1.1001,
      deviation: 3,
      quickMode: true,
      timeout: 7,
      digits: 5,
      outcome: 'open',
      answeredAt: 0,
    }
    const step = (request: DealingRequest, event: RequestEvent) => stepRequest(request, event, 100)
    const held = step(waiting, { kind: 'take', manager: 101 }).request
    const given = step(held, { kind: 'reset', manager: 101 }).request
    expect(given).toMatchObject({ status: RequestStatus.RESETED, manager: 0 })
    expect(step(given, { kind: 'take', manager: 102 }).request).toMatchObject({
      status: RequestStatus.LOCKED,
      manager: 102,
    })
    const rejected = step(held, { kind: 'reject', manager: 101 }).request
    expect(rejected).toMatchObject({ status: RequestStatus.ANSWERED, outcome: 'rejected' })
    const after: RequestEvent[] = [
      { kind: 'take', manager: 102 },
      { kind: 'reset', manager: 101 },
      { kind: 'confirm', manager: 101, bid: 1.1, ask: 1.1001 },
      { kind: 'accept' },
      { kind: 'cancel' },
    ]
    for (const event of after)
      expect(step(rejected, event)).toEqual({ request: rejected, code: RetCode.INVALID_DATA })
    const inside = step(held, { kind: 'requote', manager: 101, bid: 1.1, ask: 1.10013 })
    expect(inside.request).toMatchObject({ outcome: 'executed', price: 1.10013 })
    const beyond = step(held, { kind: 'requote', manager: 101, bid: 1.1, ask: 1.10014 })
    expect(beyond).toMatchObject({ request: { outcome: 'requoted' }, code: RetCode.TRADE_REQUOTE })
  })

  it('13: only updates with login 0 erase, DELETE means closed', () => {
    const row = { login: 5, cmd: Cmd.BUY }
    expect(tradeChange(PumpType.DELETE, row, Cmd.BUY)).toBe(ChangeKind.CLOSED)
    expect(tradeChange(PumpType.DELETE, { ...row, login: 0 }, Cmd.BUY)).toBe(ChangeKind.CLOSED)
    expect(tradeChange(PumpType.UPDATE, { ...row, login: 0 }, Cmd.BUY)).toBe(ChangeKind.DELETED)
    expect(tradeChange(PumpType.UPDATE, row, Cmd.BUY)).toBe(ChangeKind.UPDATED)
    expect(tradeChange(PumpType.UPDATE, row, Cmd.BUY_LIMIT)).toBe(ChangeKind.ACTIVATED)
    expect(tradeChange(PumpType.ADD, { ...row, login: 0 }, undefined)).toBe(ChangeKind.ADDED)
  })

  it('14: client transaction types from a manager connection answer code 3', () => {
    for (const type of Object.values(TransactionType)) {
      const manager = type >= TransactionType.BR_ORDER_OPEN
      expect(admitTransaction(type, 'manager', false)).toBe(manager ? RetCode.OK : 3)
      expect(admitTransaction(type, 'client', false)).toBe(manager ? 3 : RetCode.OK)
    }
    for (const type of [2, 63, 84, -1]) expect(admitTransaction(type, 'manager', false)).toBe(3)
  })

  it('15: while the day ends every operation answers 132, balance too', () => {
    expect(admitTransaction(TransactionType.BR_BALANCE, 'manager', true)).toBe(132)
    for (const type of Object.values(TransactionType))
      expect(admitTransaction(type, type >= TransactionType.BR_ORDER_OPEN ? 'manager' : 'client', true)).toBe(
        132,
      )
  })
})
