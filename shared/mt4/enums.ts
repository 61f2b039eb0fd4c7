/** Enumerations of the MT4 Manager API. Values are the wire values of the native header. */

/** `TradeRecord.cmd`. Even values among 0…5 are the buy side; `cmd % 2` is the direction after a fill. */
export const Cmd = {
  BUY: 0,
  SELL: 1,
  BUY_LIMIT: 2,
  SELL_LIMIT: 3,
  BUY_STOP: 4,
  SELL_STOP: 5,
  BALANCE: 6,
  CREDIT: 7,
} as const
export type Cmd = (typeof Cmd)[keyof typeof Cmd]

/** `TradeRecord.state`. */
export const TradeState = {
  OPEN_NORMAL: 0,
  OPEN_REMAND: 1,
  OPEN_RESTORED: 2,
  CLOSED_NORMAL: 3,
  CLOSED_PART: 4,
  CLOSED_BY: 5,
  DELETED: 6,
} as const

/** `TradeRecord.reason`: who or what opened the trade. */
export const TradeReason = {
  CLIENT: 0,
  EXPERT: 1,
  DEALER: 2,
  SIGNAL: 3,
  GATEWAY: 4,
  MOBILE: 5,
  WEB: 6,
  API: 7,
} as const

/** `ConSymbol.profitMode`. */
export const ProfitMode = { FOREX: 0, CFD: 1, FUTURES: 2 } as const

/** `ConSymbol.marginMode`. */
export const MarginMode = { FOREX: 0, CFD: 1, FUTURES: 2, CFDINDEX: 3, CFDLEVERAGE: 4 } as const

/** `ConSymbol.trade`. */
export const SymbolTrade = { NONE: 0, CLOSE_ONLY: 1, FULL: 2 } as const

/** `ConSymbol.exemode`. */
export const ExecutionMode = { REQUEST: 0, INSTANT: 1, MARKET: 2 } as const

/** `ConSymbol.swapType`. DOLLARS is a historic name: the money is in the symbol's base currency. */
export const SwapType = { POINTS: 0, DOLLARS: 1, INTEREST: 2, MARGIN_CURRENCY: 3 } as const

/** `ConGroup.marginMode`: how floating P/L counts in free margin. */
export const FreeMarginMode = { DONT_USE: 0, USE_ALL: 1, USE_PROFIT: 2, USE_LOSS: 3 } as const

/** `ConGroup.marginType`: unit of `marginCall` and `marginStopout`. */
export const MarginType = { PERCENT: 0, CURRENCY: 1 } as const

/** `MarginLevel.levelType`. STOPOUT takes precedence over MARGINCALL. */
export const LevelType = { OK: 0, MARGINCALL: 1, STOPOUT: 2 } as const
export type LevelType = (typeof LevelType)[keyof typeof LevelType]

/** True for BUY and SELL: a position that carries P&L and margin. */
export const isMarketCmd = (cmd: number): boolean => cmd === Cmd.BUY || cmd === Cmd.SELL

/** True for the four pending kinds. */
export const isPendingCmd = (cmd: number): boolean => cmd >= Cmd.BUY_LIMIT && cmd <= Cmd.SELL_STOP

/** True for BALANCE and CREDIT operations. */
export const isMoneyCmd = (cmd: number): boolean => cmd === Cmd.BALANCE || cmd === Cmd.CREDIT

const cmdNames = [
  'buy',
  'sell',
  'buy limit',
  'sell limit',
  'buy stop',
  'sell stop',
  'balance',
  'credit',
] as const

/** The field's own words for a `cmd`, as a terminal prints them. */
export const cmdName = (cmd: number): string => cmdNames[cmd] ?? `cmd ${cmd}`
