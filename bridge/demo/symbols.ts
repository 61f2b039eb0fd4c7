import type { Sessions } from '../../shared/bridge/nested.ts'
import type { SymbolRecord } from '../../shared/bridge/tables.ts'
import { SymbolTrade } from '../../shared/mt4/enums.ts'
import type { Instrument } from './instruments.ts'

const allDay = { openHour: 0, openMin: 0, closeHour: 24, closeMin: 0 }
const daily = { openHour: 0, openMin: 2, closeHour: 23, closeMin: 58 }

const week = (allWeek: boolean): Sessions =>
  Array.from({ length: 7 }, (_, day) => {
    if (allWeek) return { quote: [allDay], trade: [allDay] }
    const closed = day === 0 || day === 6
    return closed ? { quote: [], trade: [] } : { quote: [allDay], trade: [daily] }
  })

const sessionTexts = { allWeek: JSON.stringify(week(true)), fiveDays: JSON.stringify(week(false)) }

/** ConSymbol of an instrument. Sessions are those a real server has; the demo's market ignores them (see demo-source.ts). */
export const symbolRecord = (instrument: Instrument, index: number): SymbolRecord => ({
  symbol: instrument.symbol,
  index,
  description: instrument.description,
  source: '',
  currency: instrument.currency,
  type: instrument.type,
  digits: instrument.digits,
  trade: SymbolTrade.FULL,
  realtime: 1,
  starting: 0,
  expiration: 0,
  sessions: instrument.allWeek ? sessionTexts.allWeek : sessionTexts.fiveDays,
  profitMode: instrument.profitMode,
  spread: 0,
  spreadBalance: 0,
  exemode: instrument.exemode,
  swapEnable: 1,
  swapType: instrument.swapType,
  swapLong: instrument.swapLong,
  swapShort: instrument.swapShort,
  swapRollover3Days: 3,
  swapOpenPrice: 0,
  swapVariationMargin: 0,
  contractSize: instrument.contractSize,
  tickValue: instrument.tickValue,
  tickSize: instrument.tickSize,
  stopsLevel: instrument.stopsLevel,
  gtcPendings: 1,
  marginMode: instrument.marginMode,
  marginInitial: instrument.marginInitial,
  marginMaintenance: instrument.marginMaintenance,
  marginHedged: instrument.marginHedged,
  marginDivider: 100 / instrument.marginPercent,
  longOnly: 0,
  instantMaxVolume: 5_000,
  marginCurrency: instrument.marginCurrency,
  freezeLevel: instrument.stopsLevel > 0 ? 5 : 0,
  marginHedgedStrong: 0,
})
