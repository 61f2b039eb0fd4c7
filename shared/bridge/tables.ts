import { type RowOf, table } from '../wire/schema.ts'

/**
 * The MT4 records as they cross the bridge: native meaning, camelCase names, volumes in 1/100 lot, times
 * in server-local seconds (0 = not set). Secrets (passwords, OTP seed, SMTP password) have no column.
 */

/** UserRecord. `lastIp` is dotted text. `comment` is the back-office note, `externalId` the document or CRM id. */
export const usersTable = table('users', {
  login: 'i32',
  group: 'dict',
  enable: 'u8',
  enableChangePassword: 'u8',
  enableReadOnly: 'u8',
  name: 'str',
  country: 'dict',
  city: 'dict',
  state: 'dict',
  zipCode: 'str',
  address: 'str',
  leadSource: 'dict',
  phone: 'str',
  email: 'str',
  comment: 'str',
  externalId: 'str',
  status: 'dict',
  registrationDate: 'i32',
  lastDate: 'i32',
  leverage: 'i32',
  agentAccount: 'i32',
  timestamp: 'i32',
  lastIp: 'str',
  balance: 'f64',
  prevMonthBalance: 'f64',
  prevBalance: 'f64',
  credit: 'f64',
  interestRate: 'f64',
  taxes: 'f64',
  prevMonthEquity: 'f64',
  prevEquity: 'f64',
  sendReports: 'u8',
  userColor: 'i32',
})
export type UserRecord = RowOf<typeof usersTable>

/**
 * TradeRecord. The table holds every open record (positions, pendings) and whatever closed or was booked
 * (cmd 6, 7) since the server's day began; `closeTime` 0 means open. Key: `order`.
 */
export const tradesTable = table('trades', {
  order: 'i32',
  login: 'i32',
  symbol: 'dict',
  digits: 'u8',
  cmd: 'u8',
  volume: 'i32',
  openTime: 'i32',
  state: 'u8',
  openPrice: 'f64',
  sl: 'f64',
  tp: 'f64',
  closeTime: 'i32',
  expiration: 'i32',
  reason: 'u8',
  convRateOpen: 'f64',
  convRateClose: 'f64',
  commission: 'f64',
  commissionAgent: 'f64',
  storage: 'f64',
  closePrice: 'f64',
  profit: 'f64',
  taxes: 'f64',
  magic: 'i32',
  comment: 'dict',
  gwVolume: 'i32',
  gwOrder: 'i32',
  activation: 'i32',
  marginRate: 'f64',
  timestamp: 'i32',
})
export type TradeRecord = RowOf<typeof tradesTable>

/** ConSymbol. `index` is its place in the list and the symbol number used in ticks. `sessions` is JSON, see `sessionsSchema`. */
export const symbolsTable = table('symbols', {
  symbol: 'str',
  index: 'u16',
  description: 'str',
  source: 'str',
  currency: 'dict',
  type: 'u8',
  digits: 'u8',
  trade: 'u8',
  realtime: 'u8',
  starting: 'i32',
  expiration: 'i32',
  sessions: 'dict',
  profitMode: 'u8',
  spread: 'i32',
  spreadBalance: 'i32',
  exemode: 'u8',
  swapEnable: 'u8',
  swapType: 'u8',
  swapLong: 'f64',
  swapShort: 'f64',
  swapRollover3Days: 'u8',
  swapOpenPrice: 'u8',
  swapVariationMargin: 'u8',
  contractSize: 'f64',
  tickValue: 'f64',
  tickSize: 'f64',
  stopsLevel: 'i32',
  gtcPendings: 'u8',
  marginMode: 'u8',
  marginInitial: 'f64',
  marginMaintenance: 'f64',
  marginHedged: 'f64',
  marginDivider: 'f64',
  longOnly: 'u8',
  instantMaxVolume: 'i32',
  marginCurrency: 'dict',
  freezeLevel: 'i32',
  marginHedgedStrong: 'u8',
})
export type SymbolRecord = RowOf<typeof symbolsTable>

/** ConGroup. `secGroups` and `secMargins` are JSON, see `secGroupsSchema`, `secMarginsSchema`. */
export const groupsTable = table('groups', {
  group: 'str',
  enable: 'u8',
  timeout: 'i32',
  company: 'dict',
  currency: 'dict',
  defaultLeverage: 'i32',
  defaultDeposit: 'f64',
  credit: 'f64',
  marginCall: 'i32',
  marginMode: 'u8',
  marginStopout: 'i32',
  marginType: 'u8',
  interestRate: 'f64',
  useSwap: 'u8',
  rights: 'i32',
  checkIePrices: 'u8',
  maxPositions: 'i32',
  closeReopen: 'u8',
  hedgeProhibited: 'u8',
  closeFifo: 'u8',
  hedgeLargeLeg: 'u8',
  stopoutSkipHedged: 'u8',
  secGroups: 'dict',
  secMargins: 'dict',
})
export type GroupRecord = RowOf<typeof groupsTable>

/** Last quote of a symbol (SymbolInfo). `time` is server-local milliseconds; high and low are of the bid, today. */
export const quotesTable = table('quotes', {
  symbol: 'u16',
  bid: 'f64',
  ask: 'f64',
  high: 'f64',
  low: 'f64',
  time: 'f64',
})
export type Quote = RowOf<typeof quotesTable>

/** One tick. `symbol` is `SymbolRecord.index`; `time` is server-local milliseconds. */
export const ticksTable = table('ticks', { symbol: 'u16', bid: 'f64', ask: 'f64', time: 'f64' })
export type Tick = RowOf<typeof ticksTable>
