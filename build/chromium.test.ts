import { describe, expect, it } from 'vitest'
import { type BrowserPlaces, findChromium } from './chromium.ts'

const places = (over: Partial<BrowserPlaces>, ...installed: string[]): BrowserPlaces => ({
  platform: 'linux',
  env: { PATH: '/usr/local/bin:/usr/bin' },
  playwrights: '/cache/chrome',
  isProgram: (path) => installed.includes(path),
  ...over,
})

describe('findChromium', () => {
  it('takes the one that is named, or none', () => {
    const env = { CHROMIUM_PATH: '/opt/chrome' }
    expect(findChromium(places({ env }, '/opt/chrome', '/cache/chrome'))).toBe('/opt/chrome')
    expect(findChromium(places({ env }, '/cache/chrome'))).toBeNull()
  })

  it('prefers Playwright’s own to the system’s', () => {
    expect(findChromium(places({}, '/usr/bin/chromium', '/cache/chrome'))).toBe('/cache/chrome')
    expect(findChromium(places({}, '/usr/bin/google-chrome', '/usr/bin/chromium'))).toBe('/usr/bin/chromium')
    expect(findChromium(places({}, '/usr/local/bin/google-chrome'))).toBe('/usr/local/bin/google-chrome')
  })

  it('knows the usual places of macOS and Windows', () => {
    const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
    expect(findChromium(places({ platform: 'darwin' }, mac))).toBe(mac)
    const edge = 'C:\\Programs\\Microsoft\\Edge\\Application\\msedge.exe'
    expect(findChromium(places({ platform: 'win32', env: { PROGRAMFILES: 'C:\\Programs' } }, edge))).toBe(
      edge,
    )
  })

  it('finds none where there is none', () => {
    expect(findChromium(places({ env: {} }))).toBeNull()
  })
})
