import { describe, expect, it } from 'vitest'
import { parseBridgeArguments } from './arguments.ts'

const refused = (argv: string[]): unknown => {
  try {
    return parseBridgeArguments(argv, {})
  } catch (error) {
    return (error as { fault?: string }).fault
  }
}

describe('command line of the bridge', () => {
  it('is the demo broker on loopback when nothing is said', () => {
    expect(parseBridgeArguments([], {})).toEqual({
      port: 7740,
      host: '127.0.0.1',
      tls: undefined,
      credentials: [{ login: 1, password: 'demo', name: 'Demo manager', groups: '*' }],
      tokens: [],
      source: { kind: 'demo' },
    })
  })

  it('takes sizes as options and as words alike', () => {
    const source = { kind: 'demo', accounts: 500, ticksPerSecond: 20, seed: 'x' }
    expect(
      parseBridgeArguments(['--accounts', '500', '--ticks-per-second', '20', '--seed', 'x'], {}),
    ).toMatchObject({
      source,
    })
    expect(
      parseBridgeArguments(['--demo', 'accounts=500', 'ticks-per-second=20', 'seed=x'], {}),
    ).toMatchObject({
      source,
    })
  })

  it('replays folders', () => {
    expect(parseBridgeArguments(['--replay', 'ticks=a=b', 'statements=c', 'speed=2'], {})).toMatchObject({
      source: { kind: 'replay', ticks: 'a=b', statements: 'c', speed: 2 },
    })
  })

  it('turns the known demo password off as soon as there is another way in', () => {
    expect(parseBridgeArguments([], { DESKLINE_BRIDGE_TOKEN: 'secret' })).toMatchObject({
      credentials: [],
      tokens: ['secret'],
    })
    expect(parseBridgeArguments(['--login', '7', '--password', 'p'], {})).toMatchObject({
      credentials: [{ login: 7, password: 'p' }],
    })
  })

  it.each([
    [['--port', 'x']],
    [['--port', '70000']],
    [['--port', '1.5']],
    [['--accounts', '-1']],
    [['--accounts', '']],
    [['--demo', '--replay', 'ticks=a']],
    [['--replay']],
    [['--replay', 'ticks=']],
    [['--replay', 'ticks=a', '--accounts', '5']],
    [['--replay', 'ticks=a', 'speed=0']],
    [['accounts']],
    [['colour=red']],
    [['--colour', 'red']],
    [['--login', '1']],
    [['--tls-cert', 'a']],
  ])('refuses %j', (argv) => {
    expect(refused(argv)).toBe('BAD_OPTION')
  })
})
