import type { Statement } from '../../main/statements/types.ts'
import {
  type GroupRecord,
  groupsTable,
  type TradeRecord,
  tradesTable,
  type UserRecord,
  usersTable,
} from '../../shared/bridge/tables.ts'
import { FreeMarginMode, MarginType, TradeReason } from '../../shared/mt4/enums.ts'
import { blankRow } from '../../shared/wire/schema.ts'

/** `UserRecord.userColor` of an account without one (0xFF000000). */
const NO_COLOUR = -16_777_216

/** The group of a statement's account: one a currency. */
export const groupName = (currency: string): string => `real-${currency}`

const secGroups = JSON.stringify([
  {
    show: true,
    trade: true,
    execution: 1,
    commBase: 0,
    commType: 0,
    commLots: 0,
    spreadDiff: 0,
    lotMin: 1,
    lotMax: 100_000,
    lotStep: 1,
    ieDeviation: 0,
  },
])

export const replayGroup = (currency: string): GroupRecord => ({
  ...blankRow(groupsTable),
  group: groupName(currency),
  enable: 1,
  timeout: 7,
  company: 'Replay',
  currency,
  defaultLeverage: 100,
  marginCall: 100,
  marginMode: FreeMarginMode.USE_ALL,
  marginStopout: 20,
  marginType: MarginType.PERCENT,
  secGroups,
  secMargins: '[]',
})

/** The account of a statement: balance and credit as printed, day results counted from the statement's equity. */
export const replayUser = (statement: Statement, login: number, now: number): UserRecord => {
  const balance = statement.summary.balance?.[0] ?? 0
  const credit = statement.summary.credit?.[0] ?? 0
  const equity = statement.summary.equity?.[0] ?? balance + credit
  return {
    ...blankRow(usersTable),
    login,
    group: groupName(statement.currency),
    enable: 1,
    enableChangePassword: 1,
    name: statement.name === '' ? `Account ${login}` : statement.name,
    comment: 'from a statement',
    externalId: statement.account,
    status: 'replay',
    registrationDate: Math.min(now, statement.closed[0]?.openTime ?? now),
    lastDate: now,
    leverage: statement.leverage || 100,
    timestamp: now,
    balance,
    prevMonthBalance: balance,
    prevBalance: balance,
    credit,
    prevMonthEquity: equity,
    prevEquity: equity,
    userColor: NO_COLOUR,
  }
}

/** A TradeRecord with everything the replay does not know left blank. */
export const blankTrade: TradeRecord = { ...blankRow(tradesTable), reason: TradeReason.CLIENT }
