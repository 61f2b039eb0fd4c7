/**
 * Made-up clients, leads, notes and tickets: the same number always makes the same document. Words come as in real
 * texts: a few in very many documents, most in very few.
 */
export type BenchDocument = {
  readonly kind: 'client' | 'lead' | 'note' | 'ticket'
  readonly id: string
  readonly name?: string
  readonly login?: string
  readonly phone?: string
  readonly email?: string
  readonly tags?: readonly string[]
  readonly city?: string
  readonly text: string
}

/** Mulberry32. */
const randomOf = (seed: number) => {
  let state = seed
  return (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const ONSETS = 'b c d f g h j k l m n p r s t v w z br ch cr dr fr gr kr pr sh st th tr'.split(' ')
const VOWELS = 'a e i o u a e i o ai ei ou'.split(' ')
const ENDS = ['', '', '', 'n', 'r', 's', 'l', 'm', 'nd', 'rt', 'ck', 'sky', 'ton', 'son', 'ov', 'ez']
const CYRILLIC: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from('abvgdezijklmnoprstufhcyw', (latin, i) => [latin, 'абвгдезийклмнопрстуфхцыв'.charAt(i)]),
)

const word = (random: () => number, syllables: number): string => {
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] as string
  let made = ''
  for (let i = 0; i < syllables; i++) made += pick(ONSETS) + pick(VOWELS)
  return made + pick(ENDS)
}
const vocabulary = (seed: number, size: number, syllables: () => number): string[] => {
  const random = randomOf(seed)
  const words = new Set<string>()
  while (words.size < size) words.add(word(random, syllables()))
  return [...words]
}
const lengths = (seed: number, least: number, most: number) => {
  const random = randomOf(seed)
  return () => least + Math.floor(random() * (most - least + 1))
}

export const FIRST = vocabulary(1, 8_000, lengths(11, 1, 3))
export const LAST = vocabulary(2, 120_000, lengths(12, 2, 4))
export const WORDS = vocabulary(3, 60_000, lengths(13, 1, 5))
const CITIES = vocabulary(4, 3_000, lengths(14, 2, 3))
const TAGS = [
  'vip',
  'prospect',
  'islamic',
  'dormant',
  'scalper',
  'partner',
  'no-call',
  'complaint',
  'cfd',
  'gold',
]
const HOSTS = [
  'gmail.com',
  'yahoo.com',
  'mail.ru',
  'outlook.com',
  'proton.me',
  'example.org',
  'web.de',
  'icloud.com',
]
const CODES = ['49', '44', '7', '1', '48', '380', '420', '971', '65', '34']

/** The more skew, the more often the first ones. */
const skewed = <T>(random: () => number, from: readonly T[], skew: number): T =>
  from[Math.floor(from.length * random() ** skew)] as T
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const inCyrillic = (text: string): string => Array.from(text, (char) => CYRILLIC[char] ?? char).join('')
const digits = (random: () => number, count: number): string =>
  Array.from({ length: count }, () => Math.floor(random() * 10)).join('')

const sentence = (random: () => number, count: number): string => {
  const words = Array.from({ length: count }, () => skewed(random, WORDS, 5))
  return `${capital(words.join(' '))}.`
}

export const benchDocument = (n: number): BenchDocument => {
  const random = randomOf(n * 2_654_435_761)
  const share = random()
  if (share >= 0.5)
    return {
      kind: share < 0.9 ? 'note' : 'ticket',
      id: `i${n}`,
      text: `${share < 0.9 ? '' : `Ticket ${n}: `}${sentence(random, 6 + Math.floor(random() * 26))}`,
    }
  const first = skewed(random, FIRST, 3)
  const last = skewed(random, LAST, 2)
  const name = `${capital(first)} ${capital(last)}`
  return {
    kind: share < 0.3 ? 'client' : 'lead',
    id: `c${n}`,
    name: random() < 0.15 ? inCyrillic(name) : name,
    ...(share < 0.3 ? { login: String(1_000_000 + n) } : {}),
    phone: `+${skewed(random, CODES, 2)} ${digits(random, 3)} ${digits(random, 3)}-${digits(random, 4)}`,
    email: `${first}.${last}${random() < 0.5 ? n % 100 : ''}@${skewed(random, HOSTS, 3)}`,
    tags: random() < 0.5 ? [skewed(random, TAGS, 2)] : [],
    city: capital(skewed(random, CITIES, 3)),
    text: random() < 0.4 ? sentence(random, 4 + Math.floor(random() * 8)) : '',
  }
}
