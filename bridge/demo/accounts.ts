import { COVERAGE_GROUP } from '../../main/book/formulas/exposure.ts'
import type { UserRecord } from '../../shared/bridge/tables.ts'
import { LevelType } from '../../shared/mt4/enums.ts'
import type { Random } from '../../shared/runtime/ports.ts'
import { MANAGER_GROUP, roughUsd } from './groups.ts'
import { type Client, createClient } from './people.ts'
import { between, chance, createRandom, cumulate, int, normal, pick, weighted } from './random.ts'
import { type Account, type Group, type Style, styles, type WorldOptions } from './world.ts'

const DAY = 86_400
const FIRST_LOGIN = 700_001
const MOST_PER_CLIENT = 4
/** Logins of the house: dealers, and the accounts that hold the hedges. */
const houseAccounts = [
  { login: 101, group: MANAGER_GROUP, name: 'Dealing desk 1' },
  { login: 102, group: MANAGER_GROUP, name: 'Dealing desk 2' },
  { login: 103, group: MANAGER_GROUP, name: 'Back office' },
  { login: 201, group: COVERAGE_GROUP, name: 'Coverage majors' },
  { login: 202, group: COVERAGE_GROUP, name: 'Coverage crosses' },
  { login: 203, group: COVERAGE_GROUP, name: 'Coverage CFD' },
]

const house: Client = {
  name: '',
  country: 'United Kingdom',
  city: 'London',
  state: 'Greater London',
  zipCode: '',
  address: '',
  phone: '',
  email: 'dealing@example.com',
  leadSource: '',
  externalId: '',
  lastIp: '192.0.2.1',
}

/** Deposit currency that people of a country ask for; the rest take dollars. */
const homeCurrency: Readonly<Record<string, string>> = {
  'United Kingdom': 'GBP',
  Japan: 'JPY',
  Switzerland: 'CHF',
  Australia: 'AUD',
  Germany: 'EUR',
  France: 'EUR',
  Spain: 'EUR',
  Italy: 'EUR',
  Netherlands: 'EUR',
  Austria: 'EUR',
  Portugal: 'EUR',
  Greece: 'EUR',
  Cyprus: 'EUR',
}

const statuses = ['', '', '', 'verified', 'verified', 'verified', 'VIP', 'pending docs', 'RE']
const notes = [
  '',
  '',
  '',
  '',
  'prefers calls after 17:00',
  'asked about Islamic account',
  'documents expire soon',
  'came from partner desk',
  'do not call before 10:00',
  'interested in metals',
  'complained about slippage',
]
const styleWeights = cumulate([30, 16, 16, 8, 8, 12, 14])
const leverages = [30, 50, 100, 200, 400, 500]

/** Own funds of an account in USD: log-normal about 5,000, sometimes a large one. */
const fundsUsd = (random: Random): number => Math.min(900_000, 250 + 4_500 * Math.exp(1.25 * normal(random)))

type Seat = { readonly client: Client; readonly login: number; readonly group: Group; readonly style: Style }

const seatRow = (random: Random, seat: Seat, now: number): UserRecord => {
  const { client, group } = seat
  const age = chance(random, 0.08) ? between(random, 0.2, 30) : between(random, 30, 1300)
  const registered = Math.floor(now - age * DAY)
  const special = group.row.group === MANAGER_GROUP || group.row.group === COVERAGE_GROUP
  const seen = special ? 0 : between(random, 0, Math.min(age, 20)) * DAY
  return {
    login: seat.login,
    group: group.row.group,
    enable: special || !chance(random, 0.02) ? 1 : 0,
    enableChangePassword: 1,
    enableReadOnly: !special && chance(random, 0.02) ? 1 : 0,
    name: client.name,
    country: client.country,
    city: client.city,
    state: client.state,
    zipCode: client.zipCode,
    address: client.address,
    leadSource: client.leadSource,
    phone: client.phone,
    email: client.email,
    comment: special ? '' : pick(random, notes),
    externalId: client.externalId,
    status: special ? '' : pick(random, statuses),
    registrationDate: registered,
    lastDate: Math.floor(now - seen),
    leverage: chance(random, 0.75) ? group.row.defaultLeverage : pick(random, leverages),
    agentAccount: 0,
    timestamp: Math.floor(now - seen),
    lastIp: client.lastIp,
    balance: 0,
    prevMonthBalance: 0,
    prevBalance: 0,
    credit: 0,
    interestRate: 0,
    taxes: 0,
    prevMonthEquity: 0,
    prevEquity: 0,
    sendReports: special ? 0 : 1,
    userColor: -16_777_216,
  }
}

/** How many accounts each client has: one, and the rest spread by chance up to four. */
const seatsPerClient = (random: Random, clients: number, accounts: number): Uint8Array => {
  const seats = new Uint8Array(clients).fill(1)
  for (let left = accounts - clients; left > 0; ) {
    const client = int(random, clients)
    if ((seats[client] as number) >= MOST_PER_CLIENT) continue
    seats[client] = (seats[client] as number) + 1
    left--
  }
  return seats
}

const clientGroups = (groups: readonly Group[]): Map<string, Group[]> => {
  const byCurrency = new Map<string, Group[]>()
  for (const group of groups) {
    const { group: name } = group.row
    if (name === MANAGER_GROUP || name === COVERAGE_GROUP) continue
    byCurrency.set(group.currency, [...(byCurrency.get(group.currency) ?? []), group])
  }
  return byCurrency
}

const createAccount = (random: Random, index: number, seat: Seat, now: number): Account => {
  const { currency, digits, row } = seat.group
  const usd = row.group === COVERAGE_GROUP ? 5_000_000 : row.group === MANAGER_GROUP ? 0 : fundsUsd(random)
  const scale = 10 ** digits
  const balance = Math.round((usd / roughUsd[currency]) * scale) / scale
  const bonus = row.group !== COVERAGE_GROUP && chance(random, 0.04)
  const credit = bonus ? Math.round(balance / 2 / 50) * 50 : 0
  return {
    user: { ...seatRow(random, seat, now), balance, credit },
    index,
    group: seat.group,
    style: seat.style,
    positions: [],
    pendings: [],
    margin: 0,
    level: LevelType.OK,
    start: { balance: 0, monthBalance: 0, credit },
    today: [],
    archive: [],
  }
}

/**
 * All accounts, the house's own first. Balances are a first guess that the positions may raise.
 */
export const createAccounts = (options: WorldOptions, groups: readonly Group[], now: number): Account[] => {
  const random = createRandom(options.seed, 'people')
  const byName = new Map(groups.map((group) => [group.row.group, group]))
  const accounts: Account[] = []
  const add = (seat: Seat): void => {
    accounts.push(createAccount(random, accounts.length, seat, now))
  }
  for (const { login, group, name } of houseAccounts.slice(0, options.accounts)) {
    const client = { ...house, name }
    add({ client, login, group: byName.get(group) as Group, style: 'holder' })
  }
  const wanted = options.accounts - accounts.length
  const clients = Math.min(wanted, Math.max(options.clients, Math.ceil(wanted / MOST_PER_CLIENT)))
  const seats = seatsPerClient(random, clients, wanted)
  const choices = clientGroups(groups)
  const dollars = choices.get('USD') as Group[]
  for (let c = 0; c < clients; c++) {
    const client = createClient(random, c + 1)
    for (let s = 0; s < (seats[c] as number); s++) {
      const currency = chance(random, 0.7) ? (homeCurrency[client.country] ?? 'USD') : 'USD'
      const group = pick(random, choices.get(currency) ?? dollars)
      const style = styles[weighted(random, styleWeights)] as Style
      add({ client, login: FIRST_LOGIN + accounts.length - houseAccounts.length, group, style })
    }
  }
  addAgents(random, accounts)
  return accounts
}

/** About one account in twelve was brought by another client, who is its agent. */
const addAgents = (random: Random, accounts: readonly Account[]): void => {
  const clients = accounts.slice(houseAccounts.length)
  const agents = clients.filter((_, i) => i % 97 === 5)
  if (agents.length === 0) return
  for (const account of clients)
    if (chance(random, 0.08)) {
      const agent = pick(random, agents)
      if (agent !== account) account.user = { ...account.user, agentAccount: agent.user.login }
    }
}
