import { describe, expect, it } from 'vitest'
import { hasDisplay, openerFor } from './open-address.ts'

const url = 'http://127.0.0.1:4780/#token=a&b'

describe('openerFor', () => {
  it('uses the system’s own opener and no shell', () => {
    expect(openerFor({ platform: 'linux', env: { DISPLAY: ':0' } }, url)).toEqual(['xdg-open', url])
    expect(openerFor({ platform: 'linux', env: { WAYLAND_DISPLAY: 'wayland-0' } }, url)).toEqual([
      'xdg-open',
      url,
    ])
    expect(openerFor({ platform: 'darwin', env: {} }, url)).toEqual(['open', url])
    expect(openerFor({ platform: 'win32', env: {} }, url)).toEqual([
      'rundll32',
      'url.dll,FileProtocolHandler',
      url,
    ])
  })

  it('opens nothing where there is no screen', () => {
    expect(hasDisplay({ platform: 'linux', env: { DISPLAY: '' } })).toBe(false)
    expect(openerFor({ platform: 'linux', env: {} }, url)).toBeNull()
  })
})
