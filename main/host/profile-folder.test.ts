import { describe, expect, it } from 'vitest'
import { dataFolder, profileFolder } from './profile-folder.ts'

describe('dataFolder', () => {
  it('follows each system’s own rule', () => {
    expect(dataFolder('linux', {}, '/home/a')).toBe('/home/a/.local/share/deskline')
    expect(dataFolder('linux', { XDG_DATA_HOME: '/data' }, '/home/a')).toBe('/data/deskline')
    expect(dataFolder('linux', { XDG_DATA_HOME: 'data' }, '/home/a')).toBe('/home/a/.local/share/deskline')
    expect(dataFolder('darwin', {}, '/Users/a')).toBe('/Users/a/Library/Application Support/Deskline')
    expect(dataFolder('win32', { LOCALAPPDATA: 'D:\\Local' }, 'C:\\Users\\a')).toBe('D:\\Local\\Deskline')
    expect(dataFolder('win32', {}, 'C:\\Users\\a')).toBe('C:\\Users\\a\\AppData\\Local\\Deskline')
  })
})

describe('profileFolder', () => {
  it('keeps play money and a real broker apart', () => {
    const of = (bridge: Parameters<typeof profileFolder>[0]) => profileFolder(bridge, 'linux', {}, '/h')
    expect(of({ kind: 'embedded', argv: ['--demo', 'seed=1'] })).toMatch(/deskline\/demo$/)
    expect(of({ kind: 'embedded', argv: ['--replay', 'ticks=x'] })).toMatch(/deskline\/replay$/)
    expect(of({ kind: 'url', url: 'ws://x', credentials: { token: 't' } })).toMatch(/deskline\/desk$/)
  })
})
