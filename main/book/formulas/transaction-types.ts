import { RetCode } from '../../../shared/mt4/ret-code.ts'

/** `TradeTransInfo.type`: what clients (below 75) and managers (75…83) ask for (reference §2.7). */
export const TransactionType = {
  PRICES_GET: 0,
  PRICES_REQUOTE: 1,
  ORDER_IE_OPEN: 64,
  ORDER_REQ_OPEN: 65,
  ORDER_MK_OPEN: 66,
  ORDER_PENDING_OPEN: 67,
  ORDER_IE_CLOSE: 68,
  ORDER_REQ_CLOSE: 69,
  ORDER_MK_CLOSE: 70,
  ORDER_MODIFY: 71,
  ORDER_DELETE: 72,
  ORDER_CLOSE_BY: 73,
  ORDER_CLOSE_ALL: 74,
  BR_ORDER_OPEN: 75,
  BR_ORDER_CLOSE: 76,
  BR_ORDER_DELETE: 77,
  BR_ORDER_CLOSE_BY: 78,
  BR_ORDER_CLOSE_ALL: 79,
  BR_ORDER_MODIFY: 80,
  BR_ORDER_ACTIVATE: 81,
  BR_ORDER_COMMENT: 82,
  BR_BALANCE: 83,
} as const

const known = new Set<number>(Object.values(TransactionType))

const isManagerType = (type: number): boolean => type >= TransactionType.BR_ORDER_OPEN

/** RET code of a transaction before anything else is looked at; during the end of day every operation is refused. */
export const admitTransaction = (type: number, from: 'client' | 'manager', dayEnding: boolean): RetCode => {
  if (!known.has(type) || isManagerType(type) !== (from === 'manager')) return RetCode.INVALID_DATA
  return dayEndCode(dayEnding)
}

/** MARKET_CLOSED while the server ends its day: also for managers, also for balance operations (reference §3.10). */
export const dayEndCode = (dayEnding: boolean): RetCode =>
  dayEnding ? RetCode.TRADE_MARKET_CLOSED : RetCode.OK
