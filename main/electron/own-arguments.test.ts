import { describe, expect, it } from 'vitest'
import { ownArguments } from './own-arguments.ts'

describe('ownArguments', () => {
  it('starts behind the folder when run from sources', () => {
    expect(ownArguments(['electron', '.', '--demo', 'seed=7'], false)).toEqual(['--demo', 'seed=7'])
    expect(
      ownArguments(
        ['electron', '--inspect=0', '--remote-debugging-port=0', '/app', '--profile', '/p'],
        false,
      ),
    ).toEqual(['--profile', '/p'])
  })

  it('starts behind the program when packaged', () => {
    expect(ownArguments(['deskline', '--bridge', 'ws://x'], true)).toEqual(['--bridge', 'ws://x'])
  })

  it('leaves out what belongs to Chromium', () => {
    expect(
      ownArguments(['electron', '.', '--no-sandbox', '--', '--replay', 'ticks=/t', '--disable-gpu'], false),
    ).toEqual(['--replay', 'ticks=/t'])
  })
})
