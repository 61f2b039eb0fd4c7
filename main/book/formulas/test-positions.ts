import { type TradeRecord, tradesTable } from '../../../shared/bridge/tables.ts'
import { MarginMode } from '../../../shared/mt4/enums.ts'
import { blankRow } from '../../../shared/wire/schema.ts'
import type { Settlement } from './lifecycle/close.ts'
import { emptyLeg, type MarginLeg, type MarginSymbol } from './margin.ts'

/** What the tests of the formulas share. */

export const forexMargin: MarginSymbol = {
  marginMode: MarginMode.FOREX,
  contractSize: 100_000,
  tickSize: 0,
  tickValue: 0,
  marginInitial: 0,
  marginMaintenance: 0,
  marginHedged: 0,
}

export const leg = (...positions: [lots: number, open: number, rate: number][]): MarginLeg =>
  positions.reduce(
    (sum, [lots, open, rate]) => ({
      lots: sum.lots + lots,
      openSum: sum.openSum + lots * open,
      rateSum: sum.rateSum + lots * rate,
    }),
    emptyLeg,
  )

/** A buy of one lot EURUSD by account 1, with what a test wants otherwise. */
export const position = (fields: Partial<TradeRecord> & { order: number }): TradeRecord => ({
  ...blankRow(tradesTable),
  login: 1,
  symbol: 'EURUSD',
  digits: 5,
  volume: 100,
  openTime: 1000,
  openPrice: 1.1,
  marginRate: 1.1,
  convRateOpen: 1.1,
  ...fields,
})

/** Settles in dollars at 100,000 a lot, without agent or tax. */
export const settlement: Settlement = {
  profitOf: (row, volume, price) =>
    Math.round((price - row.openPrice) * (row.cmd === 1 ? -1 : 1) * volume * 1000 * 100) / 100,
  agentOf: () => 0,
  taxPercent: 0,
  digits: 2,
  at: 5000,
  convRate: 1.2,
}
