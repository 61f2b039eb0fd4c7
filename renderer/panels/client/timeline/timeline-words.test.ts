import { describe, expect, it } from 'vitest'
import type { Interaction } from '../../../../shared/documents/interaction.ts'
import { callBackWords, interactionHead, secondsOf } from './timeline-words.ts'

const call = {
  kind: 'call',
  direction: 'out',
  channel: 'phone',
  outcome: 'no_answer',
  state: '',
  durationSeconds: 0,
  callBackAt: 0,
} as unknown as Interaction

describe('words of the timeline', () => {
  it('say what a call came to and how long it took', () => {
    expect(interactionHead(call)).toBe('Call out: no answer')
    expect(interactionHead({ ...call, direction: 'in', outcome: 'reached', durationSeconds: 240 })).toBe(
      'Call in: reached, 4\u00a0min',
    )
    expect(interactionHead({ ...call, outcome: '' })).toBe('Call out: under way')
  })

  it('say how a message came and where a ticket stands', () => {
    expect(interactionHead({ ...call, kind: 'message', channel: 'email' })).toBe('Message by e-mail')
    expect(interactionHead({ ...call, kind: 'ticket', channel: 'none', state: 'waiting' })).toBe(
      'Ticket waiting',
    )
  })

  it('name a call back only where one was agreed', () => {
    expect(callBackWords({ callBackAt: 0 })).toBe('')
    expect(callBackWords({ callBackAt: Date.UTC(2026, 0, 5, 9, 0) })).toMatch(/^Call back .+ desk$/)
  })

  it('read minutes with a point or a comma, and refuse what is none', () => {
    expect(secondsOf('')).toBe(0)
    expect(secondsOf(' 4,5 ')).toBe(270)
    expect(secondsOf('0.25')).toBe(15)
    for (const bad of ['x', '-1', '1e3', '4 min', '1441', '1.', '.5']) expect(secondsOf(bad)).toBeNull()
  })
})
