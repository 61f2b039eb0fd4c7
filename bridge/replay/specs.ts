import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import type { Sessions } from '../../shared/bridge/nested.ts'
import type { SymbolRecord } from '../../shared/bridge/tables.ts'
import { ExecutionMode, MarginMode, ProfitMode, SwapType, SymbolTrade } from '../../shared/mt4/enums.ts'
import { ReplayError } from './replay-error.ts'

const number = z.coerce.number()
const flag = z.enum(['0', '1']).transform(Number)

const rowSchema = z.looseObject({
  symbol: z.string().min(1).max(12),
  description: z.string(),
  source: z.string(),
  currency: z.string(),
  group: number,
  digits: number,
  trade: z.enum(['no', 'close', 'full']),
  starting: number,
  expiration: number,
  profit_mode: z.enum(['forex', 'cfd', 'futures']),
  spread: number,
  spread_balance: number,
  exemode: z.enum(['request', 'instant', 'market']),
  swap_enable: flag,
  swap_type: z.enum(['points', 'money', 'interest', 'margin_currency']),
  swap_long: number,
  swap_short: number,
  swap_3days: number,
  swap_openprice: flag,
  swap_variation_margin: flag,
  contract_size: number,
  tick_value: number,
  tick_size: number,
  stops_level: number,
  gtc: z.enum(['daily', 'gtc', 'daily_no_stops']),
  margin_mode: z.enum(['forex', 'cfd', 'futures', 'cfdindex', 'cfdleverage']),
  margin_initial: number,
  margin_maintenance: number,
  margin_hedged: number,
  margin_divider: number,
  long_only: flag,
  instant_max_volume: number,
  margin_currency: z.string(),
  freeze_level: number,
  margin_hedged_strong: flag,
})

const trades = { no: SymbolTrade.NONE, close: SymbolTrade.CLOSE_ONLY, full: SymbolTrade.FULL } as const
const profitModes = { forex: ProfitMode.FOREX, cfd: ProfitMode.CFD, futures: ProfitMode.FUTURES } as const
const exemodes = {
  request: ExecutionMode.REQUEST,
  instant: ExecutionMode.INSTANT,
  market: ExecutionMode.MARKET,
} as const
const swapTypes = {
  points: SwapType.POINTS,
  money: SwapType.DOLLARS,
  interest: SwapType.INTEREST,
  margin_currency: SwapType.MARGIN_CURRENCY,
} as const
const marginModes = {
  forex: MarginMode.FOREX,
  cfd: MarginMode.CFD,
  futures: MarginMode.FUTURES,
  cfdindex: MarginMode.CFDINDEX,
  cfdleverage: MarginMode.CFDLEVERAGE,
} as const
const gtcs = { daily: 0, gtc: 1, daily_no_stops: 2 } as const

const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

/** "00:01-23:59 …" (up to three, separated by blanks or semicolons) → sessions of a day. */
const parseSessions = (text: unknown): Sessions[number]['quote'] =>
  [...(typeof text === 'string' ? text : '').matchAll(/(\d\d):(\d\d)-(\d\d):(\d\d)/gu)]
    .slice(0, 3)
    .map((m) => ({
      openHour: Number(m[1]),
      openMin: Number(m[2]),
      closeHour: Number(m[3]),
      closeMin: Number(m[4]),
    }))

/**
 * Reads a symbol list decoded from a server's `symbols.raw` (CSV with a header). Rows that do not fit are left out
 * and counted. `index` is the place in the list.
 * @throws ReplayError NOT_SYMBOLS when the header is another one
 */
export const parseSymbols = (csv: string): { symbols: SymbolRecord[]; skipped: number } => {
  const rows: Record<string, string>[] = parse(csv, {
    columns: true,
    relax_column_count: true,
    skip_empty_lines: true,
  })
  if (rows.length === 0 || !('profit_mode' in (rows[0] as object)))
    throw new ReplayError('NOT_SYMBOLS', 'the first line is not the header of a symbol list')
  const symbols: SymbolRecord[] = []
  let skipped = 0
  for (const raw of rows) {
    const read = rowSchema.safeParse(raw)
    if (!read.success) {
      skipped += 1
      continue
    }
    const r = read.data
    const sessions: Sessions = days.map((day) => ({
      quote: parseSessions(r[`quote_${day}`]),
      trade: parseSessions(r[`trade_${day}`]),
    }))
    symbols.push({
      symbol: r.symbol,
      index: symbols.length,
      description: r.description,
      source: r.source,
      currency: r.currency,
      type: r.group,
      digits: r.digits,
      trade: trades[r.trade],
      realtime: 1,
      starting: r.starting,
      expiration: r.expiration,
      sessions: JSON.stringify(sessions),
      profitMode: profitModes[r.profit_mode],
      spread: r.spread,
      spreadBalance: r.spread_balance,
      exemode: exemodes[r.exemode],
      swapEnable: r.swap_enable,
      swapType: swapTypes[r.swap_type],
      swapLong: r.swap_long,
      swapShort: r.swap_short,
      swapRollover3Days: r.swap_3days,
      swapOpenPrice: r.swap_openprice,
      swapVariationMargin: r.swap_variation_margin,
      contractSize: r.contract_size,
      tickValue: r.tick_value,
      tickSize: r.tick_size,
      stopsLevel: r.stops_level,
      gtcPendings: gtcs[r.gtc],
      marginMode: marginModes[r.margin_mode],
      marginInitial: r.margin_initial,
      marginMaintenance: r.margin_maintenance,
      marginHedged: r.margin_hedged,
      marginDivider: r.margin_divider,
      longOnly: r.long_only,
      instantMaxVolume: r.instant_max_volume,
      marginCurrency: r.margin_currency,
      freezeLevel: r.freeze_level,
      marginHedgedStrong: r.margin_hedged_strong,
    })
  }
  return { symbols, skipped }
}
