import { expect, it } from 'vitest'
import { warmUp } from './warm-up.ts'

it('the warm-up loads and values a book of every sort of row', () => {
  expect(warmUp('USD', { now: () => 1_800_000_000_000 }, () => 0)).toEqual({
    accounts: 8192,
    positions: 24_576,
  })
})
