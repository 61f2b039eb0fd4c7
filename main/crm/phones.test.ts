import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPhones } from './phones.ts'

const e164 = (field: string, country: string | null = null) =>
  readPhones(field, country).map(({ phone }) => phone.e164)

describe('one number', () => {
  it.each([
    ['+49 30 901820', null, '+4930901820'],
    ['+49 (0)30 901820', 'DE', '+4930901820'],
    ['030 901820', 'DE', '+4930901820'],
    ['030/901820', 'DE', '+4930901820'],
    ['0049 30 901820', 'US', '+4930901820'],
    ['4930901820', null, '+4930901820'],
    ['4930901820', 'FR', '+4930901820'],
    ['8 (916) 123-45-67', 'RU', '+79161234567'],
    ['+1 212 555 0187', 'DE', '+12125550187'],
    ['(555) 123-4567', 'US', '+15551234567'],
  ])('%s of %s is %s', (raw, country, number) => {
    expect(readPhones(raw, country)[0]?.phone).toMatchObject({ raw, e164: number })
  })

  it('is written for the eye and for the dialler, with its extension', () => {
    expect(readPhones('020 7946 0018 ext 12', 'GB')[0]?.phone).toEqual({
      raw: '020 7946 0018 ext 12',
      e164: '+442079460018',
      display: '+44 20 7946 0018 x12',
      uri: 'tel:+442079460018;ext=12',
    })
  })

  it.each([
    ['call my wife', 'DE'],
    ['030 901820', null],
    ['1', 'DE'],
    ['030 901820', 'ZZ'],
    ['+999 123 456 789', 'DE'],
  ])('%s of %s stays as written and cannot be dialled', (raw, country) => {
    expect(readPhones(raw, country)[0]?.phone).toEqual({ raw, e164: null, display: raw, uri: null })
  })
})

describe('several numbers in one field', () => {
  it.each([
    '+4930901820, +442079460018',
    '+4930901820;+442079460018',
    '+4930901820 / +442079460018',
    ' +4930901820 ;; +442079460018 , ',
  ])('%s', (field) => {
    expect(e164(field)).toEqual(['+4930901820', '+442079460018'])
  })

  it('reads national ones with the country of the client', () => {
    expect(e164('030 901820; 0170 1234567', 'DE')).toEqual(['+4930901820', '+491701234567'])
  })

  it('has none in an empty field', () => {
    expect(readPhones(' ', 'DE')).toEqual([])
  })
})

it('takes any text and loses none of it that has a letter or digit', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 64 }), fc.constantFrom('DE', 'US', 'ZZ', null), (field, country) => {
      const phones = readPhones(field, country)
      for (const { phone } of phones) {
        expect(field).toContain(phone.raw)
        expect(phone.uri === null).toBe(phone.e164 === null)
      }
      expect(phones.map(({ phone }) => phone.raw.replaceAll(/\W/g, '')).join('')).toBe(
        field.replaceAll(/\W/g, ''),
      )
    }),
  )
})
