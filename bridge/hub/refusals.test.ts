import { expect, it } from 'vitest'
import { createRefusals } from './refusals.ts'

it('counts refused messages by the minute', () => {
  const refusals = createRefusals(2)
  expect([0, 1, 2].map((now) => refusals.add(now))).toEqual([false, false, true])
  expect(refusals.add(60_000)).toBe(false)
  expect(refusals.total()).toBe(4)
})
