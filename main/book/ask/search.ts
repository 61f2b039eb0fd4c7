import type { SearchHit } from '../../../shared/api/models.ts'
import { accountText } from '../world/account-texts.ts'
import type { World } from '../world/world.ts'

type Scored = { readonly score: number; readonly order: number; readonly hit: SearchHit }

const MIN_PHONE_DIGITS = 4

/** 0 = best; −1 = no match. */
const accountScore = (world: World, slot: number, text: string, words: string[], digits: string): number => {
  const login = String(world.users.columns.login[slot])
  if (login === text) return 0
  if (login.startsWith(text)) return 1
  const found = accountText(world, slot)
  if (words.every((word) => found.name.includes(word)))
    return found.name.startsWith(words[0] as string) ? 2 : 3
  if (found.email.startsWith(text)) return 4
  if (text.length >= 3 && found.email.includes(text)) return 5
  return digits.length >= MIN_PHONE_DIGITS && found.digits.includes(digits) ? 6 : -1
}

const symbolScore = (name: string, description: string, text: string): number => {
  const lower = name.toLowerCase()
  if (lower === text) return 0
  if (lower.startsWith(text)) return 1
  return lower.includes(text) || description.toLowerCase().includes(text) ? 4 : -1
}

/**
 * Finds accounts by the start of the login, words of the name, e-mail or phone digits, and symbols by name or
 * description; best first. A name matches when every word typed begins one of its words.
 */
export const searchBook = (world: World, given: string, limit: number): SearchHit[] => {
  const text = given.trim().toLowerCase()
  if (text === '' || limit < 1) return []
  const words = text.split(/\s+/).map((word) => ` ${word}`)
  const digits = /^[\d\s()+./-]+$/.test(text) ? text.replaceAll(/\D/g, '') : ''
  const hits: Scored[] = []
  const { symbols, users, pool } = world
  for (let s = 0; s < symbols.high(); s++) {
    if (symbols.alive()[s] !== 1) continue
    const symbol = symbols.columns.symbol[s] as string
    const detail = symbols.columns.description[s] as string
    const score = symbolScore(symbol, detail, text)
    if (score >= 0)
      hits.push({ score, order: s, hit: { kind: 'symbol', login: null, symbol, title: symbol, detail } })
  }
  // Only so many of each score can make it into the answer: the rest need no object.
  const counts = [0, 0, 0, 0, 0, 0, 0]
  const u = users.columns
  for (let a = 0; a < users.high(); a++) {
    if (users.alive()[a] !== 1) continue
    const score = accountScore(world, a, text, words, digits)
    if (score < 0 || (counts[score] as number) >= limit) continue
    counts[score] = (counts[score] as number) + 1
    const login = u.login[a] as number
    const detail = [u.group[a], u.country[a]]
      .map((code) => pool.text(code as number))
      .filter(Boolean)
      .join(' · ')
    const title = `${login} ${u.name.at(a)}`.trim()
    hits.push({ score, order: login, hit: { kind: 'account', login, symbol: null, title, detail } })
  }
  hits.sort((x, y) => x.score - y.score || x.order - y.order)
  return hits.slice(0, limit).map(({ hit }) => hit)
}
