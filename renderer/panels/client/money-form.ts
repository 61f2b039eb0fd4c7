import { paymentKinds } from '../../../shared/documents/payment.ts'
import { currencyDigits, roundTo } from '../../../shared/money/rounding.ts'
import { parseNumber } from '../rules/number-text.ts'

export type MoneyKind = (typeof paymentKinds)[number]

export const moneyKinds: Readonly<Record<MoneyKind, string>> = {
  deposit: 'Deposit',
  withdraw: 'Withdrawal',
  credit_in: 'Credit in',
  credit_out: 'Credit out',
}

export type MoneyFigures = {
  readonly balance: number
  readonly credit: number
  readonly equity: number
  readonly freeMargin: number
  readonly margin: number
}

/** An amount as it was typed; a sentence where it is none. */
export const readAmount = (
  typed: string,
  currency: string,
  locale?: string,
): { ok: true; amount: number } | { ok: false; why: string } => {
  const amount = parseNumber(typed, locale)
  if (amount === null) return { ok: false, why: 'Write an amount.' }
  if (!Number.isFinite(amount)) return { ok: false, why: 'This cannot be read as a number.' }
  if (amount <= 0) return { ok: false, why: 'The amount must be more than nothing.' }
  if (amount > 1e12) return { ok: false, why: 'This is more than an account can hold.' }
  const digits = currencyDigits(currency)
  if (roundTo(amount, digits) !== amount)
    return { ok: false, why: `${currency} has ${digits === 0 ? 'no' : digits} decimals.` }
  return { ok: true, amount }
}

/** The account's figures once the money is booked, at the prices of now. Account currency. */
export const afterMoney = (now: MoneyFigures, kind: MoneyKind, amount: number): MoneyFigures => {
  const signed = kind === 'deposit' || kind === 'credit_in' ? amount : -amount
  const credit = kind === 'credit_in' || kind === 'credit_out'
  return {
    balance: now.balance + (credit ? 0 : signed),
    credit: now.credit + (credit ? signed : 0),
    equity: now.equity + signed,
    freeMargin: now.freeMargin + signed,
    margin: now.margin,
  }
}

/** What speaks against it; the server has the last word. */
export const moneyWarning = (now: MoneyFigures, kind: MoneyKind, amount: number): string | null => {
  if (kind === 'withdraw' && amount > Math.min(now.balance, now.freeMargin))
    return 'This is more than is free. The server will probably refuse it.'
  if (kind === 'credit_out' && amount > now.credit)
    return 'This is more than the credit there is. The server will probably refuse it.'
  return null
}
