import type { GroupRecord, SymbolRecord, TradeRecord, UserRecord } from '../../shared/bridge/tables.ts'

/** Full records for the test source; every column has a plausible value. */

/** 2025-01-06 00:00:00, a Monday, server-local seconds. */
export const TEST_DAY = 1_736_121_600

const week = JSON.stringify(
  Array.from({ length: 7 }, () => {
    const all = [{ openHour: 0, openMin: 0, closeHour: 24, closeMin: 0 }]
    return { quote: all, trade: all }
  }),
)

const names = [
  'EURUSD',
  'GBPUSD',
  'USDJPY',
  'USDCHF',
  'AUDUSD',
  'USDCAD',
  'NZDUSD',
  'EURGBP',
  'EURJPY',
  'XAUUSD',
]

export const symbolRow = (index: number): SymbolRecord => {
  const symbol = names[index] ?? `SYM${index}`
  const digits = symbol.endsWith('JPY') ? 3 : 5
  return {
    symbol,
    index,
    description: `${symbol} test`,
    source: '',
    currency: symbol.slice(0, 3),
    type: 0,
    digits,
    trade: 2,
    realtime: 1,
    starting: 0,
    expiration: 0,
    sessions: week,
    profitMode: 0,
    spread: 0,
    spreadBalance: 0,
    exemode: 1,
    swapEnable: 1,
    swapType: 0,
    swapLong: -0.5,
    swapShort: -0.25,
    swapRollover3Days: 3,
    swapOpenPrice: 0,
    swapVariationMargin: 0,
    contractSize: 100_000,
    tickValue: 0,
    tickSize: 0,
    stopsLevel: 5,
    gtcPendings: 1,
    marginMode: 0,
    marginInitial: 0,
    marginMaintenance: 0,
    marginHedged: 50_000,
    marginDivider: 1,
    longOnly: 0,
    instantMaxVolume: 0,
    marginCurrency: symbol.slice(0, 3),
    freezeLevel: 0,
    marginHedgedStrong: 0,
  }
}

const section = {
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
  ieDeviation: 2,
}

export const groupRow = (index: number): GroupRecord => ({
  group: `test-${index}`,
  enable: 1,
  timeout: 30,
  company: 'Test Broker',
  currency: index % 2 === 0 ? 'USD' : 'EUR',
  defaultLeverage: 100,
  defaultDeposit: 10_000,
  credit: 0,
  marginCall: 100,
  marginMode: 1,
  marginStopout: 50,
  marginType: 0,
  interestRate: 0,
  useSwap: 1,
  rights: 0,
  checkIePrices: 0,
  maxPositions: 0,
  closeReopen: 0,
  hedgeProhibited: 0,
  closeFifo: 0,
  hedgeLargeLeg: 0,
  stopoutSkipHedged: 0,
  secGroups: JSON.stringify([section]),
  secMargins: '[]',
})

export const userRow = (login: number, group: string): UserRecord => ({
  login,
  group,
  enable: 1,
  enableChangePassword: 1,
  enableReadOnly: 0,
  name: `Client ${login} Ängström`,
  country: 'Sweden',
  city: 'Malmö',
  state: '',
  zipCode: '211 20',
  address: `Street ${login}`,
  leadSource: 'web',
  phone: '+46 40 34 10 00',
  email: `client${login}@example.com`,
  comment: '',
  externalId: '',
  status: 'RE',
  registrationDate: TEST_DAY - 86_400 * 30,
  lastDate: TEST_DAY,
  leverage: 100,
  agentAccount: 0,
  timestamp: 0,
  lastIp: '192.0.2.1',
  balance: 10_000,
  prevMonthBalance: 10_000,
  prevBalance: 10_000,
  credit: 0,
  interestRate: 0,
  taxes: 0,
  prevMonthEquity: 10_000,
  prevEquity: 10_000,
  sendReports: 0,
  userColor: -16_777_216,
})

export const tradeRow = (
  order: number,
  login: number,
  symbol: SymbolRecord,
  cmd: number,
  volume: number,
  price: number,
  openTime: number,
): TradeRecord => ({
  order,
  login,
  symbol: symbol.symbol,
  digits: symbol.digits,
  cmd,
  volume,
  openTime,
  state: 0,
  openPrice: price,
  sl: 0,
  tp: 0,
  closeTime: 0,
  expiration: 0,
  reason: 0,
  convRateOpen: 1,
  convRateClose: 0,
  commission: 0,
  commissionAgent: 0,
  storage: 0,
  closePrice: price,
  profit: 0,
  taxes: 0,
  magic: 0,
  comment: '',
  gwVolume: 0,
  gwOrder: 0,
  activation: 0,
  marginRate: 1,
  timestamp: openTime,
})

/** A money operation (cmd 6 balance, 7 credit) as a trade record. */
export const moneyRow = (
  order: number,
  login: number,
  cmd: number,
  amount: number,
  comment: string,
  time: number,
): TradeRecord => ({
  ...tradeRow(order, login, { ...symbolRow(0), symbol: '', digits: 2 }, cmd, 1, 0, time),
  closeTime: time,
  profit: amount,
  comment,
})
