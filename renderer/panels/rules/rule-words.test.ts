import { describe, expect, it } from 'vitest'
import type { PlRule } from '../../../shared/api/models.ts'
import { sampleRule } from './rule-sample.ts'
import { minutesWords, ruleWords, shareWords } from './rule-words.ts'

const words = (other: Partial<PlRule>): string =>
  ruleWords(sampleRule(other), 'USD', 'en-GB').replaceAll('\u00a0', ' ')
const none = { amount: null, share: null }

describe('a rule in words', () => {
  it('says both sides at once where they are alike', () => {
    expect(words({})).toBe(
      'Warns when an open result is beyond ±5,000 USD or 50 % of own funds (2,000 USD and more); ' +
        'again after it came back under 70 % of the limit and 4 h passed.',
    )
    expect(words({ profit: { amount: null, share: 0.125 }, loss: { amount: null, share: 0.125 } })).toContain(
      'beyond ±12.5 % of own funds (2,000 USD and more)',
    )
  })

  it('tells profit and loss apart where they differ, and leaves out what is not checked', () => {
    expect(words({ measure: 'day', severity: 'notice', profit: none, minFunds: 0 })).toMatch(
      /^Gives notice when a day’s loss is beyond 5,000 USD or 50 % of own funds; again/,
    )
    expect(
      words({ severity: 'critical', profit: { amount: 9000.5, share: null }, rearmAfterMinutes: 0 }),
    ).toBe(
      'Raises a critical alert when an open profit is beyond 9,000.5 USD, or an open loss is beyond 5,000 USD or ' +
        '50 % of own funds (2,000 USD and more); again after it came back under 70 % of the limit.',
    )
  })

  it('does not speak of the least funds where no share is checked', () => {
    const side = { amount: 50_000, share: null }
    expect(words({ profit: side, loss: side })).not.toContain('funds')
  })

  it('says so when it can never fire', () => {
    expect(words({ profit: none, loss: none })).toBe('Never warns: no limit is set.')
  })

  it('rounds nothing', () => {
    expect(shareWords(0.33333, 'en-GB')).toBe('33.333\u00a0%')
    const minutes = [0, 45, 60, 90, 240, 1440, 1500, 2880, 10_080, 0.5]
    expect(minutes.map((value) => minutesWords(value, 'en-GB').replaceAll('\u00a0', ' '))).toEqual([
      '0 min',
      '45 min',
      '1 h',
      '1 h 30 min',
      '4 h',
      '24 h',
      '25 h',
      '2 d',
      '7 d',
      '0.5 min',
    ])
  })
})
