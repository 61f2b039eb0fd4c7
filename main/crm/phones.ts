import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max'
import type { ClientCard } from '../../shared/api/models.ts'

export type Phone = ClientCard['phones'][number]
export type ReadPhone = { readonly phone: Phone; readonly number: PhoneNumber | null }

const digitsIn = (text: string): number => text.replaceAll(/\D/g, '').length

/** A slash also stands inside numbers (030/901820): it divides only where each part could be dialled alone. */
const SHORTEST = 7
const splitNumbers = (field: string): string[] =>
  field
    .split(/[,;\n]/)
    .flatMap((part) => {
      const pieces = part.split('/')
      return pieces.every((piece) => digitsIn(piece) >= SHORTEST) ? pieces : [part]
    })
    .map((part) => part.trim())
    .filter((part) => part !== '')

/**
 * Reads one number: as written; with `00` for `+`; and, where that gives nothing valid, as an international number
 * whose plus was left out. A valid reading wins over one that merely has a possible length.
 */
const readNumber = (raw: string, country: CountryCode | undefined): PhoneNumber | null => {
  const dialled = raw.replace(/^\s*00(?=[1-9])/, '+')
  const asWritten = parsePhoneNumberFromString(dialled, country && { defaultCountry: country })
  if (asWritten?.isValid()) return asWritten
  if (!dialled.includes('+') && digitsIn(dialled) >= SHORTEST) {
    const withPlus = parsePhoneNumberFromString(`+${dialled.replaceAll(/\D/g, '')}`)
    if (withPlus?.isValid()) return withPlus
  }
  return asWritten?.isPossible() === true ? asWritten : null
}

/**
 * The telephone numbers of one field. National numbers are read with the client's country. What cannot be read as a
 * number is shown as written and cannot be dialled.
 */
export const readPhones = (field: string, country: string | null): ReadPhone[] => {
  const home = country !== null && isSupportedCountry(country) ? country : undefined
  return splitNumbers(field).map((raw) => {
    const number = readNumber(raw, home)
    return {
      number,
      phone: number
        ? { raw, e164: number.number, display: number.formatInternational(), uri: number.getURI() }
        : { raw, e164: null, display: raw, uri: null },
    }
  })
}
