import { type TradeRecord, tradesTable, type UserRecord } from '../../shared/bridge/tables.ts'
import { TradeState } from '../../shared/mt4/enums.ts'
import { blankRow } from '../../shared/wire/schema.ts'

const blank = blankRow(tradesTable)

/** What an open position or a pending is made of; the rest is blank until it closes. */
/** The liquidity provider numbers its orders from here. */
const GATEWAY_ORDERS = 900_000_000

type OpenFields = Pick<
  TradeRecord,
  | 'order'
  | 'login'
  | 'symbol'
  | 'digits'
  | 'cmd'
  | 'volume'
  | 'openTime'
  | 'openPrice'
  | 'sl'
  | 'tp'
  | 'expiration'
  | 'reason'
  | 'magic'
  | 'comment'
  | 'marginRate'
  | 'convRateOpen'
  | 'commission'
  | 'taxes'
  | 'storage'
  | 'timestamp'
> & {
  /** Handed on to the liquidity provider. */
  readonly passedOn: boolean
}

/** An open record, written out field by field: half a million of them are made at the start of a large world. */
export const openRecord = (fields: OpenFields): TradeRecord => ({
  order: fields.order,
  login: fields.login,
  symbol: fields.symbol,
  digits: fields.digits,
  cmd: fields.cmd,
  volume: fields.volume,
  openTime: fields.openTime,
  state: TradeState.OPEN_NORMAL,
  openPrice: fields.openPrice,
  sl: fields.sl,
  tp: fields.tp,
  closeTime: 0,
  expiration: fields.expiration,
  reason: fields.reason,
  convRateOpen: fields.convRateOpen,
  convRateClose: 0,
  commission: fields.commission,
  commissionAgent: 0,
  storage: fields.storage,
  closePrice: 0,
  profit: 0,
  taxes: fields.taxes,
  magic: fields.magic,
  comment: fields.comment,
  gwVolume: fields.passedOn ? fields.volume : 0,
  gwOrder: fields.passedOn ? fields.order + GATEWAY_ORDERS : 0,
  activation: 0,
  marginRate: fields.marginRate,
  timestamp: fields.timestamp,
})

/** A trade record with everything not given blank; also the row of a DELETED change when only the ticket is given. */
export const tradeRecord = (fields: Partial<TradeRecord> & { order: number }): TradeRecord => ({
  ...blank,
  ...fields,
})

/** The change of a user's record: new object, time stamped. */
export const changedUser = (user: UserRecord, at: number, fields: Partial<UserRecord>): UserRecord => ({
  ...user,
  ...fields,
  timestamp: at,
})
