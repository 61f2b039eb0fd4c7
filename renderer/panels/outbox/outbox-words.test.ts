import { describe, expect, it } from 'vitest'
import { sampleCommand } from '../../data/outbox-sample.ts'
import { actsOf, heldLanes, stateWords, whatWords } from './outbox-words.ts'

const ready = [{ channel: 'mt4', sender: 'ready', paused: false, pausedBy: '' }] as const
const none = new Map<string, number>()

describe('what a command does', () => {
  it('is said with its amount and currency', () => {
    expect(whatWords(sampleCommand())).toBe('Deposit 500.00\u00a0EUR')
    const close = { type: 'trade:close', order: 77, volume: 10, price: 1 }
    expect(whatWords(sampleCommand({ command: close }))).toBe('Close #77')
    expect(whatWords(sampleCommand({ channel: 'mail', command: null }))).toBe('Letter')
  })
})

describe('why a command waits', () => {
  const words = (
    other: Parameters<typeof sampleCommand>[0],
    channels: Parameters<typeof stateWords>[1] = ready,
    held: ReadonlyMap<string, number> = none,
  ) => stateWords(sampleCommand(other), channels, held, 1000).word

  it('is said plainly', () => {
    expect(words({})).toBe('Waiting')
    expect(words({ nextAt: 2000 })).toBe('Tries again')
    expect(words({}, [{ ...ready[0], sender: 'away' }])).toBe('Waits for the bridge')
    expect(words({}, [{ ...ready[0], sender: 'away', paused: true, pausedBy: 'bob' }])).toBe(
      'Waits: paused by bob',
    )
    expect(
      words({ channel: 'mail' }, [{ channel: 'mail', sender: 'none', paused: false, pausedBy: '' }]),
    ).toBe('Waits: no sender yet')
  })

  it('names the failed one before it', () => {
    const failed = sampleCommand({ state: 'failed', hold: true, place: 3 })
    const held = heldLanes([failed, sampleCommand({ place: 5 })])
    expect(words({ place: 5 }, ready, held)).toBe('Waits behind a failed one')
    expect(words({ place: 2 }, ready, held)).toBe('Waiting')
    expect(words({ place: 5, lane: 'account:1' }, ready, held)).toBe('Waiting')
  })
})

describe('what may be decided', () => {
  it.each([
    [{ state: 'pending' }, ['cancel']],
    [{ state: 'sending' }, []],
    [{ state: 'sent' }, []],
    [{ state: 'sent', hold: true }, ['executed', 'not-executed']],
    [{ state: 'failed', hold: true }, ['retry', 'release']],
    [{ state: 'failed' }, ['retry']],
    [{ state: 'failed', retriedBy: 'key~2' }, []],
    [{ state: 'confirmed' }, []],
  ] as const)('of %o: %o', (row, acts) => {
    expect(actsOf(sampleCommand(row))).toEqual(acts)
  })
})
