import { describe, expect, it } from 'vitest'
import { decideResume } from './resume.ts'

const head = { symbols: 5, groups: 5, users: 100, trades: 200, ticks: 1000 }
const evicted = { symbols: 0, groups: 0, users: 90, trades: 150 }
const ask = (seqs: Partial<typeof head>, epoch = 'e') =>
  decideResume({ epoch, seqs: { ...head, ...seqs } }, 'e', head, evicted)

describe('resume decision', () => {
  it('goes on where the journal still has all that is missing', () => {
    expect(ask({}).mode).toBe('resume')
    expect(ask({ users: 90, trades: 150, ticks: 0 }).mode).toBe('resume')
  })

  it.each([
    ['not asked', decideResume(undefined, 'e', head, evicted)],
    ['other epoch', ask({}, 'f')],
    ['numbers ahead', ask({ trades: 201 })],
    ['numbers ahead', ask({ ticks: 1001 })],
    ['journal moved on', ask({ users: 89 })],
    ['journal moved on', ask({ trades: 149 })],
  ])('sends a snapshot: %s', (why, decision) => {
    expect(decision).toEqual({ mode: 'snapshot', why })
  })
})
