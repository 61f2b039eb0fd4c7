import type { ViewFilter, ViewKind, ViewSpec } from '../../../shared/api/views.ts'
import {
  ChangeKind,
  type RecordStream,
  recordKeys,
  recordStreams,
  recordTables,
} from '../../../shared/bridge/streams.ts'
import type {
  GroupRecord,
  Quote,
  SymbolRecord,
  Tick,
  TradeRecord,
  UserRecord,
} from '../../../shared/bridge/tables.ts'
import { currencyDigits, pointOf, roundTo } from '../../../shared/money/rounding.ts'
import { serverDayStart } from '../../../shared/mt4/server-time.ts'
import { addRow, emptyHash, rowObjectHash, type StateHash } from '../../../shared/wire/state-hash.ts'
import { dayResult, equityOf, freeMarginOf, levelTypeOf, marginLevelOf } from '../formulas/account.ts'
import { indexPairs, midPlan, planRate, profitPlan } from '../formulas/conversion.ts'
import { decisions, type LiveDecisions } from '../formulas/decisions.ts'
import { accountMargin, emptyLeg, symbolMargin } from '../formulas/margin.ts'
import { positionProfit } from '../formulas/profit.ts'
import type { Change } from './feed.ts'

export type ModelRow = Record<string, number | string>

const notionalOf = (
  s: SymbolRecord,
  netLots: number,
  mid: number,
  toBase: (currency: string) => number,
): number => {
  const unit = s.profitMode === 2 ? s.tickValue / s.tickSize : s.contractSize
  const value = (netLots / 100) * unit * mid * toBase(s.profitMode === 0 ? s.symbol.slice(3, 6) : s.currency)
  return Number.isFinite(value) ? roundTo(value, 2) : Number.NaN
}

/** A book of plain objects and Maps that recomputes everything from the records: slow, and easy to believe. */
export const createModel = (base: string, decided: Partial<LiveDecisions> = {}) => {
  const d = { ...decisions, ...decided }
  const symbols = new Map<string, SymbolRecord>()
  const groups = new Map<string, GroupRecord>()
  const users = new Map<number, UserRecord>()
  const trades = new Map<number, TradeRecord>()
  const quotes = new Map<number, Quote & { direction: number }>()
  const tables = { symbols, groups, users, trades } as unknown as Record<
    RecordStream,
    Map<string | number, object>
  >
  /** Newest server-local ms heard of. */
  let newest = 0
  const zero = (v: number) => (Number.isFinite(v) ? v : 0)

  const apply = ({ stream, kind, row }: Change): void => {
    const key = (row as unknown as ModelRow)[recordKeys[stream]] as string | number
    if (kind === ChangeKind.DELETED) tables[stream].delete(key)
    else {
      tables[stream].set(key, row)
      const { cmd, openTime } = row as TradeRecord
      if (stream === 'trades' && cmd >= 6) newest = Math.max(newest, openTime * 1000)
    }
  }
  const quote = (q: Quote): void => {
    newest = Math.max(newest, q.time)
    const before = quotes.get(q.symbol)
    const turned = before && before.bid > 0 && q.bid !== before.bid
    quotes.set(q.symbol, {
      ...q,
      direction: turned ? (q.bid > before.bid ? 0 : 1) : (before?.direction ?? 2),
    })
  }
  const tick = (t: Tick): void => {
    const before = quotes.get(t.symbol)
    const day = (ms: number) => Math.floor(ms / 86_400_000)
    const same = before && before.bid > 0 && day(before.time) === day(t.time)
    quote({
      ...t,
      high: same ? Math.max(before.high, t.bid) : t.bid,
      low: same ? Math.min(before.low, t.bid) : t.bid,
    })
  }

  const hashes = (): Record<RecordStream, StateHash> =>
    Object.fromEntries(
      recordStreams.map((stream) => [
        stream,
        [...tables[stream].values()].reduce(
          (h: StateHash, row) => addRow(h, rowObjectHash(recordTables[stream] as never, row as never)),
          emptyHash,
        ),
      ]),
    ) as Record<RecordStream, StateHash>

  const market = () => {
    const list = [...symbols.values()]
    const pairs = indexPairs(list)
    const bid: number[] = []
    const ask: number[] = []
    for (const q of quotes.values()) {
      bid[q.symbol] = q.bid
      ask[q.symbol] = q.ask
    }
    const priceOf = (symbol: string, atAsk: boolean) => {
      const s = symbols.get(symbol)
      const price = s ? ((atAsk ? ask : bid)[s.index] ?? 0) : 0
      return price > 0 ? price : Number.NaN
    }
    const toBase = (currency: string) =>
      currency === '' ? Number.NaN : planRate(midPlan(currency, base, pairs.findAny), false, { bid, ask })
    return { pairs, bid, ask, priceOf, toBase }
  }

  const currencyOf = (login: number): string => groups.get(users.get(login)?.group ?? '')?.currency ?? ''

  const positions = (): (ModelRow & { group: string; country: string })[] => {
    const { pairs, bid, ask, priceOf, toBase } = market()
    return [...trades.values()]
      .filter((t) => t.cmd <= 1 && t.closeTime === 0)
      .map((t) => {
        const user = users.get(t.login)
        const currency = currencyOf(t.login)
        const digits = currencyDigits(currency)
        const symbol = symbols.get(t.symbol)
        const price = priceOf(t.symbol, t.cmd === 1)
        const rate =
          symbol && currency !== ''
            ? planRate(profitPlan(symbol, currency, pairs), t.cmd === 1, { bid, ask })
            : Number.NaN
        const profit = symbol
          ? positionProfit(symbol, t.cmd === 1, t.volume, t.openPrice, price, rate, digits)
          : Number.NaN
        const costs = roundTo(t.storage + t.commission + t.taxes, digits)
        const total = roundTo(profit + (user ? costs : 0), digits)
        return {
          order: t.order,
          login: t.login,
          name: user?.name ?? '',
          symbol: t.symbol,
          digits: t.digits,
          cmd: t.cmd,
          lots: t.volume,
          openTime: t.openTime,
          openPrice: t.openPrice,
          sl: t.sl,
          tp: t.tp,
          price,
          profit,
          storage: t.storage,
          commission: t.commission,
          taxes: t.taxes,
          total,
          currency,
          totalBase: roundTo(total * toBase(currency), currencyDigits(base)),
          book: user?.group === 'coverage' ? 'coverage' : t.gwVolume !== 0 || t.gwOrder !== 0 ? 'A' : 'B',
          comment: t.comment,
          group: user?.group ?? '',
          country: user?.country ?? '',
          costs,
        }
      })
  }

  const marginOf = (user: UserRecord, group: GroupRecord | undefined): number => {
    let sum = 0
    for (const symbol of symbols.values()) {
      const legs = [emptyLeg, emptyLeg] as [typeof emptyLeg, typeof emptyLeg]
      for (const t of trades.values()) {
        if (t.login !== user.login || t.symbol !== symbol.symbol || t.cmd > 1 || t.closeTime !== 0) continue
        const leg = legs[t.cmd as 0 | 1]
        const lots = t.volume / 100
        legs[t.cmd as 0 | 1] = {
          lots: leg.lots + lots,
          openSum: leg.openSum + lots * t.openPrice,
          rateSum: leg.rateSum + lots * t.marginRate,
        }
      }
      const overrides = JSON.parse(group?.secMargins ?? '[]') as { symbol: string; marginDivider: number }[]
      const own = overrides.findLast((o) => o.symbol === symbol.symbol && o.marginDivider > 0)
      const divider = own?.marginDivider ?? symbol.marginDivider
      sum += zero(
        symbolMargin(symbol, legs[0], legs[1], user.leverage, divider, group?.hedgeLargeLeg === 1, d),
      )
    }
    return accountMargin(sum, currencyDigits(group?.currency ?? ''))
  }

  const accounts = (): ModelRow[] => {
    const { toBase } = market()
    const open = positions()
    const dayStart = serverDayStart(Math.floor(newest / 1000))
    const baseDigits = currencyDigits(base)
    return [...users.values()].map((user) => {
      const group = groups.get(user.group)
      const currency = group?.currency ?? ''
      const digits = currencyDigits(currency)
      const own = open.filter((p) => p['login'] === user.login)
      const floating = roundTo(
        own.reduce(
          (sum, p) =>
            sum + (zero(p['total'] as number) || (Number.isNaN(p['total']) ? (p['costs'] as number) : 0)),
          0,
        ),
        digits,
      )
      const money = [...trades.values()]
        .filter((t) => t.cmd >= 6 && t.login === user.login && t.openTime >= dayStart)
        .reduce((sum, t) => sum + roundTo(t.profit, digits), 0)
      const equity = equityOf(user.balance, user.credit, floating, digits)
      const margin = marginOf(user, group)
      const closed = [...trades.values()].filter(
        (t) => t.cmd <= 1 && t.login === user.login && t.closeTime !== 0 && t.closeTime >= dayStart,
      )
      const booked = (amount: (t: TradeRecord) => number): number =>
        roundTo(
          closed.reduce((sum, t) => sum + roundTo(amount(t), digits), 0),
          digits,
        )
      const day = {
        dayRealised: booked((t) => t.profit),
        daySwap: booked((t) => t.storage),
        dayCommission: booked((t) => t.commission + t.taxes),
        dayAgent: booked((t) => t.commissionAgent),
      }
      const dayPl = dayResult(equity, user.prevEquity, money, digits)
      const rate = toBase(currency)
      return {
        login: user.login,
        name: user.name,
        group: user.group,
        country: user.country,
        currency,
        leverage: user.leverage,
        balance: user.balance,
        credit: user.credit,
        floating,
        equity,
        dayPl,
        dayRealised: day.dayRealised,
        daySwap: day.daySwap,
        dayCommission: day.dayCommission,
        dayAgent: day.dayAgent,
        dayUnrealised: roundTo(dayPl - day.dayRealised - day.daySwap - day.dayCommission, digits),
        margin,
        freeMargin: freeMarginOf(group?.marginMode ?? 0, user.balance, user.credit, floating, margin, digits),
        marginLevel: marginLevelOf(group?.marginType ?? 0, equity, margin),
        levelType: group ? levelTypeOf(group, equity, margin, own.length, d) : 0,
        lots: own.reduce((sum, p) => sum + (p['lots'] as number), 0),
        positions: own.length,
        floatingBase: roundTo(floating * rate, baseDigits),
        dayPlBase: roundTo(dayPl * rate, baseDigits),
        equityBase: roundTo(equity * rate, baseDigits),
      }
    })
  }

  const pendings = (): ModelRow[] => {
    const { priceOf } = market()
    return [...trades.values()]
      .filter((t) => t.cmd >= 2 && t.cmd <= 5 && t.closeTime === 0)
      .map((t) => {
        const user = users.get(t.login)
        const price = priceOf(t.symbol, t.cmd % 2 === 0)
        const away = t.cmd === 2 || t.cmd === 5 ? price - t.openPrice : t.openPrice - price
        return {
          order: t.order,
          login: t.login,
          name: user?.name ?? '',
          symbol: t.symbol,
          digits: t.digits,
          cmd: t.cmd,
          lots: t.volume,
          openTime: t.openTime,
          openPrice: t.openPrice,
          price,
          distance: roundTo(away / pointOf(t.digits), 1),
          expiration: t.expiration,
          group: user?.group ?? '',
          country: user?.country ?? '',
        }
      })
  }

  const exposure = (filter: ViewFilter = {}): ModelRow[] => {
    const { toBase, priceOf } = market()
    const { login, group } = filter
    const open = positions().filter(
      (p) =>
        (login === undefined || (p['login'] === login && users.has(login))) &&
        (group === undefined || (p.group === group && users.has(p['login'] as number))),
    )
    return [...symbols.values()].flatMap((s) => {
      const own = open.filter((p) => p['symbol'] === s.symbol)
      if (own.length === 0) return []
      const side = (covered: boolean, cmd: number) =>
        own.filter((p) => (p['book'] === 'coverage') === covered && p['cmd'] === cmd)
      const lots = (rows: ModelRow[]) => rows.reduce((sum, p) => sum + (p['lots'] as number), 0)
      const average = (rows: ModelRow[]) =>
        lots(rows) > 0
          ? roundTo(
              rows.reduce((sum, p) => sum + (p['openPrice'] as number) * (p['lots'] as number), 0) /
                lots(rows),
              8,
            )
          : Number.NaN
      /** The exact sum of each currency and side is converted once. */
      const result = (book: string) => {
        const sums = new Map<string, number>()
        for (const p of own.filter((row) => row['book'] === book)) {
          const key = `${p['currency']}|${p['cmd']}`
          sums.set(key, (sums.get(key) ?? 0) + zero(p['profit'] as number))
        }
        let total = 0
        for (const [key, sum] of sums) {
          const currency = key.split('|')[0] as string
          total += zero(roundTo(roundTo(sum, currencyDigits(currency)) * toBase(currency), 2))
        }
        return roundTo(total, 2)
      }
      const clients = roundTo(result('A') + result('B'), 2)
      const netOf = (book: string) =>
        lots(own.filter((p) => p['book'] === book && p['cmd'] === 0)) -
        lots(own.filter((p) => p['book'] === book && p['cmd'] === 1))
      const mid = (priceOf(s.symbol, false) + priceOf(s.symbol, true)) / 2
      const [buy, sell, covBuy, covSell] = [side(false, 0), side(false, 1), side(true, 0), side(true, 1)]
      return [
        {
          symbol: s.symbol,
          digits: s.digits,
          orders: buy.length + sell.length,
          buyLots: lots(buy),
          sellLots: lots(sell),
          buyPrice: average(buy),
          sellPrice: average(sell),
          netLots: lots(buy) - lots(sell),
          notionalBase: notionalOf(s, lots(buy) - lots(sell), mid, toBase),
          bNetLots: netOf('B'),
          aNetLots: netOf('A'),
          covBuyLots: lots(covBuy),
          covSellLots: lots(covSell),
          covBuyPrice: average(covBuy),
          covSellPrice: average(covSell),
          uncoveredLots: lots(buy) - lots(covBuy) - (lots(sell) - lots(covSell)),
          bid: priceOf(s.symbol, false),
          ask: priceOf(s.symbol, true),
          clientsPlBase: clients,
          bPlBase: result('B'),
          aPlBase: result('A'),
          covPlBase: result('coverage'),
          netBase: roundTo(clients - result('coverage'), 2),
        },
      ]
    })
  }

  const quoteRows = (): ModelRow[] =>
    [...symbols.values()].map((s) => {
      const q = quotes.get(s.index)
      const shown = (v: number | undefined) => (v && v > 0 ? v : Number.NaN)
      return {
        symbol: s.symbol,
        description: s.description,
        digits: s.digits,
        bid: shown(q?.bid),
        ask: shown(q?.ask),
        spread: roundTo((shown(q?.ask) - shown(q?.bid)) / pointOf(s.digits), 1),
        high: shown(q?.high),
        low: shown(q?.low),
        direction: q?.direction ?? 2,
        time: q?.time ?? 0,
      }
    })

  const all = (kind: ViewKind): ModelRow[] => {
    switch (kind) {
      case 'accounts':
        return accounts()
      case 'positions':
        return positions()
      case 'pendings':
        return pendings()
      case 'exposure':
        return exposure()
      case 'quotes':
        return quoteRows()
      default:
        throw new Error(`no model of ${kind}`)
    }
  }

  const keyOf: Record<string, string> = { accounts: 'login', positions: 'order', pendings: 'order' }
  const textColumns: Record<string, readonly string[]> = {
    accounts: ['login', 'name', 'group', 'country'],
    positions: ['login', 'name', 'group', 'country', 'symbol'],
    pendings: ['login', 'name', 'group', 'country', 'symbol'],
    exposure: ['symbol'],
    quotes: ['symbol', 'description'],
  }

  const passes = (kind: ViewKind, f: ViewFilter, row: ModelRow): boolean => {
    const text = f.text?.trim().toLowerCase() ?? ''
    if (text !== '') {
      // A trade whose account is not there is found by its symbol alone.
      const orphan = 'login' in row && !users.has(row['login'] as number)
      const columns = orphan ? ['symbol'] : (textColumns[kind] as readonly string[])
      const found = columns.some((c) =>
        String(row[c] ?? '')
          .toLowerCase()
          .includes(text),
      )
      const known = row['symbol'] === undefined || symbols.has(row['symbol'] as string)
      const bySymbolOnly = !columns.some(
        (c) =>
          c !== 'symbol' &&
          String(row[c] ?? '')
            .toLowerCase()
            .includes(text),
      )
      if (!found || (bySymbolOnly && !known)) return false
    }
    const trade = kind === 'positions' || kind === 'pendings'
    if (f.login !== undefined && (trade || kind === 'accounts') && row['login'] !== f.login) return false
    if (f.group !== undefined && (trade || kind === 'accounts') && row['group'] !== f.group) return false
    const { symbol: wanted, ...rest } = f
    if (wanted !== undefined && kind === 'accounts') {
      const holds = positions().some((p) => p['login'] === row['login'] && p['symbol'] === wanted)
      return symbols.has(wanted) && holds && passes(kind, rest, row)
    }
    if (f.symbol !== undefined && row['symbol'] !== f.symbol) return false
    if (kind !== 'accounts') return true
    if (f.withPositions === true && row['positions'] === 0) return false
    return (row['levelType'] as number) >= (f.minLevelType ?? 0)
  }

  const compare = (a: number | string, b: number | string, descending: boolean): number => {
    if (typeof a === 'number' && typeof b === 'number') {
      if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
      return (a === b ? 0 : a < b ? -1 : 1) * (descending ? -1 : 1)
    }
    const [x, y] = [String(a).toLowerCase(), String(b).toLowerCase()]
    const order = x === y ? (a === b ? 0 : a < b ? -1 : 1) : x < y ? -1 : 1
    return descending ? -order : order
  }

  return {
    apply,
    quote,
    tick,
    hashes,
    all,
    /** Rate of a deposit currency to base currency now. */
    rate: (currency: string): number => market().toBase(currency),
    tables: { symbols, groups, users, trades },
    /** All rows of a view that pass its filter, in its order. */
    view: (spec: Pick<ViewSpec, 'kind' | 'filter' | 'sort'>): ModelRow[] => {
      const key = keyOf[spec.kind] ?? 'symbol'
      const { column, descending } = spec.sort
      return (spec.kind === 'exposure' ? exposure(spec.filter) : all(spec.kind))
        .filter((row) => passes(spec.kind, spec.filter, row))
        .sort(
          (a, b) =>
            (column in a ? compare(a[column] as never, b[column] as never, descending) : 0) ||
            compare(a[key] as never, b[key] as never, false),
        )
    },
  }
}
export type Model = ReturnType<typeof createModel>
