import { COVERAGE_GROUP } from '../../main/book/formulas/exposure.ts'
import type { SecGroup, SecMargin } from '../../shared/bridge/nested.ts'
import type { GroupRecord } from '../../shared/bridge/tables.ts'
import { roundTo } from '../../shared/money/rounding.ts'
import { FreeMarginMode, MarginType } from '../../shared/mt4/enums.ts'

/** The six deposit currencies; the index is used wherever a currency is a number. */
export const depositCurrencies = ['USD', 'EUR', 'GBP', 'JPY', 'CHF', 'AUD'] as const
export type DepositCurrency = (typeof depositCurrencies)[number]

/** Rough worth of one unit in USD: sizes deposits and credits, never used to value a trade. */
export const roughUsd: Readonly<Record<DepositCurrency, number>> = {
  USD: 1,
  EUR: 1.16,
  GBP: 1.32,
  JPY: 0.0065,
  CHF: 1.25,
  AUD: 0.655,
}

type Tier = {
  readonly suffix: string
  readonly leverage: number
  readonly call: number
  readonly stopout: number
  readonly marginType: number
  readonly marginMode: number
  readonly largeLeg: number
  readonly skipHedged: number
  readonly commission: number
  /** 0 MONEY, 1 PIPS, 2 PERCENT */
  readonly commissionType: number
  /** 0 PER_LOT, 1 PER_DEAL */
  readonly commissionLots: number
  /** Tax in per cent of the commission. */
  readonly tax: number
  /** What a client's agent earns: USD (0 MONEY) or points (1 PIPS), a lot or a deal. */
  readonly agent: number
  readonly agentType: number
  readonly agentLots: number
  readonly spreadDiff: number
  readonly execution: number
  readonly lotMax: number
  /** Virtual credit in USD. */
  readonly credit: number
}

const tier = (suffix: string, fields: Partial<Tier>): Tier => ({
  suffix,
  leverage: 200,
  call: 100,
  stopout: 50,
  marginType: MarginType.PERCENT,
  marginMode: FreeMarginMode.USE_ALL,
  largeLeg: 0,
  skipHedged: 1,
  commission: 0,
  commissionType: 0,
  commissionLots: 0,
  tax: 0,
  agent: 0,
  agentType: 0,
  agentLots: 0,
  spreadDiff: 0,
  execution: 1,
  lotMax: 10_000,
  credit: 0,
  ...fields,
})

const tiers: readonly Tier[] = [
  tier('std', { leverage: 200, agent: 4 }),
  tier('ecn', { leverage: 200, call: 80, stopout: 40, commission: 7, largeLeg: 1, agent: 1, agentLots: 1 }),
  tier('pro', {
    leverage: 100,
    marginMode: FreeMarginMode.USE_LOSS,
    commission: 0.4,
    commissionType: 1,
    tax: 10,
    spreadDiff: 3,
  }),
  tier('vip', {
    leverage: 100,
    call: 70,
    stopout: 30,
    largeLeg: 1,
    lotMax: 50_000,
    credit: 500,
    commission: 2.5,
    commissionLots: 1,
  }),
  tier('mini', {
    leverage: 500,
    call: 60,
    stopout: 20,
    spreadDiff: 4,
    skipHedged: 0,
    lotMax: 1_000,
    agent: 3,
    agentType: 1,
  }),
  tier('raw', { leverage: 500, marginMode: FreeMarginMode.USE_PROFIT, commission: 0.003, commissionType: 2 }),
]

/** Groups of these tiers are A-book: what they open is handed on to the liquidity provider. */
const passedOnTiers = ['ecn', 'raw']

export const isPassedOn = (group: string): boolean => passedOnTiers.some((suffix) => group.endsWith(suffix))

/** The one group whose margin-call and stop-out levels are money. */
const moneyTier = tier('fix', {
  leverage: 100,
  marginType: MarginType.CURRENCY,
  call: 500,
  stopout: 200,
  marginMode: FreeMarginMode.DONT_USE,
})

/** Commissions in money are quoted in USD above and charged in deposit currency. */
const money = (amount: number, type: number, currency: DepositCurrency): number =>
  type === 0 ? roundTo(amount / roughUsd[currency], 2) : amount

const secGroups = (t: Tier, currency: DepositCurrency, trade: boolean): SecGroup[] =>
  Array.from({ length: 6 }, (_, type) => ({
    show: true,
    trade,
    execution: t.execution,
    commBase: type === 4 ? 0 : money(t.commission, t.commissionType, currency),
    commType: t.commissionType,
    commLots: t.commissionLots,
    commTax: t.tax,
    commAgent: type === 4 ? 0 : money(t.agent, t.agentType, currency),
    commAgentType: t.agentType,
    commAgentLots: t.agentLots,
    spreadDiff: type < 2 ? t.spreadDiff : 0,
    lotMin: 1,
    lotMax: t.lotMax,
    lotStep: 1,
    ieDeviation: 10,
    confirmation: false,
    ieQuickMode: true,
    autoCloseOut: 0,
    freeMarginMode: 0,
    tradeRights: 0,
  }))

const vipMargins: SecMargin[] = [
  { symbol: 'EURUSD', swapLong: -5.9, swapShort: 3.4, marginDivider: 1 },
  { symbol: 'XAUUSD', swapLong: -40.1, swapShort: 22.3, marginDivider: 1 },
  { symbol: 'BTCUSD', swapLong: -14, swapShort: -3, marginDivider: 20 },
]

const record = (name: string, currency: DepositCurrency, t: Tier, trade: boolean): GroupRecord => ({
  group: name,
  enable: 1,
  timeout: 7,
  company: currency === 'AUD' ? 'Meridian Demo Markets Pty' : 'Meridian Demo Markets Ltd',
  currency,
  defaultLeverage: t.leverage,
  defaultDeposit: Math.round(10_000 / roughUsd[currency]),
  credit: Math.round(t.credit / roughUsd[currency]),
  marginCall: t.call,
  marginMode: t.marginMode,
  marginStopout: t.stopout,
  marginType: t.marginType,
  interestRate: 0,
  useSwap: 1,
  rights: 1 | 2 | 4 | 8,
  checkIePrices: 0,
  maxPositions: t.suffix === 'mini' ? 100 : 0,
  closeReopen: 0,
  hedgeProhibited: 0,
  closeFifo: 0,
  hedgeLargeLeg: t.largeLeg,
  stopoutSkipHedged: t.skipHedged,
  secGroups: JSON.stringify(secGroups(t, currency, trade)),
  secMargins: JSON.stringify(t.suffix === 'vip' ? vipMargins : []),
})

/** Only accounts of this group may use manager logins. */

export const MANAGER_GROUP = 'manager'

const deskTier = tier('desk', { leverage: 100, call: 50, stopout: 10, lotMax: 1_000_000 })

/** At least the two of the house, one money-mode group and one tier in six currencies. */
export const groupLimits = { min: 9, max: 500 } as const

/**
 * The broker's groups: `coverage`, `manager`, a money-mode group, then tiers in six currencies, demo groups last.
 * Names as brokers write them, at most 15 characters.
 */
export const groupRecords = (count: number): GroupRecord[] => {
  const groups = [
    record(COVERAGE_GROUP, 'USD', deskTier, true),
    record(MANAGER_GROUP, 'USD', deskTier, false),
    record('real-USD-fix', 'USD', moneyTier, true),
  ]
  for (const t of tiers)
    for (const currency of depositCurrencies)
      groups.push(record(`real-${currency}-${t.suffix}`, currency, t, true))
  groups.push({ ...record('contest-2', 'USD', tiers[0] as Tier, true), hedgeProhibited: 1, closeFifo: 1 })
  for (let i = 0; groups.length < count; i++) {
    const currency = depositCurrencies[i % depositCurrencies.length] as DepositCurrency
    groups.push(record(`demo-${currency}-${i + 1}`, currency, tiers[i % tiers.length] as Tier, true))
  }
  return groups.slice(0, count)
}
