import { expect, it } from 'vitest'
import { createKeptQuestions } from './kept-questions.ts'

it('keeps a question at its place, and gives the place of the one that was not asked for longest', () => {
  const kept = createKeptQuestions<{ name: string }>(2)
  const ask = (name: string) => kept.placeOf(name, () => ({ name }))
  expect([ask('a'), ask('b'), ask('a')]).toEqual([0, 1, 0])
  expect(ask('c')).toBe(1)
  expect(kept.all().map(({ name }) => name)).toEqual(['a', 'c'])
  expect(ask('b')).toBe(0)
  expect(kept.at(0)).toEqual({ name: 'b' })
  expect(kept.at(7)).toBeUndefined()
})
