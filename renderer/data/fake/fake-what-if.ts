import type { AccountLimits } from '../../../shared/api/limits.ts'
import type { Shock, WhatIf } from '../../../shared/api/what-if.ts'
import { currencyDigits } from '../../../shared/money/rounding.ts'
import type { FakeWorld } from './fake-world.ts'

/** Figures are plausible, not right. */
export const fakeWhatIf = (world: FakeWorld, shock: Shock, limit: number, serverTime: number): WhatIf => {
  const held = world.accounts.filter((a) => a.positions > 0).slice(0, Math.min(limit, 24))
  const size = Math.abs(shock.percent)
  const changes = (by: number) => ({
    clients: by * 1.2,
    bBook: by,
    aBook: by * 0.2,
    coverage: by * 0.4,
    broker: by * -0.6,
  })
  const standing = (equity: number, margin: number) => ({
    equity,
    level: margin > 0 ? (equity / margin) * 100 : null,
    levelType: 0,
  })
  return {
    shock,
    base: 'USD',
    valuedAt: Date.now(),
    serverTime,
    tookMs: 84,
    changes: changes(shock.percent * 12_345.67),
    now: { calls: 3, stopOuts: 1 },
    end: { calls: 9, stopOuts: 6 },
    met: { calls: held.length, stopOuts: Math.floor(held.length / 2) },
    deficits: { accounts: 2, amount: -1234.5 },
    symbols: world.symbols.map((s, i) => ({
      symbol: s.symbol,
      digits: s.digits,
      bid: s.bid,
      ask: s.ask,
      shockedBid: s.bid * (1 + shock.percent / 100),
      shockedAsk: s.ask * (1 + shock.percent / 100),
      ...changes(shock.percent * (i - 4) * 777.77),
      bNetLots: i * 3.5 - 8,
      coverageNetLots: i - 3,
      hedgeLots: i * 2.5 - 5,
    })),
    hits: held.map((a, i) => {
      const part = (i + 1) / (held.length + 1)
      const equity = a.balance + a.credit + a.floating
      return {
        login: a.login,
        name: a.name,
        group: a.group,
        currency: a.currency,
        kind: i % 3 === 2 ? ('stopout' as const) : ('call' as const),
        part,
        percent: shock.percent * part,
        margin: a.margin,
        now: standing(equity, a.margin),
        there: standing(a.margin * 0.9, a.margin),
        end: standing(equity - size * 500, a.margin),
      }
    }),
  }
}

export const fakeLimits = (world: FakeWorld, login: number, target: number): AccountLimits => {
  const a = world.accounts.find((one) => one.login === login)
  if (!a) throw new Error(`Login ${login} is not there (any more).`)
  const held = world.positions.filter((p) => p.account === a)
  const symbols = [...new Set(held.map((p) => p.symbol))]
  const equity = a.balance + a.credit + a.floating
  return {
    login,
    currency: a.currency,
    moneyDigits: currencyDigits(a.currency),
    valuedAt: Date.now(),
    equity,
    margin: a.margin,
    level: a.margin > 0 ? (equity / a.margin) * 100 : null,
    levelType: 0,
    levelsInMoney: false,
    marginCall: 100,
    marginStopout: 50,
    symbols: symbols.map((s) => {
      const at = (percent: number) => ({
        bid: s.bid * (1 + percent / 100),
        ask: s.ask * (1 + percent / 100),
        points: Math.round((s.bid * percent) / 100 / s.step),
        percent,
      })
      return {
        symbol: s.symbol,
        digits: s.digits,
        bid: s.bid,
        ask: s.ask,
        buyLots: 1,
        sellLots: 0,
        call: { up: null, down: at(-1.73) },
        stopOut: { up: null, down: at(-2.23) },
      }
    }),
    deposit: { target, amount: Math.max(0, Math.ceil(((target / 100) * a.margin - equity) * 100) / 100) },
  }
}
