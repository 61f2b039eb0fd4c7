import type { GroupRecord, TradeRecord, UserRecord } from '../../shared/bridge/tables.ts'
import { FreeMarginMode, MarginType, TradeReason } from '../../shared/mt4/enums.ts'
import type { Statement } from './statement.ts'

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
  group: groupName(currency),
  enable: 1,
  timeout: 7,
  company: 'Replay',
  currency,
  defaultLeverage: 100,
  defaultDeposit: 0,
  credit: 0,
  marginCall: 100,
  marginMode: FreeMarginMode.USE_ALL,
  marginStopout: 20,
  marginType: MarginType.PERCENT,
  interestRate: 0,
  useSwap: 0,
  rights: 0,
  checkIePrices: 0,
  maxPositions: 0,
  closeReopen: 0,
  hedgeProhibited: 0,
  closeFifo: 0,
  hedgeLargeLeg: 0,
  stopoutSkipHedged: 0,
  secGroups,
  secMargins: '[]',
})

/** The account of a statement: balance and credit as printed, day results counted from the statement's equity. */
export const replayUser = (statement: Statement, login: number, now: number): UserRecord => {
  const balance = statement.summary['Balance'] ?? 0
  const credit = statement.summary['Credit Facility'] ?? 0
  const equity = statement.summary['Equity'] ?? balance + credit
  return {
    login,
    group: groupName(statement.currency),
    enable: 1,
    enableChangePassword: 1,
    enableReadOnly: 0,
    name: statement.name === '' ? `Account ${login}` : statement.name,
    country: '',
    city: '',
    state: '',
    zipCode: '',
    address: '',
    leadSource: '',
    phone: '',
    email: '',
    comment: 'from a statement',
    externalId: statement.account,
    status: 'replay',
    registrationDate: Math.min(now, statement.closed[0]?.openTime ?? now),
    lastDate: now,
    leverage: statement.leverage || 100,
    agentAccount: 0,
    timestamp: now,
    lastIp: '',
    balance,
    prevMonthBalance: balance,
    prevBalance: balance,
    credit,
    interestRate: 0,
    taxes: 0,
    prevMonthEquity: equity,
    prevEquity: equity,
    sendReports: 0,
    userColor: -16_777_216,
  }
}

/** A TradeRecord with everything the replay does not know left blank. */
export const blankTrade: TradeRecord = {
  order: 0,
  login: 0,
  symbol: '',
  digits: 0,
  cmd: 0,
  volume: 0,
  openTime: 0,
  state: 0,
  openPrice: 0,
  sl: 0,
  tp: 0,
  closeTime: 0,
  expiration: 0,
  reason: TradeReason.CLIENT,
  convRateOpen: 0,
  convRateClose: 0,
  commission: 0,
  commissionAgent: 0,
  storage: 0,
  closePrice: 0,
  profit: 0,
  taxes: 0,
  magic: 0,
  comment: '',
  gwVolume: 0,
  gwOrder: 0,
  activation: 0,
  marginRate: 0,
  timestamp: 0,
}
