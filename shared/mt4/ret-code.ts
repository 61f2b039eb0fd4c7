/** Return codes of the MT4 Manager API (`RET_*`), by name. */
export const RetCode = {
  OK: 0,
  OK_NONE: 1,
  ERROR: 2,
  INVALID_DATA: 3,
  TECH_PROBLEM: 4,
  OLD_VERSION: 5,
  NO_CONNECT: 6,
  NOT_ENOUGH_RIGHTS: 7,
  TOO_FREQUENT: 8,
  MALFUNCTION: 9,
  GENERATE_KEY: 10,
  SECURITY_SESSION: 11,
  INVALID_COMPANY: 15,
  ACCOUNT_DISABLED: 64,
  BAD_ACCOUNT_INFO: 65,
  PUBLIC_KEY_MISSING: 66,
  TRADE_TIMEOUT: 128,
  TRADE_BAD_PRICES: 129,
  TRADE_BAD_STOPS: 130,
  TRADE_BAD_VOLUME: 131,
  TRADE_MARKET_CLOSED: 132,
  TRADE_DISABLE: 133,
  TRADE_NO_MONEY: 134,
  TRADE_PRICE_CHANGED: 135,
  TRADE_OFFQUOTES: 136,
  TRADE_BROKER_BUSY: 137,
  TRADE_REQUOTE: 138,
  TRADE_ORDER_LOCKED: 139,
  TRADE_LONG_ONLY: 140,
  TRADE_TOO_MANY_REQ: 141,
  TRADE_ACCEPTED: 142,
  TRADE_PROCESS: 143,
  TRADE_USER_CANCEL: 144,
  TRADE_MODIFY_DENIED: 145,
  TRADE_CONTEXT_BUSY: 146,
  TRADE_EXPIRATION_DENIED: 147,
  TRADE_TOO_MANY_ORDERS: 148,
  TRADE_HEDGE_PROHIBITED: 149,
  TRADE_PROHIBITED_BY_FIFO: 150,
} as const
export type RetCode = (typeof RetCode)[keyof typeof RetCode]

const names = new Map<number, string>(Object.entries(RetCode).map(([name, code]) => [code, name]))

/** `RET_TRADE_NO_MONEY` for 134; `RET_999` for a code this build does not know. */
export const retName = (code: number): string => `RET_${names.get(code) ?? code}`
