import { describe, expect, it } from 'vitest'
import { startFault } from './start-fault.ts'

describe('startFault', () => {
  it('tells a wrong word of the command line from a desk that cannot run', () => {
    expect(
      startFault(new Error('The embedded bridge did not start: BAD_OPTION: speed: x is not a number')),
    ).toEqual({
      words: 'speed: x is not a number',
      code: 2,
    })
    expect(startFault(new Error('disk full'))).toEqual({
      words: 'The desk did not start: disk full',
      code: 1,
    })
    expect(startFault('odd')).toEqual({ words: 'The desk did not start: odd', code: 1 })
  })
})
