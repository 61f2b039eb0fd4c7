import { expect, it } from 'vitest'
import { createWarmUp } from './warm-up.ts'

it('the warm-up loads and values a book of every sort of row', () => {
  const { pass } = createWarmUp('USD', { now: () => 1_800_000_000_000 }, () => 0)
  const all = { accounts: 8192, positions: 23_838 }
  expect([pass(), pass()]).toEqual([all, all])
})
