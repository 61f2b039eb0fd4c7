import { expect, it } from 'vitest'
import { createNumberKeys } from './keys.ts'
import { createLateKeys } from './late-keys.ts'

const keys = Int32Array.from({ length: 1000 }, (_, slot) => 5000 - slot)

const create = () => {
  const map = createNumberKeys()
  const alive = new Uint8Array(keys.length).fill(1)
  const late = createLateKeys(map, { keys: () => keys, alive: () => alive })
  late.later(0, keys.length)
  return { map, alive, late }
}

it('keys that wait are found, and not taken in for a few', () => {
  const { map, alive, late } = create()
  expect([5000, 4001, 4000, 5001].map(late.get)).toEqual([0, 999, -1, -1])
  alive[0] = 0
  expect(late.get(5000)).toBe(-1)
  expect(map.size()).toBe(0)
})

it('whoever asks for many gets the map', () => {
  const { map, late } = create()
  for (let i = 0; i < 100; i++) expect(late.get(5000 - i)).toBe(i)
  expect(map.size()).toBe(1000)
})

it('they are taken in little by little, and those of rows that left are not', () => {
  const { map, alive, late } = create()
  alive[3] = 0
  late.delete(4997)
  late.set(4997, 2000)
  expect(late.catchUp(600)).toBe(0)
  expect(map.size()).toBe(600)
  expect(late.catchUp(600)).toBe(200)
  expect(late.get(4997)).toBe(2000)
  expect(late.size()).toBe(1000)
})
