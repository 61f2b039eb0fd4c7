import { describe, expect, it } from 'vitest'
import { afterMoney, moneyWarning, readAmount } from './money-form.ts'

const now = { balance: 1000, credit: 50, equity: 900, freeMargin: 400, margin: 500 }

describe('an amount', () => {
  it('is what was typed, to the digits of the currency', () => {
    expect(readAmount('1,250.50', 'EUR', 'en-GB')).toEqual({ ok: true, amount: 1250.5 })
    expect(readAmount('1.250,50', 'EUR', 'de-DE')).toEqual({ ok: true, amount: 1250.5 })
    expect(readAmount('100', 'JPY', 'en-GB')).toEqual({ ok: true, amount: 100 })
  })

  it.each([
    ['', 'EUR', 'Write an amount'],
    ['12.345', 'EUR', '2 decimals'],
    ['0.5', 'JPY', 'no decimals'],
    ['-5', 'EUR', 'more than nothing'],
    ['0', 'EUR', 'more than nothing'],
    ['12x', 'EUR', 'cannot be read'],
    ['9999999999999', 'EUR', 'can hold'],
  ])('%s %s is refused', (typed, currency, why) => {
    expect(readAmount(typed, currency, 'en-GB')).toEqual({ ok: false, why: expect.stringContaining(why) })
  })
})

describe('what will be true', () => {
  it('is said before it is booked', () => {
    expect(afterMoney(now, 'deposit', 100)).toEqual({
      ...now,
      balance: 1100,
      equity: 1000,
      freeMargin: 500,
    })
    expect(afterMoney(now, 'withdraw', 100)).toMatchObject({ balance: 900, credit: 50, equity: 800 })
    expect(afterMoney(now, 'credit_in', 100)).toMatchObject({ balance: 1000, credit: 150, equity: 1000 })
    expect(afterMoney(now, 'credit_out', 50)).toMatchObject({ balance: 1000, credit: 0, equity: 850 })
  })

  it('warns of more than there is', () => {
    expect(moneyWarning(now, 'withdraw', 400)).toBeNull()
    expect(moneyWarning(now, 'withdraw', 401)).toContain('more than is free')
    expect(moneyWarning(now, 'credit_out', 51)).toContain('credit')
    expect(moneyWarning(now, 'deposit', 1e9)).toBeNull()
  })
})
