import { describe, expect, it } from 'vitest'
import { sampleAlert } from '../../data/alert-sample.ts'
import { alertSentence, breachReason } from './alert-words.ts'
import { isOnCall, soundPlan } from './sound-plan.ts'

const plain = (text: string): string => text.replaceAll('\u00a0', ' ')
const quiet = { muted: false, onCall: false }
const none: ReadonlySet<string> = new Set()

describe('sound', () => {
  it('repeats for a critical alert until it is seen', () => {
    expect(soundPlan([sampleAlert({ severity: 'critical' })], none, quiet)).toBe('repeat')
    expect(soundPlan([sampleAlert({ severity: 'critical', state: 'seen' })], none, quiet)).toBe('none')
  })

  it('sounds once for a fresh warning, never for a notice', () => {
    expect(soundPlan([sampleAlert({ id: 'w' })], new Set(['w']), quiet)).toBe('once')
    expect(soundPlan([sampleAlert({ id: 'w' })], none, quiet)).toBe('none')
    expect(soundPlan([sampleAlert({ id: 'n', severity: 'notice' })], new Set(['n']), quiet)).toBe('none')
  })

  it('keeps quiet while muted or on a call', () => {
    const alerts = [sampleAlert({ severity: 'critical' })]
    expect(soundPlan(alerts, none, { muted: true, onCall: false })).toBe('none')
    expect(soundPlan(alerts, none, { muted: false, onCall: true })).toBe('none')
  })

  it('knows a call of this person from others and from forgotten ones', () => {
    const calling = (by: string, startedAt: number) =>
      sampleAlert({ state: 'calling', calls: [{ startedAt, by, number: '+49' }] })
    expect(isOnCall([calling('dealer', 1000)], 'dealer', 61_000)).toBe(true)
    expect(isOnCall([calling('sales', 1000)], 'dealer', 61_000)).toBe(false)
    expect(isOnCall([calling('dealer', 1000)], 'dealer', 1000 + 3 * 3_600_000)).toBe(false)
    expect(isOnCall([{ ...calling('dealer', 1000), state: 'seen' }], 'dealer', 61_000)).toBe(false)
  })
})

describe('words', () => {
  it('name the limit that was passed', () => {
    expect(plain(breachReason(sampleAlert()))).toMatch(/^Floating loss beyond 5.?000.00 USD$/)
    const share = sampleAlert({ measure: 'day', side: 'profit', limitKind: 'share', limit: 0.5 })
    expect(plain(breachReason(share))).toBe('Day profit beyond 50 % of own funds')
  })

  it('say the whole alert in a sentence', () => {
    expect(plain(alertSentence(sampleAlert({ severity: 'critical' })))).toMatch(
      /^Critical: Anna Schmidt, login 200100. Floating loss beyond .* USD: −5.?321.20 EUR.$/,
    )
  })
})
