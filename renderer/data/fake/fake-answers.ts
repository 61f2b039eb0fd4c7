import type { Alert, Bars, ClientCard, SearchHit } from '../../../shared/api/models.ts'
import type { FakeAccount, FakeWorld } from './fake-world.ts'

type Place = {
  readonly code: string
  readonly zone: string
  readonly certain: boolean
  readonly dial: string
}

const places: Readonly<Record<string, Place>> = {
  Germany: { code: 'DE', zone: 'Europe/Berlin', certain: true, dial: '+4940' },
  Nigeria: { code: 'NG', zone: 'Africa/Lagos', certain: true, dial: '+2341' },
  Spain: { code: 'ES', zone: 'Europe/Madrid', certain: false, dial: '+3495' },
  Japan: { code: 'JP', zone: 'Asia/Tokyo', certain: true, dial: '+816' },
  'United Arab Emirates': { code: 'AE', zone: 'Asia/Dubai', certain: true, dial: '+9714' },
  'United States': { code: 'US', zone: 'America/Denver', certain: false, dial: '+1303' },
  Vietnam: { code: 'VN', zone: 'Asia/Ho_Chi_Minh', certain: true, dial: '+8424' },
  Kazakhstan: { code: 'KZ', zone: 'Asia/Almaty', certain: false, dial: '+7727' },
}

const notFound = (what: string): Error => new Error(`${what} is not there (any more).`)

export const fakeCard = (world: FakeWorld, alerts: readonly Alert[], login: number): ClientCard => {
  const account = world.accounts.find((a) => a.login === login)
  if (!account) throw notFound(`Login ${login}`)
  const place = places[account.country]
  const e164 = place ? `${place.dial}5550${login % 1000}` : null
  return {
    login,
    name: account.name,
    group: account.group,
    currency: account.currency,
    leverage: account.leverage,
    country: account.country,
    countryCode: place?.code ?? null,
    city: account.city,
    state: '',
    zipCode: '20095',
    address: 'Main street 5',
    phones: [
      e164
        ? {
            raw: e164,
            e164,
            display: e164.replace(/(\+\d{2})(\d{2})(\d{3})/, '$1 $2 $3 '),
            uri: `tel:${e164}`,
          }
        : { raw: 'ask office', e164: null, display: 'ask office', uri: null },
    ],
    email: `client${login}@example.com`,
    timeZone: place?.zone ?? null,
    timeZoneCertain: place?.certain ?? false,
    leadSource: 'website',
    status: 'RE',
    comment: login % 3 ? '' : 'Prefers a call in the morning.',
    externalId: `CRM-${login}`,
    enabled: true,
    readOnly: login % 10 === 0,
    agentAccount: 0,
    registeredAt: Date.UTC(2024, 3, 2),
    lastSeenAt: Date.now() - 3_600_000,
    lastIp: '203.0.113.7',
    otherLogins:
      login % 2 ? [] : [login + 7, login + 14].filter((l) => world.accounts.some((a) => a.login === l)),
    alerts: alerts.filter((alert) => alert.login === login),
  }
}

const accountHit = (a: FakeAccount): SearchHit => ({
  kind: 'account',
  login: a.login,
  symbol: null,
  title: a.name,
  detail: `${a.login} · ${a.group} · ${a.country}`,
})

export const fakeHits = (world: FakeWorld, text: string, limit: number): SearchHit[] => {
  const wanted = text.toLowerCase()
  const symbols = world.symbols
    .filter((s) => s.symbol.toLowerCase().includes(wanted))
    .map(
      (s): SearchHit => ({
        kind: 'symbol',
        login: null,
        symbol: s.symbol,
        title: s.symbol,
        detail: s.description,
      }),
    )
  const accounts = world.accounts
    .filter((a) => a.name.toLowerCase().includes(wanted) || String(a.login).startsWith(wanted))
    .map(accountHit)
  return [...symbols, ...accounts].slice(0, limit)
}

export const fakeBars = (
  world: FakeWorld,
  { symbol, period, count }: { symbol: string; period: number; count: number },
  serverSeconds: number,
): Bars => {
  const found = world.symbols.find((s) => s.symbol === symbol)
  if (!found) throw notFound(symbol)
  const length = period * 60
  const last = serverSeconds - (serverSeconds % length)
  const at = (i: number): number =>
    found.bid + found.step * 30 * (Math.sin(i / 17) - Math.sin(count / 17) + Math.sin(i * 1.7) * 0.2)
  const bars: Bars = {
    symbol,
    digits: found.digits,
    period,
    time: [],
    open: [],
    high: [],
    low: [],
    close: [],
  }
  for (let i = 0; i < count; i++) {
    const [open, close] = [at(i), at(i + 1)]
    bars.time.push(last - (count - 1 - i) * length)
    bars.open.push(open)
    bars.close.push(close)
    bars.high.push(Math.max(open, close) + found.step * 3)
    bars.low.push(Math.min(open, close) - found.step * 3)
  }
  return bars
}
