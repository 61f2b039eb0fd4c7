/** What a character is to the index. `run`: scripts written without spaces, found by pairs of characters. */
export const SEPARATOR = 0
export const LETTER = 1
export const DIGIT = 2
export const RUN = 3

/** Marks that people leave out when they type: accents, niqqud, harakat, tatweel. Vowel signs of Indic scripts stay. */
const MARKS: readonly (readonly [first: number, last: number])[] = [
  [0x300, 0x36f],
  [0x483, 0x487],
  [0x591, 0x5bd],
  [0x5bf, 0x5bf],
  [0x5c1, 0x5c7],
  [0x610, 0x61a],
  [0x640, 0x640],
  [0x64b, 0x65f],
  [0x670, 0x670],
  [0x6d6, 0x6ed],
]
const isMark = (char: string): boolean => {
  const code = char.codePointAt(0) as number
  return code >= 0x300 && MARKS.some(([first, last]) => code >= first && code <= last)
}
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/
const APOSTROPHE = /[\u02b0-\u02c1]/
const LETTER_LIKE = /^[\p{L}\p{M}]$/u
const NUMBER_LIKE = /^\p{N}$/u
const WITHOUT_SPACES =
  /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]$/u

/** Letters that Unicode does not take apart but keyboards do. */
const ALIKE: Readonly<Record<string, string>> = {
  ß: 'ss',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ς: 'σ',
  ى: 'ي',
  ة: 'ه',
  ک: 'ك',
  ی: 'ي',
}

/** Decimal digits that compatibility forms leave as they are: zeros of their blocks. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50]

const plainDigit = (char: string): string => {
  const code = char.codePointAt(0) as number
  const zero = ZEROS.find((z) => code >= z && code <= z + 9)
  return zero === undefined ? char : String(code - zero)
}

const foldOnce = (char: string): string => {
  if (INVISIBLE.test(char)) return ''
  let folded = ''
  for (const part of char.normalize('NFKD').toLowerCase())
    if (!isMark(part)) folded += ALIKE[part] ?? plainDigit(part)
  return folded
}

const classify = (char: string): number => {
  if (APOSTROPHE.test(char)) return SEPARATOR
  if (NUMBER_LIKE.test(char)) return char >= '0' && char <= '9' ? DIGIT : LETTER
  if (!LETTER_LIKE.test(char)) return SEPARATOR
  return WITHOUT_SPACES.test(char) ? RUN : LETTER
}

const folds: (string | undefined)[] = []
const classes = new Map<string, number>()

/** A code point without case, accents and compatibility forms: 'É' is 'e', 'ﬁ' is 'fi', a lone mark is ''. */
export const foldPoint = (point: number): string => {
  if (point > 0xffff) return foldOnce(String.fromCodePoint(point))
  const known = folds[point]
  if (known !== undefined) return known
  const folded = foldOnce(String.fromCharCode(point))
  folds[point] = folded
  return folded
}

/** The class of one folded character. */
export const classOf = (char: string): number => {
  const known = classes.get(char)
  if (known !== undefined) return known
  const found = classify(char)
  if (classes.size < 70_000) classes.set(char, found)
  return found
}
