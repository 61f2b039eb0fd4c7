import { foldPoint } from './fold.ts'

/** Digits of one telephone number, and where in the text each of them stands. */
export type PhoneDigits = { readonly digits: string; readonly places: readonly number[] }

/** A slash also stands inside numbers: it divides only where each part could be dialled alone. */
const SHORTEST = 7
/** Country codes of one and two digits (ITU E.164); all others have three. */
const ONE = new Set(['1', '7'])
const TWO = new Set(
  '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(
    ' ',
  ),
)
/** A number with its country code has at least so many digits. */
const INTERNATIONAL = 9

const digitsOf = (text: string, offset: number): PhoneDigits => {
  let digits = ''
  const places: number[] = []
  for (let i = 0; i < text.length; i++) {
    const folded = foldPoint(text.charCodeAt(i))
    if (folded.length !== 1 || folded < '0' || folded > '9') continue
    digits += folded
    places.push(offset + i)
  }
  return { digits, places }
}

const without = ({ digits, places }: PhoneDigits, from: number, count: number): PhoneDigits => ({
  digits: digits.slice(0, from) + digits.slice(from + count),
  places: places.toSpliced(from, count),
})

/** One number as written: the international prefix and the trunk zero in "(0)" are left out. */
const readNumber = (text: string, offset: number): PhoneDigits => {
  let number = digitsOf(text, offset)
  const zero = text.indexOf('(0)')
  const plus = text.trimStart().startsWith('+') || /^\s*00[1-9]/.test(text)
  if (zero > 0 && plus) {
    const at = number.places.indexOf(offset + zero + 1)
    if (at > 0) number = without(number, at, 1)
  }
  return number.digits.startsWith('00') && number.digits.length >= INTERNATIONAL + 2
    ? without(number, 0, 2)
    : number
}

/** The numbers of a phone field: several may stand in it, divided by commas, semicolons, slashes or lines. */
export const phonesOf = (field: string): PhoneDigits[] => {
  const found: PhoneDigits[] = []
  const take = (text: string, offset: number): void => {
    const number = readNumber(text, offset)
    if (number.digits.length > 0) found.push(number)
  }
  let offset = 0
  for (const part of field.split(/[,;\n]/)) {
    const pieces = part.split('/')
    if (pieces.length > 1 && pieces.every((piece) => digitsOf(piece, 0).digits.length >= SHORTEST)) {
      let inner = offset
      for (const piece of pieces) {
        take(piece, inner)
        inner += piece.length + 1
      }
    } else take(part, offset)
    offset += part.length + 1
  }
  return found
}

const withoutCountry = (digits: string): string => {
  if (digits.length < INTERNATIONAL) return digits
  if (ONE.has(digits.slice(0, 1))) return digits.slice(1)
  return TWO.has(digits.slice(0, 2)) ? digits.slice(2) : digits.slice(3)
}

/**
 * What typed digits may be in a stored number: themselves; without 00; without a trunk 0 (or 8, as dialled in Russia);
 * without the country code, since a number may be stored without one. A form is found anywhere in a stored number.
 */
export const phoneForms = (typed: string): string[] => {
  const { digits } = readNumber(typed, 0)
  const forms = new Set([digits])
  if (digits.startsWith('0') && digits.length > 4) forms.add(digits.replace(/^0+/, ''))
  if (digits.startsWith('8') && digits.length === 11) forms.add(digits.slice(1))
  const international = /^\s*(\+|00)/.test(typed) || digits.length > 10
  if (international && !digits.startsWith('0')) {
    const national = withoutCountry(digits).replace(/^0/, '')
    if (national.length >= SHORTEST) forms.add(national)
  }
  return [...forms].filter((form) => form.length > 0)
}
