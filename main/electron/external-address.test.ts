import { describe, expect, it } from 'vitest'
import { externalAddress } from './external-address.ts'

describe('externalAddress', () => {
  it.each([
    ['tel:+442079460958', 'tel:+442079460958'],
    ['TEL:+44-20-7946-0958', 'tel:+44-20-7946-0958'],
    ['tel:+496912345678;ext=12', 'tel:+496912345678;ext=12'],
    ['mailto:anna.k@example.com', 'mailto:anna.k@example.com'],
  ])('opens %s', (address, expected) => {
    expect(externalAddress(address)).toBe(expected)
  })

  it.each([
    'tel:',
    'tel:call me',
    'tel:+44;phone-context=example.com',
    'tel:%2B44207',
    'mailto:a@b?cc=c@d',
    'mailto:a@b,c@d',
    'mailto:a%0d%0aBcc:c@d',
    'https://example.com/',
    'http://example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'ms-msdt:/id',
    'smb://host/share',
    'app://deskline/',
    'C:\\Windows\\System32\\calc.exe',
    '',
  ])('refuses %j', (address) => {
    expect(externalAddress(address)).toBeNull()
  })
})
