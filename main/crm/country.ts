import { alpha3, countryAliases } from './country-aliases.ts'
import { plainName } from './plain-name.ts'

/** English first: where two languages mean different countries by one word, English wins. */
const languages = ['en', 'de', 'es', 'fr', 'it', 'pt', 'pl', 'ru', 'tr', 'ar', 'zh', 'ja', 'id']

const buildIndex = (): ReadonlyMap<string, string> => {
  const index = new Map<string, string>()
  const add = (name: string, code: string): void => {
    const plain = plainName(name)
    if (plain !== '' && !index.has(plain)) index.set(plain, code)
  }
  const codes = alpha3.split(' ')
  for (let i = 0; i < codes.length; i += 2) {
    add(codes[i] as string, codes[i] as string)
    add(codes[i + 1] as string, codes[i] as string)
  }
  for (const line of countryAliases.trim().split('\n'))
    for (const name of line.slice(3).split('|')) add(name, line.slice(0, 2))
  for (const language of languages) {
    const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' })
    for (let i = 0; i < codes.length; i += 2) add(names.of(codes[i] as string) ?? '', codes[i] as string)
  }
  return index
}

let built: ReadonlyMap<string, string> | undefined

/**
 * ISO 3166-1 alpha-2 code of a country as written on an account: a code of two or three letters, its name in
 * English or in one of the large languages, or a common alias. Null when it is none of these; never a guess.
 */
export const countryCode = (text: string): string | null => {
  built ??= buildIndex()
  return built.get(plainName(text)) ?? null
}
