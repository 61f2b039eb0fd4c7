import { describe, expect, it } from 'vitest'
import { createPatience } from './patience.ts'

describe('patience with the garbage collector', () => {
  it('is had while a snapshot is awaited, and lost when it is there or nobody answers', () => {
    const flags: string[] = []
    const patience = createPatience((given) => flags.push(given))
    patience.take()
    for (const phase of ['idle', 'connecting', 'synchronising', 'live', 'stale', 'live'] as const)
      patience.follow(phase)
    for (const phase of ['offline', 'connecting', 'stale', 'live', 'connecting', 'offline'] as const)
      patience.follow(phase)
    patience.lose()
    const [on, off] = ['--heap-growing-percent=900', '--heap-growing-percent=0']
    expect(flags).toEqual([on, off, on, off, on, off, on, off])
  })
})
