import type { AccountExplanation, PositionExplanation } from '../../../shared/api/explain.ts'
import { currencyDigits } from '../../../shared/money/rounding.ts'
import type { FakeAccount, FakePosition, FakeWorld } from './fake-world.ts'

const notFound = (what: string): Error => new Error(`${what} is not there (any more).`)

const head = (currency: string, serverTime: number) => ({
  serverTime,
  valuedAt: Date.now(),
  base: 'USD',
  baseDigits: 2,
  currency,
  moneyDigits: currencyDigits(currency),
  toBase: {
    from: currency,
    to: 'USD',
    steps:
      currency === 'USD'
        ? []
        : [
            {
              pair: `${currency}USD`,
              side: 'mid' as const,
              bid: 1.0853,
              ask: 1.0855,
              price: 1.0854,
              inverse: false,
              time: serverTime - 700,
            },
          ],
    rate: currency === 'USD' ? 1 : 1.0854,
  },
  decisions: [{ name: 'profitConversion', value: 'inside-legs', figures: ['profit', 'total', 'floating'] }],
  blanks: [],
})

const terms = (contractSize: number) => ({
  marginMode: 0,
  contractSize,
  tickSize: 0,
  tickValue: 0,
  marginInitial: 0,
  marginMaintenance: 0,
  marginHedged: contractSize / 2,
})

const leg = (p: FakePosition, price: number) => {
  const exact = price * p.symbol.contract * (p.lots / 100)
  return { exact, rounded: Math.round(exact * 100) / 100 }
}

export const fakePositionExplanation = (
  world: FakeWorld,
  order: number,
  serverTime: number,
): PositionExplanation => {
  const p = world.positions.find((one) => one.order === order)
  if (!p) throw notFound(`Order ${order}`)
  const total = p.profit + p.storage + p.commission
  const margin = leg(p, p.openPrice).exact / p.account.leverage
  return {
    kind: 'position',
    ...head(p.account.currency, serverTime),
    formulas: [
      {
        figure: 'profit',
        name: 'Profit, Forex',
        text: 'round(close price × contract size × rate × lots) − round(open price × contract size × rate × lots)',
      },
      { figure: 'total', name: 'Position total', text: 'profit + round(swap + commission + taxes)' },
    ],
    order,
    login: p.account.login,
    symbol: p.symbol.symbol,
    cmd: p.cmd,
    volume: p.lots,
    lots: p.lots / 100,
    digits: p.symbol.digits,
    symbolKnown: true,
    accountKnown: true,
    openPrice: p.openPrice,
    closePrice: p.price,
    closeSide: p.cmd === 0 ? 'bid' : 'ask',
    closeTime: p.symbol.time,
    profitMode: 0,
    terms: terms(p.symbol.contract),
    conversion: {
      from: 'JPY',
      to: p.account.currency,
      steps: [
        {
          pair: 'USDJPY',
          side: 'bid',
          bid: 154.321,
          ask: 154.335,
          price: 154.321,
          inverse: true,
          time: serverTime - 1300,
        },
      ],
      rate: 1 / 154.321,
    },
    unitValue: p.symbol.contract,
    openLeg: leg(p, p.openPrice),
    closeLeg: leg(p, p.price),
    storage: p.storage,
    commission: p.commission,
    taxes: 0,
    costs: p.storage + p.commission,
    leverage: p.account.leverage,
    divider: 1,
    marginRate: 1,
    marginExact: margin,
    figures: { profit: p.profit, total, totalBase: total, margin },
  }
}

const accountFigures = (a: FakeAccount) => {
  const equity = a.balance + a.credit + a.floating
  return {
    floating: a.floating,
    equity,
    margin: a.margin,
    freeMargin: equity - a.margin,
    marginLevel: a.margin > 0 ? (equity / a.margin) * 100 : null,
    levelType: 0,
    dayPl: equity - a.startEquity,
    dayRealised: 0,
    dayUnrealised: equity - a.startEquity,
    daySwap: 0,
    dayCommission: 0,
    dayAgent: 0,
    floatingBase: a.floating,
    equityBase: equity,
    dayPlBase: equity - a.startEquity,
  }
}

export const fakeAccountExplanation = (
  world: FakeWorld,
  login: number,
  serverTime: number,
): AccountExplanation => {
  const a = world.accounts.find((one) => one.login === login)
  if (!a) throw notFound(`Login ${login}`)
  const held = world.positions.filter((p) => p.account === a)
  return {
    kind: 'account',
    ...head(a.currency, serverTime),
    formulas: [
      { figure: 'equity', name: 'Equity', text: 'round(balance + credit + floating)' },
      {
        figure: 'floating',
        name: 'Floating',
        text: 'Σ over open positions of profit + swap + commission + taxes',
      },
      { figure: 'marginLevel', name: 'Margin level', text: 'equity / margin × 100' },
    ],
    login,
    name: a.name,
    group: a.group,
    groupKnown: true,
    leverage: a.leverage,
    balance: a.balance,
    credit: a.credit,
    prevEquity: a.startEquity,
    dayStart: Math.floor(serverTime / 86_400_000) * 86_400,
    moneyToday: 0,
    closedProfit: 0,
    closedSwap: 0,
    closedCommission: 0,
    closedAgent: 0,
    positions: held.length,
    counted: held.slice(0, 25).map((p) => ({
      order: p.order,
      symbol: p.symbol.symbol,
      cmd: p.cmd,
      lots: p.lots / 100,
      digits: p.symbol.digits,
      openPrice: p.openPrice,
      closePrice: p.price,
      closeTime: p.symbol.time,
      profit: p.profit,
      costs: p.storage + p.commission,
    })),
    rest: { positions: Math.max(0, held.length - 25), blank: 0, sum: 0 },
    oldestQuote: serverTime - 9000,
    newestQuote: serverTime,
    freeMarginMode: 1,
    marginType: 0,
    marginCall: 100,
    marginStopout: 50,
    stopoutSkipHedged: 0,
    hedgeLargeLeg: 0,
    margins: held.slice(0, 3).map((p) => ({
      symbol: p.symbol.symbol,
      terms: terms(p.symbol.contract),
      divider: 1,
      dividerOf: 'symbol' as const,
      buy: { lots: p.lots / 100, openSum: 0, rateSum: 0 },
      sell: { lots: 0, openSum: 0, rateSum: 0 },
      covered: 0,
      exact: a.margin / Math.min(3, held.length),
    })),
    figures: accountFigures(a),
  }
}
