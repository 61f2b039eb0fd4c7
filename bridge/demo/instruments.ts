import { ExecutionMode, MarginMode, ProfitMode, SwapType } from '../../shared/mt4/enums.ts'

/** Security groups, the index of `SymbolRecord.type` and of a group's `secGroups`. */
export const SecurityType = {
  MAJORS: 0,
  CROSSES: 1,
  METALS: 2,
  ENERGIES: 3,
  INDICES: 4,
  CRYPTO: 5,
} as const

/** Common shocks that move several drivers at once. */
export type Factor = 'dollar' | 'stocks' | 'oil' | 'crypto'

/**
 * What really moves: the price of one unit in its own quote currency (currencies, metals and coins in USD). Every symbol
 * is one driver or the quotient of two, so triangles hold by construction.
 */
export type Driver = {
  readonly name: string
  /** Level about which the demo's world starts. */
  readonly level: number
  /** Yearly volatility, 0.08 = 8 %. */
  readonly volatility: number
  readonly factor: Factor
  /** Correlation with the factor, signed. */
  readonly beta: number
  /** Weights of the Asian, London and New York day in its activity. */
  readonly day: readonly [asia: number, london: number, newYork: number]
}

const driver = (
  name: string,
  level: number,
  volatility: number,
  factor: Factor,
  beta: number,
  day: Driver['day'],
): Driver => ({ name, level, volatility, factor, beta, day })

export const drivers: readonly Driver[] = [
  driver('EUR', 1.16, 0.075, 'dollar', -0.75, [0.2, 1, 0.9]),
  driver('GBP', 1.32, 0.085, 'dollar', -0.7, [0.15, 1.1, 0.8]),
  driver('JPY', 1 / 154, 0.1, 'dollar', -0.55, [0.8, 0.8, 0.9]),
  driver('CHF', 1 / 0.8, 0.08, 'dollar', -0.65, [0.15, 1, 0.8]),
  driver('CAD', 1 / 1.4, 0.065, 'dollar', -0.5, [0.15, 0.5, 1.2]),
  driver('AUD', 0.655, 0.1, 'dollar', -0.6, [0.9, 0.7, 0.8]),
  driver('NZD', 0.575, 0.105, 'dollar', -0.6, [0.8, 0.6, 0.7]),
  driver('XAU', 4080, 0.18, 'dollar', -0.4, [0.5, 0.9, 1.2]),
  driver('XAG', 49.5, 0.3, 'dollar', -0.4, [0.4, 0.8, 1.2]),
  driver('WTI', 61.5, 0.36, 'oil', 0.9, [0.2, 0.8, 1.4]),
  driver('BRENT', 65.8, 0.34, 'oil', 0.9, [0.3, 0.9, 1.2]),
  driver('US500', 6650, 0.16, 'stocks', 0.9, [0.2, 0.5, 1.6]),
  driver('US30', 46_500, 0.15, 'stocks', 0.85, [0.2, 0.5, 1.6]),
  driver('NAS100', 24_600, 0.21, 'stocks', 0.9, [0.2, 0.5, 1.7]),
  driver('GER40', 23_400, 0.17, 'stocks', 0.7, [0.1, 1.4, 0.8]),
  driver('UK100', 9_560, 0.13, 'stocks', 0.65, [0.1, 1.3, 0.7]),
  driver('JP225', 49_400, 0.22, 'stocks', 0.6, [1.4, 0.4, 0.6]),
  driver('BTC', 91_000, 0.5, 'crypto', 0.85, [0.7, 0.8, 1.1]),
  driver('ETH', 3_050, 0.65, 'crypto', 0.85, [0.7, 0.8, 1.1]),
]

/** Static data of one symbol: what an administrator would have set up. */
export type Instrument = {
  readonly symbol: string
  readonly description: string
  readonly type: number
  /** Driver of the price, and the driver it is divided by (empty: quoted in the driver's own currency). */
  readonly over: string
  readonly under: string
  /** Base currency (FOREX profit mode) or base and profit currency (others). */
  readonly currency: string
  readonly marginCurrency: string
  readonly digits: number
  /** Usual spread, points. */
  readonly spread: number
  readonly profitMode: number
  readonly marginMode: number
  readonly contractSize: number
  readonly tickSize: number
  readonly tickValue: number
  readonly marginInitial: number
  readonly marginMaintenance: number
  readonly marginHedged: number
  /** Percentage of the margin formula; `marginDivider` = 100 / this. */
  readonly marginPercent: number
  readonly swapType: number
  readonly swapLong: number
  readonly swapShort: number
  readonly stopsLevel: number
  readonly exemode: number
  readonly allWeek: boolean
  /** How often it ticks and is traded, relative to the others. */
  readonly weight: number
}

const forex = (
  over: string,
  under: string,
  spread: number,
  swapLong: number,
  swapShort: number,
  weight: number,
): Instrument => ({
  symbol: over + under,
  description: `${currencyNames[over]} vs ${currencyNames[under]}`,
  type: over === 'USD' || under === 'USD' ? SecurityType.MAJORS : SecurityType.CROSSES,
  over,
  under,
  currency: over,
  marginCurrency: over,
  digits: under === 'JPY' ? 3 : 5,
  spread,
  profitMode: ProfitMode.FOREX,
  marginMode: MarginMode.FOREX,
  contractSize: 100_000,
  tickSize: 0,
  tickValue: 0,
  marginInitial: 0,
  marginMaintenance: 0,
  marginHedged: 50_000,
  marginPercent: 100,
  swapType: SwapType.POINTS,
  swapLong,
  swapShort,
  stopsLevel: spread < 15 ? 0 : 20,
  exemode: ExecutionMode.MARKET,
  allWeek: false,
  weight,
})

const currencyNames: Readonly<Record<string, string>> = {
  EUR: 'Euro',
  GBP: 'Great Britain Pound',
  USD: 'US Dollar',
  JPY: 'Japanese Yen',
  CHF: 'Swiss Franc',
  CAD: 'Canadian Dollar',
  AUD: 'Australian Dollar',
  NZD: 'New Zealand Dollar',
}

type CfdFields = Pick<
  Instrument,
  | 'symbol'
  | 'description'
  | 'type'
  | 'over'
  | 'currency'
  | 'digits'
  | 'spread'
  | 'contractSize'
  | 'marginMode'
  | 'marginPercent'
  | 'weight'
> &
  Partial<Instrument>

const cfd = (fields: CfdFields): Instrument => ({
  under: '',
  marginCurrency: fields.currency,
  profitMode: ProfitMode.CFD,
  tickSize: 0,
  tickValue: 0,
  marginInitial: 0,
  marginMaintenance: 0,
  marginHedged: 0,
  swapType: SwapType.INTEREST,
  swapLong: -6.5,
  swapShort: 1.5,
  stopsLevel: 10,
  exemode: ExecutionMode.MARKET,
  allWeek: false,
  ...fields,
})

/** The broker's symbols in list order; a list rather than code, hence the length of this file. The seven majors come first: every conversion goes through them. */
export const instruments: readonly Instrument[] = [
  forex('EUR', 'USD', 8, -7.4, 2.9, 10),
  forex('GBP', 'USD', 11, -3.1, -1.2, 8),
  forex('USD', 'JPY', 9, 8.6, -16.4, 8),
  forex('USD', 'CHF', 12, 5.1, -9.8, 4),
  forex('USD', 'CAD', 13, 1.9, -6.2, 4),
  forex('AUD', 'USD', 9, -2.2, -0.4, 4),
  forex('NZD', 'USD', 14, -1.4, -1.1, 2.5),
  forex('EUR', 'GBP', 12, -6.8, 1.7, 3),
  forex('EUR', 'JPY', 14, 6.1, -14.2, 4),
  forex('GBP', 'JPY', 20, 12.8, -24.1, 4),
  forex('AUD', 'NZD', 21, -2.8, -1.9, 1.5),
  forex('EUR', 'CHF', 15, 1.6, -7.1, 2),
  forex('CAD', 'JPY', 17, 4.4, -10.8, 1.5),
  forex('EUR', 'AUD', 20, -9.9, 2.4, 1.5),
  forex('GBP', 'CHF', 22, 6.3, -13.7, 1.5),
  forex('AUD', 'JPY', 15, 5.2, -11.4, 2),
  forex('NZD', 'JPY', 18, 3.3, -8.6, 1.2),
  forex('CHF', 'JPY', 20, -4.2, -2.6, 1.2),
  cfd({
    symbol: 'XAUUSD',
    description: 'Gold, troy ounce',
    type: SecurityType.METALS,
    over: 'XAU',
    currency: 'USD',
    digits: 2,
    spread: 22,
    contractSize: 100,
    marginMode: MarginMode.CFDLEVERAGE,
    marginPercent: 100,
    marginHedged: 50,
    swapType: SwapType.POINTS,
    swapLong: -48.2,
    swapShort: 19.6,
    weight: 9,
  }),
  {
    ...forex('EUR', 'USD', 28, -5.1, 1.2, 3),
    symbol: 'XAGUSD',
    description: 'Silver, troy ounce',
    type: SecurityType.METALS,
    over: 'XAG',
    under: 'USD',
    currency: 'XAG',
    marginCurrency: 'XAG',
    digits: 3,
    contractSize: 5000,
    marginHedged: 2500,
  },
  cfd({
    symbol: 'WTI',
    description: 'Crude oil, West Texas Intermediate',
    type: SecurityType.ENERGIES,
    over: 'WTI',
    currency: 'USD',
    digits: 2,
    spread: 3,
    contractSize: 1000,
    marginMode: MarginMode.CFD,
    marginPercent: 2,
    marginHedged: 500,
    swapType: SwapType.DOLLARS,
    swapLong: -9.4,
    swapShort: -3.6,
    weight: 3,
  }),
  cfd({
    symbol: 'BRENT',
    description: 'Crude oil, Brent',
    type: SecurityType.ENERGIES,
    over: 'BRENT',
    currency: 'USD',
    digits: 2,
    spread: 4,
    contractSize: 1000,
    marginMode: MarginMode.CFD,
    marginPercent: 2,
    marginHedged: 500,
    swapType: SwapType.MARGIN_CURRENCY,
    swapLong: -10.2,
    swapShort: -3.1,
    weight: 2,
  }),
  cfd({
    symbol: 'US500',
    description: 'S&P 500 index future',
    type: SecurityType.INDICES,
    over: 'US500',
    currency: 'USD',
    digits: 2,
    spread: 50,
    contractSize: 50,
    profitMode: ProfitMode.FUTURES,
    marginMode: MarginMode.FUTURES,
    marginPercent: 100,
    tickSize: 0.25,
    tickValue: 12.5,
    marginInitial: 4200,
    marginMaintenance: 3800,
    marginHedged: 1900,
    swapType: SwapType.POINTS,
    swapLong: 0,
    swapShort: 0,
    exemode: ExecutionMode.INSTANT,
    weight: 4,
  }),
  cfd({
    symbol: 'US30',
    description: 'Dow Jones Industrial Average',
    type: SecurityType.INDICES,
    over: 'US30',
    currency: 'USD',
    digits: 1,
    spread: 24,
    contractSize: 1,
    marginMode: MarginMode.CFDINDEX,
    marginPercent: 1,
    tickSize: 0.1,
    tickValue: 0.1,
    marginHedged: 0.5,
    weight: 4,
  }),
  cfd({
    symbol: 'NAS100',
    description: 'Nasdaq 100',
    type: SecurityType.INDICES,
    over: 'NAS100',
    currency: 'USD',
    digits: 1,
    spread: 14,
    contractSize: 1,
    marginMode: MarginMode.CFDINDEX,
    marginPercent: 1,
    tickSize: 0.1,
    tickValue: 0.1,
    marginHedged: 0.5,
    weight: 5,
  }),
  cfd({
    symbol: 'GER40',
    description: 'Germany 40',
    type: SecurityType.INDICES,
    over: 'GER40',
    currency: 'EUR',
    digits: 1,
    spread: 12,
    contractSize: 1,
    marginMode: MarginMode.CFDLEVERAGE,
    marginPercent: 100,
    marginHedged: 0.5,
    weight: 5,
  }),
  cfd({
    symbol: 'UK100',
    description: 'UK 100',
    type: SecurityType.INDICES,
    over: 'UK100',
    currency: 'GBP',
    digits: 1,
    spread: 12,
    contractSize: 1,
    marginMode: MarginMode.CFD,
    marginPercent: 1,
    marginHedged: 0,
    weight: 2,
  }),
  cfd({
    symbol: 'JP225',
    description: 'Japan 225',
    type: SecurityType.INDICES,
    over: 'JP225',
    currency: 'JPY',
    digits: 0,
    spread: 8,
    contractSize: 10,
    marginMode: MarginMode.CFDINDEX,
    marginPercent: 1,
    tickSize: 1,
    tickValue: 1,
    marginHedged: 5,
    weight: 2,
  }),
  cfd({
    symbol: 'BTCUSD',
    description: 'Bitcoin',
    type: SecurityType.CRYPTO,
    over: 'BTC',
    currency: 'USD',
    digits: 2,
    spread: 1800,
    contractSize: 1,
    marginMode: MarginMode.CFD,
    marginPercent: 10,
    swapLong: -18,
    swapShort: -4,
    allWeek: true,
    weight: 4,
  }),
  {
    ...forex('EUR', 'USD', 190, -0.5, -0.5, 2.5),
    symbol: 'ETHUSD',
    description: 'Ethereum',
    type: SecurityType.CRYPTO,
    over: 'ETH',
    under: 'USD',
    currency: 'ETH',
    marginCurrency: 'ETH',
    digits: 2,
    contractSize: 10,
    marginHedged: 0,
    marginPercent: 1000,
    swapType: SwapType.INTEREST,
    swapLong: -20,
    swapShort: -5,
    allWeek: true,
  },
  forex('EUR', 'NZD', 28, -10.4, 2.2, 0.8),
  forex('EUR', 'CAD', 22, -5.6, 0.6, 0.8),
  forex('GBP', 'AUD', 26, -7.8, 1.1, 0.8),
  forex('GBP', 'CAD', 27, -2.6, -2.4, 0.8),
  forex('GBP', 'NZD', 34, -6.1, -1.8, 0.6),
  forex('AUD', 'CAD', 19, -2.3, -1.6, 0.7),
  forex('AUD', 'CHF', 20, 2.7, -6.6, 0.6),
  forex('CAD', 'CHF', 19, 1.9, -5.4, 0.6),
  forex('NZD', 'CAD', 21, -1.8, -1.5, 0.5),
  forex('NZD', 'CHF', 22, 1.7, -5.1, 0.5),
]

/** As few as the majors, as many as there are. */
export const symbolLimits = { min: 7, max: instruments.length } as const
