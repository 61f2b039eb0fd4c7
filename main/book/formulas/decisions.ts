/**
 * Points on which the platform's papers are silent or contradict each other (reference §6), as named settings. Functions
 * that depend on one take it as their last argument; the default is the reference's decision. The table with the
 * evidence for each is in `docs/formulas.md`, which a test keeps complete.
 */
export type Decisions = {
  /** U1: the weekday that `swapRollover3Days` 0 means. */
  readonly tripleDayBase: 'sunday' | 'monday'
  /** U2: level that calls for margin. */
  readonly marginCallAt: 'at-or-below' | 'below'
  /** U3: level that stops out. */
  readonly stopOutAt: 'below' | 'at-or-below'
  /** U4: Forex profit: conversion inside each leg, or of the rounded result in profit currency. */
  readonly profitConversion: 'inside-legs' | 'after-rounding'
  /** U5: what is stored in `convRateOpen` and `convRateClose`; never calculated with. */
  readonly convRates: 'margin-mid' | 'profit'
  /** U6: whether middle-price conversion (margin, swap) also reads the reversed pair before it goes through USD. */
  readonly reversedPairs: 'try' | 'ignore'
  /** U7: open price of covered volume: weighted over both legs, or the mean of the legs' averages. */
  readonly coveredPrice: 'weighted' | 'mean-of-legs'
  /** U8: whose side of the conversion prices a point of PIPS commission. */
  readonly commissionPoint: 'buy' | 'direction'
  /** U8: value that PERCENT commission is a part of: a lot as swaps value it, or the contract at its open price. */
  readonly commissionValue: 'lot-value' | 'open-price'
  /** U8: charges of a partial close: in proportion to volume, or all with the part that closes first. */
  readonly chargeSplit: 'volume' | 'first-part'
  /** U8: when the tax on commission is written. */
  readonly taxWhen: 'open' | 'close'
  /** U9: when the agent is paid. */
  readonly agentPayout: 'close' | 'end-of-day'
  /** U10: days of the year of interest on free margin. */
  readonly interestYear: 360 | 365
  /** U10: day of the month on which interest is credited. */
  readonly interestPaidOn: 'first-day' | 'last-day'
  /** U11: what is rounded of a position's swap: the sum charged that day, or each day that is charged for. */
  readonly swapRounding: 'charge' | 'day'
  /** U13: what the most unprofitable position is chosen by. */
  readonly worstBy: 'total' | 'profit'
  /** U14: how a level in money is written in the stop-out mark. */
  readonly moneyStopOutMark: 'plain' | 'percent'
  /** U15: price at which stop losses and stop orders fill. */
  readonly stopFill: 'level' | 'market'
  /** U18: what `maxPositions` 0 means. */
  readonly zeroMaxPositions: 'unlimited' | 'none'
  /** U19: a manager's order without free margin. */
  readonly managerMargin: 'warn' | 'refuse'
  /** U20: currency of swap type 1 ("dollars" by its historic name). */
  readonly swapMoney: 'base' | 'usd'
  /** Reopening rollover: points are added to the price (the help's example), or credited to the client by sign. */
  readonly rolloverShift: 'add' | 'credit'
  /** Server time at which the trading day ends and the next begins (ConCommon `endhour`, `endminute`). */
  readonly dayEnd: { readonly hour: number; readonly minute: number }
}

/** The reference's decisions. */
export const decisions: Decisions = Object.freeze({
  tripleDayBase: 'sunday',
  marginCallAt: 'at-or-below',
  stopOutAt: 'below',
  profitConversion: 'inside-legs',
  convRates: 'margin-mid',
  reversedPairs: 'try',
  coveredPrice: 'weighted',
  commissionPoint: 'buy',
  commissionValue: 'lot-value',
  chargeSplit: 'volume',
  taxWhen: 'open',
  agentPayout: 'close',
  interestYear: 360,
  interestPaidOn: 'first-day',
  swapRounding: 'charge',
  worstBy: 'total',
  moneyStopOutMark: 'plain',
  stopFill: 'level',
  zeroMaxPositions: 'unlimited',
  managerMargin: 'warn',
  swapMoney: 'base',
  rolloverShift: 'add',
  dayEnd: Object.freeze({ hour: 0, minute: 0 }),
})

/** Those on which figures of the live book rest: a desk may set them. */
export type LiveDecisions = Pick<Decisions, 'marginCallAt' | 'stopOutAt' | 'coveredPrice' | 'dayEnd'>

/** The settings a function needs, e.g. `Deciding<'tripleDayBase'>`. */
export type Deciding<K extends keyof Decisions> = Pick<Decisions, K>
