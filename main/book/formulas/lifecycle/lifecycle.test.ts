import { describe, expect, it } from 'vitest'
import { Cmd, MarginType, TradeState } from '../../../../shared/mt4/enums.ts'
import { position } from '../test-positions.ts'
import { COMMENT_MAX, levelMark, markComment, stopOutMark } from './comments.ts'
import { balanceFrom, bookedMoney, moneyRecord } from './money.ts'
import { openingFields } from './open.ts'
import { activatePending, deletePending, triggerPending } from './pending.ts'
import { mostUnprofitable } from './stop-out.ts'
import { fillPrice, reached, type TriggerKind } from './triggers.ts'

const terms = { openPrice: 1.2, marginRate: 1.3, profitRate: 0.9, commission: -7, taxes: -0.7 }

describe('opening', () => {
  it('freezes price, rates and charges; convRateOpen is the margin rate (U5)', () => {
    expect(openingFields(terms)).toEqual({
      openPrice: 1.2,
      marginRate: 1.3,
      convRateOpen: 1.3,
      commission: -7,
      taxes: -0.7,
      storage: 0,
    })
    expect(openingFields(terms, { convRates: 'profit' }).convRateOpen).toBe(0.9)
  })
})

describe('pendings', () => {
  const row = position({ order: 11, cmd: Cmd.SELL_STOP, openPrice: 1.05, expiration: 9000, activation: 3 })

  it('become positions under the same ticket', () => {
    expect(activatePending(row, terms, 5000)).toMatchObject({
      order: 11,
      cmd: Cmd.SELL,
      openTime: 5000,
      openPrice: 1.2,
      expiration: 0,
      activation: 0,
      commission: -7,
    })
  })

  it('are removed without a result, at the market’s price', () => {
    expect(deletePending(row, 1.06, 5000)).toMatchObject({
      state: TradeState.DELETED,
      closePrice: 1.06,
      closeTime: 5000,
      profit: 0,
      comment: row.comment,
    })
  })

  it('of groups that a dealer executes for ask him', () => {
    const given = { terms, at: 5000, marketPrice: 1.06, funds: false, automatic: false }
    expect(triggerPending(row, given)).toEqual({ kind: 'asks-dealer' })
  })
})

describe('trigger sides', () => {
  // At bid 1.1 and ask 1.1002 a level is reached from the side that the order trades on.
  it.each<[string, number, TriggerKind, number, boolean]>([
    ['buy limit', Cmd.BUY_LIMIT, 'pending', 1.1002, true],
    ['buy limit below the ask', Cmd.BUY_LIMIT, 'pending', 1.1001, false],
    ['buy stop', Cmd.BUY_STOP, 'pending', 1.1002, true],
    ['buy stop above the ask', Cmd.BUY_STOP, 'pending', 1.1003, false],
    ['sell limit', Cmd.SELL_LIMIT, 'pending', 1.1, true],
    ['sell limit above the bid', Cmd.SELL_LIMIT, 'pending', 1.1001, false],
    ['sell stop', Cmd.SELL_STOP, 'pending', 1.1, true],
    ['sell stop below the bid', Cmd.SELL_STOP, 'pending', 1.0999, false],
    ['stop loss of a buy', Cmd.BUY, 'sl', 1.1, true],
    ['stop loss of a buy below the bid', Cmd.BUY, 'sl', 1.0999, false],
    ['take profit of a buy', Cmd.BUY, 'tp', 1.1, true],
    ['take profit of a buy above the bid', Cmd.BUY, 'tp', 1.1001, false],
    ['stop loss of a sell', Cmd.SELL, 'sl', 1.1002, true],
    ['stop loss of a sell above the ask', Cmd.SELL, 'sl', 1.1003, false],
    ['take profit of a sell', Cmd.SELL, 'tp', 1.1002, true],
    ['take profit of a sell below the ask', Cmd.SELL, 'tp', 1.1001, false],
    ['no level', Cmd.BUY, 'tp', 0, false],
    ['a position has no pending price', Cmd.BUY, 'pending', 1.1, false],
    ['a pending’s stop waits', Cmd.BUY_LIMIT, 'sl', 1.2, false],
  ])('%s', (_, cmd, kind, level, expected) => {
    expect(reached(cmd, kind, level, 1.1, 1.1002)).toBe(expected)
    expect(reached(cmd, kind, level, 0, 0)).toBe(false)
  })

  it('fill at the level; stops at the market where that is set (U15)', () => {
    const market = { stopFill: 'market' } as const
    expect(fillPrice(Cmd.BUY, 'sl', 1.1, 1.09)).toBe(1.1)
    expect(fillPrice(Cmd.BUY, 'sl', 1.1, 1.09, market)).toBe(1.09)
    expect(fillPrice(Cmd.BUY_STOP, 'pending', 1.1, 1.12, market)).toBe(1.12)
    expect(fillPrice(Cmd.BUY_LIMIT, 'pending', 1.1, 1.09, market)).toBe(1.1)
    expect(fillPrice(Cmd.SELL, 'tp', 1.1, 1.09, market)).toBe(1.1)
  })
})

describe('stop-out', () => {
  const open = (order: number, profit: number, storage = 0) => ({
    order,
    profit,
    storage,
    commission: 0,
    taxes: 0,
  })

  it('closes the most unprofitable, swap and commission counted (U13)', () => {
    const list = [open(1, -50), open(2, -49, -5), open(3, 20)]
    expect(mostUnprofitable(list)?.order).toBe(2)
    expect(mostUnprofitable(list, { worstBy: 'profit' })?.order).toBe(1)
  })

  it('takes the oldest of equals and never one without a result', () => {
    expect(mostUnprofitable([open(5, -1), open(4, -1), open(6, -1)])?.order).toBe(4)
    expect(mostUnprofitable([open(5, Number.NaN), open(6, 3)])?.order).toBe(6)
    expect(mostUnprofitable([open(5, Number.NaN)])).toBeUndefined()
    expect(mostUnprofitable([])).toBeUndefined()
  })

  it('is marked with level, equity and margin; a level in money has no sign (U14)', () => {
    const figures = { level: 42.5, equity: 425, margin: 1000 }
    expect(stopOutMark(figures, MarginType.PERCENT, 'manager')).toBe('[so/a: 42.5% 425.0/1000.0]')
    expect(stopOutMark({ level: -135, equity: -2430, margin: 1800 }, MarginType.PERCENT, 'manager')).toBe(
      '[so/a: -135.0% -2430.0/1800.0]',
    )
    expect(stopOutMark({ ...figures, level: 425 }, MarginType.CURRENCY, 'manager')).toBe(
      '[so/a: 425.0 425.0/1000.0]',
    )
    expect(
      stopOutMark({ ...figures, level: 425 }, MarginType.CURRENCY, 'manager', {
        moneyStopOutMark: 'percent',
      }),
    ).toBe('[so/a: 425.0% 425.0/1000.0]')
    expect(stopOutMark({ level: Number.NaN, equity: -10, margin: 0 }, MarginType.PERCENT, 'manager')).toBe(
      '[so/a: 0.0% -10.0/0.0]',
    )
  })

  it('is marked another way by the server itself', () => {
    const figures = { level: 46.12, equity: 24.3, margin: 52.6 }
    expect(stopOutMark(figures, MarginType.PERCENT, 'server')).toBe('so: 46.1%/24.3/52.6')
  })

  it('has a mark that always fits a comment', () => {
    const huge = { level: 49.99, equity: 123_456_789.12, margin: 987_654_321.98 }
    for (const by of ['manager', 'server'] as const)
      for (const figures of [huge, { ...huge, equity: -1e15, margin: 1e15 }])
        expect(stopOutMark(figures, MarginType.PERCENT, by).length).toBeLessThanOrEqual(COMMENT_MAX)
  })
})

describe('marks', () => {
  it('of a level say whether the price jumped over it', () => {
    expect([levelMark('sl'), levelMark('tp', true)]).toEqual(['[sl]', '[tp/gap]'])
  })
})

describe('markComment', () => {
  it('cuts what the client wrote, never the mark', () => {
    expect(markComment('grid', '[sl]')).toBe('grid[sl]')
    const mark = '[so/a: 42.5% 425.0/1000.0]'
    expect(markComment('a long story of a trade', mark)).toBe(`a lon${mark}`)
  })
})

describe('money', () => {
  const order = { order: 7, login: 1, amount: -12.345, comment: 'Withdrawal', at: 5000, digits: 2 }

  it('is a record that opens and closes at once, and moves balance or credit', () => {
    const row = moneyRecord({ ...order, cmd: Cmd.BALANCE })
    expect(row).toMatchObject({
      order: 7,
      cmd: 6,
      profit: -12.35,
      openTime: 5000,
      closeTime: 5000,
      symbol: '',
    })
    expect(bookedMoney({ balance: 100, credit: 50 }, row, 2)).toEqual({ balance: 87.65, credit: 50 })
    const bonus = moneyRecord({ ...order, cmd: Cmd.CREDIT, amount: 5 })
    expect(bookedMoney({ balance: 100, credit: 50 }, bonus, 2)).toEqual({ balance: 100, credit: 55 })
  })

  it('and closed trades give the balance; open, pending, deleted and credit records do not', () => {
    const closed = position({
      order: 1,
      closeTime: 9,
      profit: 10,
      commission: -7,
      storage: -0.5,
      taxes: -0.1,
    })
    const rows = [
      moneyRecord({ ...order, cmd: Cmd.BALANCE, amount: 1000 }),
      moneyRecord({ ...order, cmd: Cmd.CREDIT, amount: 300 }),
      closed,
      position({ order: 2, profit: 99 }),
      { ...position({ order: 3, cmd: Cmd.BUY_LIMIT, closeTime: 9, profit: 5 }), state: TradeState.DELETED },
    ]
    expect(balanceFrom(rows, 2)).toBe(1002.4)
  })
})
