import { describe, expect, it } from 'vitest'
import { isAppAddress } from './app-origin.ts'

describe('isAppAddress', () => {
  it.each(['app://deskline/', 'app://deskline/index.html?x=1#y'])('takes %s', (address) => {
    expect(isAppAddress(address)).toBe(true)
  })

  it.each([
    '',
    'app://',
    'app://desklinex/',
    'app://deskline.example.com/',
    'app://deskline:80/',
    'app://user@deskline/',
    'app://user:deskline@evil/',
    'https://deskline/',
    'file:///deskline/index.html',
    'javascript:alert(1)//app://deskline/',
    'not an address',
  ])('refuses %j', (address) => {
    expect(isAppAddress(address)).toBe(false)
  })
})
