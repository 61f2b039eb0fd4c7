import { FreeMarginMode, MarginMode, MarginType, ProfitMode } from '../../../../shared/mt4/enums.ts'
import type { Decisions } from '../../formulas/decisions.ts'

/** Formulas by name (docs/formulas.md) and in words, as an explanation shows them. */

type Formula = { readonly figure: string; readonly name: string; readonly text: string }

const formula = (figure: string, name: string, text: string): Formula => ({ figure, name, text })

const profitText = (mode: number, sell: boolean): string => {
  const value =
    mode === ProfitMode.FUTURES ? 'tick value / tick size × rate × lots' : 'contract size × rate × lots'
  const [from, to] = sell ? ['close', 'open'] : ['open', 'close']
  return mode === ProfitMode.FOREX
    ? `round(${to} price × ${value}) − round(${from} price × ${value})`
    : `round((${to} price − ${from} price) × ${value})`
}

const profitNames: Readonly<Record<number, string>> = {
  [ProfitMode.FOREX]: 'Profit, Forex',
  [ProfitMode.CFD]: 'Profit, CFD',
  [ProfitMode.FUTURES]: 'Profit, Futures',
}

const marginNames: Readonly<Record<number, readonly [name: string, text: string, fixed: string]>> = {
  [MarginMode.FOREX]: [
    'Margin, Forex',
    'lots × contract size / leverage / divider × margin rate',
    'lots × initial margin / leverage / divider × margin rate',
  ],
  [MarginMode.CFD]: [
    'Margin, CFD',
    'lots × contract size × open price / divider × margin rate',
    'lots × initial margin / divider × margin rate',
  ],
  [MarginMode.FUTURES]: [
    'Margin, Futures',
    'lots × maintenance margin / divider × margin rate',
    'lots × maintenance margin / divider × margin rate',
  ],
  [MarginMode.CFDINDEX]: [
    'Margin, CFD-Index',
    'lots × contract size × open price × tick value / tick size / divider × margin rate',
    'lots × initial margin / divider × margin rate',
  ],
  [MarginMode.CFDLEVERAGE]: [
    'Margin, CFD-Leverage',
    'lots × contract size × open price / leverage / divider × margin rate',
    'lots × initial margin / leverage / divider × margin rate',
  ],
}

export const marginName = (mode: number): string => marginNames[mode]?.[0] ?? 'Margin, unknown mode'

export const positionFormulas = (
  profitMode: number,
  sell: boolean,
  marginMode: number,
  fixedMargin: boolean,
): Formula[] => {
  const [name, text, fixed] = marginNames[marginMode] ?? [marginName(marginMode), 'not known', 'not known']
  return [
    formula('profit', profitNames[profitMode] ?? 'Profit, unknown mode', profitText(profitMode, sell)),
    formula('total', 'Position total', 'profit + round(swap + commission + taxes)'),
    formula('totalBase', 'In base currency', 'round(total × rate to base currency)'),
    formula('margin', name, `round(${fixedMargin ? fixed : text})`),
  ]
}

const counted: Readonly<Record<number, string>> = {
  [FreeMarginMode.DONT_USE]: '',
  [FreeMarginMode.USE_ALL]: ' + floating',
  [FreeMarginMode.USE_PROFIT]: ' + floating where it is a gain',
  [FreeMarginMode.USE_LOSS]: ' + floating where it is a loss',
}

export const accountFormulas = (
  freeMarginMode: number,
  marginType: number,
  largeLeg: boolean,
): readonly Formula[] => [
  formula('floating', 'Floating', 'Σ over open positions of profit + swap + commission + taxes'),
  formula('equity', 'Equity', 'round(balance + credit + floating)'),
  formula(
    'margin',
    largeLeg ? 'Margin, larger leg' : 'Margin, hedged',
    largeLeg
      ? 'round(Σ over symbols of the margin of the larger side)'
      : 'round(Σ over symbols of (margin of uncovered lots + hedged margin of covered lots) × average rate)',
  ),
  formula('freeMargin', 'Free margin', `round(balance + credit − margin${counted[freeMarginMode] ?? ''})`),
  formula(
    'marginLevel',
    'Margin level',
    marginType === MarginType.CURRENCY ? 'equity, in money' : 'equity / margin × 100',
  ),
  formula('levelType', 'Margin state', 'stop-out below its level; margin call at or below its level'),
  formula('dayPl', 'Day P&L', 'round(equity − equity at day start − money moved today)'),
  formula(
    'dayUnrealised',
    'Day, unrealised',
    'round(day P&L − realised − swap − commission with taxes of trades closed today)',
  ),
  formula('floatingBase', 'In base currency', 'round(figure × rate to base currency)'),
]

const decidedFor: Readonly<Partial<Record<keyof Decisions, readonly string[]>>> = {
  profitConversion: ['profit', 'total', 'totalBase', 'floating', 'floatingBase'],
  reversedPairs: ['totalBase', 'floatingBase', 'equityBase', 'dayPlBase'],
  coveredPrice: ['margin', 'freeMargin', 'marginLevel', 'levelType'],
  marginCallAt: ['marginLevel', 'levelType'],
  stopOutAt: ['marginLevel', 'levelType'],
  dayEnd: ['dayPl', 'dayPlBase', 'dayRealised', 'dayUnrealised', 'daySwap', 'dayCommission', 'dayAgent'],
}

const settingText = (value: Decisions[keyof Decisions]): string =>
  typeof value === 'object' ? `${value.hour}:${String(value.minute).padStart(2, '0')}` : String(value)

/** Decisions as they stand, by name, with the figures that rest on each. */
export const decided = (
  settings: Decisions,
  ...names: (keyof Decisions)[]
): { name: string; value: string; figures: string[] }[] =>
  names.map((name) => ({
    name,
    value: settingText(settings[name]),
    figures: [...(decidedFor[name] ?? [])],
  }))
