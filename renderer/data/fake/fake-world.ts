import type { Random } from '../../../shared/runtime/ports.ts'

/** A small moving market with clients in it, for looking at panels without a desk. Figures are plausible, not right. */
export type FakeSymbol = {
  readonly symbol: string
  readonly description: string
  readonly digits: number
  readonly contract: number
  readonly spread: number
  readonly step: number
  bid: number
  ask: number
  high: number
  low: number
  direction: number
  time: number
}

export type FakeAccount = {
  readonly login: number
  readonly name: string
  readonly group: string
  readonly country: string
  readonly city: string
  readonly currency: string
  readonly leverage: number
  readonly balance: number
  readonly credit: number
  readonly startEquity: number
  floating: number
  margin: number
  lots: number
  positions: number
}

export type FakePosition = {
  readonly order: number
  readonly account: FakeAccount
  readonly symbol: FakeSymbol
  readonly cmd: 0 | 1
  readonly lots: number
  readonly openTime: number
  readonly openPrice: number
  readonly storage: number
  readonly commission: number
  profit: number
  price: number
}

export type FakeWorld = {
  readonly symbols: readonly FakeSymbol[]
  readonly accounts: readonly FakeAccount[]
  readonly positions: readonly FakePosition[]
  /** Moves the market once; `serverTime` in server-local ms. */
  readonly step: (serverTime: number) => void
}

/** Small seeded generator (mulberry32), so that every look is at the same world. */
export const seededRandom = (seed: number): Random => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const market: readonly (readonly [string, string, number, number, number, number])[] = [
  ['EURUSD', 'Euro vs US Dollar', 5, 1.08543, 100_000, 0.00012],
  ['GBPUSD', 'Great Britain Pound vs US Dollar', 5, 1.26877, 100_000, 0.00016],
  ['USDJPY', 'US Dollar vs Japanese Yen', 3, 154.321, 650, 0.014],
  ['AUDUSD', 'Australian Dollar vs US Dollar', 5, 0.65412, 100_000, 0.00015],
  ['USDCHF', 'US Dollar vs Swiss Franc', 5, 0.90231, 100_000, 0.00016],
  ['USDCAD', 'US Dollar vs Canadian Dollar', 5, 1.36712, 73_000, 0.00017],
  ['EURJPY', 'Euro vs Japanese Yen', 3, 167.51, 650, 0.018],
  ['EURGBP', 'Euro vs Great Britain Pound', 5, 0.8555, 126_000, 0.00014],
  ['XAUUSD', 'Gold', 2, 2345.67, 100, 0.28],
  ['XAGUSD', 'Silver', 3, 29.481, 5000, 0.025],
  ['WTI', 'Crude oil', 2, 78.41, 1000, 0.04],
  ['US500', 'US 500 index', 1, 5512.3, 10, 0.5],
  ['GER40', 'Germany 40 index', 1, 18_231.5, 10, 1.2],
  ['BTCUSD', 'Bitcoin', 2, 64_231.5, 1, 12],
]

const people: readonly (readonly [string, string, string])[] = [
  ['Anna Schmidt', 'Germany', 'Hamburg'],
  ['Oluwaseun Adeyemi', 'Nigeria', 'Lagos'],
  ['María José Fernández de la Vega', 'Spain', 'Sevilla'],
  ['Tanaka Hiroshi', 'Japan', 'Osaka'],
  ['Ahmed Al-Mansoori', 'United Arab Emirates', 'Dubai'],
  ['John Miller', 'United States', 'Denver'],
  ['Nguyễn Thị Hạnh', 'Vietnam', 'Hà Nội'],
  ['Иван Петров', 'Kazakhstan', 'Almaty'],
  ['Chloé Dubois', 'France', 'Lyon'],
  ['Rajesh Kumar', 'India', 'Pune'],
  ['Siti Rahmawati', 'Indonesia', 'Surabaya'],
  ['Łukasz Wójcik', 'Poland', 'Kraków'],
]
const currencies = ['USD', 'EUR', 'USD', 'GBP', 'JPY', 'USD'] as const

const makeAccount = (i: number, random: Random): FakeAccount => {
  const [name, country, city] = people[i % people.length] as (typeof people)[number]
  const currency = currencies[i % currencies.length] as string
  const scale = currency === 'JPY' ? 150 : 1
  const balance = Math.round(10 ** (2.6 + random() * 2.6) * scale * 100) / 100
  return {
    login: 200_100 + i * 7,
    name: i < people.length ? name : `${name} ${i}`,
    group: `${i % 3 ? 'real' : 'pro'}-${currency}`,
    country,
    city,
    currency,
    leverage: [100, 200, 500][i % 3] as number,
    balance,
    credit: i % 9 === 0 ? 100 * scale : 0,
    startEquity: balance * (0.97 + random() * 0.06),
    floating: 0,
    margin: 0,
    lots: 0,
    positions: 0,
  }
}

const moveSymbol = (s: FakeSymbol, random: Random, serverTime: number): void => {
  if (random() < 0.35) return
  const before = s.bid
  s.bid = Math.max(s.step, s.bid + (random() - 0.5) * s.step * 2)
  s.ask = s.bid + s.spread
  s.high = Math.max(s.high, s.bid)
  s.low = Math.min(s.low, s.bid)
  s.direction = s.bid > before ? 0 : 1
  s.time = serverTime
}

export const createFakeWorld = (random: Random, serverTime: number): FakeWorld => {
  const symbols = market.map(
    ([symbol, description, digits, bid, contract, step]): FakeSymbol => ({
      symbol,
      description,
      digits,
      contract,
      step,
      spread: step * 0.9,
      bid,
      ask: bid + step * 0.9,
      high: bid + step * 20,
      low: bid - step * 20,
      direction: 2,
      time: serverTime,
    }),
  )
  const accounts = Array.from({ length: 320 }, (_, i) => makeAccount(i, random))
  const positions = Array.from({ length: 900 }, (_, i): FakePosition => {
    const account = accounts[Math.floor(random() ** 2 * accounts.length)] as FakeAccount
    const symbol = symbols[Math.floor(random() ** 1.6 * symbols.length)] as FakeSymbol
    const size = account.balance / (account.currency === 'JPY' ? 150 : 1)
    return {
      order: 8_812_000 + i * 3,
      account,
      symbol,
      cmd: random() < 0.55 ? 0 : 1,
      lots: Math.max(1, Math.round((size / 400) * random() * 20)),
      openTime: Math.floor(serverTime / 1000) - Math.floor(random() * 90_000),
      openPrice: symbol.bid + (random() - 0.5) * symbol.step * 60,
      storage: Math.round(-random() * 400) / 100,
      commission: Math.round(-random() * 700) / 100,
      profit: 0,
      price: symbol.bid,
    }
  })

  const revalue = (): void => {
    for (const account of accounts) Object.assign(account, { floating: 0, margin: 0, lots: 0, positions: 0 })
    for (const p of positions) {
      const { account, symbol } = p
      const rate = account.currency === 'JPY' ? 150 : 1
      p.price = p.cmd === 0 ? symbol.bid : symbol.ask
      p.profit = (p.price - p.openPrice) * (p.cmd === 0 ? 1 : -1) * symbol.contract * (p.lots / 100) * rate
      account.floating += p.profit + p.storage + p.commission
      account.margin += ((p.lots / 100) * 100_000 * rate) / account.leverage / 8
      account.lots += p.lots
      account.positions += 1
    }
  }

  revalue()
  return {
    symbols,
    accounts,
    positions,
    step: (time) => {
      for (const symbol of symbols) moveSymbol(symbol, random, time)
      revalue()
    },
  }
}
