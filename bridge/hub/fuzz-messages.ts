import { Event } from '../../shared/bridge/protocol.ts'
import type { Random } from '../../shared/runtime/ports.ts'
import { below } from './seeded-random.ts'

/** What a hostile or broken desk might send: seeded, so that a finding can be repeated. */
export type FuzzMessage = { readonly event: string; readonly payload: unknown }

const nastyTexts = [
  '',
  '__proto__',
  'constructor',
  'a'.repeat(5000),
  '\ud800',
  '\u0000',
  '🦊',
  'NaN',
  '1e999',
  'null',
]
const nastyNumbers = [
  0,
  -0,
  -1,
  1,
  0.1,
  64,
  4096,
  65_536,
  2_147_483_647,
  2_147_483_648,
  4_294_967_296,
  Number.MAX_SAFE_INTEGER,
  Number.MAX_VALUE,
  Number.MIN_VALUE,
  Number.NaN,
  Number.POSITIVE_INFINITY,
]
const events: readonly string[] = [
  ...Object.values(Event),
  '',
  'toString',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'desk:',
  'desk:hello ',
]

const pick = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)] as T

const nastyText = (random: Random): string =>
  random() < 0.5 ? pick(random, nastyTexts) : Math.floor(random() * 1e9).toString(36)

/** Any value, nested up to `depth`. */
export const anyValue = (random: Random, depth: number): unknown => {
  const dice = random()
  if (dice < 0.3) return pick(random, nastyNumbers)
  if (dice < 0.55) return nastyText(random)
  if (dice < 0.65) return random() < 0.5
  if (dice < 0.7) return null
  if (dice < 0.73) return undefined
  if (dice < 0.8) return Buffer.from(Array.from({ length: below(random, 64) }, () => below(random, 256)))
  if (depth <= 0) return {}
  if (dice < 0.9) return Array.from({ length: below(random, 5) }, () => anyValue(random, depth - 1))
  return Object.fromEntries(
    Array.from({ length: below(random, 5) }, () => [nastyText(random), anyValue(random, depth - 1)]),
  )
}

/** Numbers of a desk that stands at the beginning, or ahead of what the bridge ever had. */
const counts = (random: Random) => {
  const top = random() < 0.5 ? 1 : 10
  return {
    symbols: below(random, top),
    groups: below(random, top),
    users: below(random, top),
    trades: below(random, top),
    ticks: below(random, top),
  }
}

const commands = (random: Random): readonly Record<string, unknown>[] => {
  const requestId = `request-${below(random, 1e9)}`
  const money = { requestId, login: 1000 + below(random, 50), amount: random() * 100, comment: 'fuzz' }
  const order = 1000 + below(random, 50)
  return [
    { type: 'balance:deposit', ...money },
    { type: 'credit:out', ...money },
    { type: 'trade:close', requestId, order, volume: 1, price: 1 },
    { type: 'trade:modify', requestId, order, price: 1, sl: 0, tp: 0 },
    { type: 'chart:request', requestId, symbol: 'EURUSD', period: 1, count: 10 },
    { type: 'trade:history', requestId, login: 1000, from: 0, to: 1 },
  ]
}

/** Well-formed messages a desk really sends. */
const valid = (random: Random, epoch: string): FuzzMessage => {
  const dice = random()
  if (dice < 0.15)
    return {
      event: Event.HELLO,
      payload: { protocolMin: 1, protocolMax: 1 + below(random, 4), client: 'fuzz', clientVersion: '1' },
    }
  if (dice < 0.3)
    return {
      event: Event.SIGN_IN,
      payload: random() < 0.9 ? { login: 1, password: 'demo' } : { login: below(random, 5), password: 'x' },
    }
  if (dice < 0.45) {
    const window = { frames: 1 + below(random, 64), bytes: 65_536 + below(random, 100_000) }
    return {
      event: Event.FOLLOW,
      payload: random() < 0.5 ? { window } : { window, resume: { epoch, seqs: counts(random) } },
    }
  }
  if (dice < 0.7) return { event: Event.ACK, payload: { followId: below(random, 50), n: below(random, 100) } }
  if (dice < 0.8) return { event: Event.BEAT, payload: { sent: random() } }
  return { event: Event.COMMAND, payload: pick(random, commands(random)) }
}

/** A valid payload with one thing wrong, somewhere. */
const mutated = (random: Random, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return anyValue(random, 2)
  const fields: [string, unknown][] = Object.entries(value)
  const at = below(random, fields.length)
  const [key, old] = fields[at] ?? ['', undefined]
  const dice = random()
  if (dice < 0.2) fields.splice(at, 1)
  else if (dice < 0.35) fields.push([nastyText(random), anyValue(random, 2)])
  else fields[at] = [key, random() < 0.5 ? mutated(random, old) : anyValue(random, 2)]
  // Also makes `__proto__` a field of its own, as JSON.parse would.
  return Object.fromEntries(fields)
}

export const fuzzMessage = (random: Random, epoch: string): FuzzMessage => {
  const dice = random()
  const good = valid(random, epoch)
  if (dice < 0.35) return good
  if (dice < 0.75) return { event: good.event, payload: mutated(random, good.payload) }
  if (dice < 0.9) return { event: good.event, payload: anyValue(random, 3) }
  return { event: pick(random, events), payload: anyValue(random, 3) }
}

/** A text or binary packet as it might come over the bare WebSocket: a valid Socket.IO one, more or less damaged. */
export const fuzzPacket = (random: Random, epoch: string): string | Buffer => {
  const dice = random()
  // Socket.IO itself ends a connection at the first of these, so they are the salt, not the dish.
  if (dice < 0.002) return Buffer.from(Array.from({ length: below(random, 200) }, () => below(random, 256)))
  if (dice < 0.004) return nastyText(random)
  const { event, payload } = fuzzMessage(random, epoch)
  const packet = `42${random() < 0.5 ? below(random, 1000) : ''}${JSON.stringify([event, payload])}`
  if (dice < 0.99) return packet
  if (dice < 0.994) return `45${below(random, 20)}-${packet.slice(2)}`
  const at = below(random, packet.length)
  return packet.slice(0, at) + nastyText(random) + packet.slice(at + below(random, 3))
}
