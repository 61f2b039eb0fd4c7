import { expect, it } from 'vitest'
import { watchedWorld } from './test-world.ts'

it("begins the day's range of every symbol at its first bid and widens it with the ticks", () => {
  const { world, mirror, run } = watchedWorld()
  for (const { high, low, index } of world.symbols)
    expect([high, low]).toEqual(Array(2).fill(world.quotes.bid[index]))

  const first = Array.from(world.quotes.bid)
  run(60_000)
  expect(mirror.ticks.length).toBeGreaterThan(0)
  for (const { high, low, index } of world.symbols) {
    const bids = mirror.ticks.filter((tick) => tick.symbol === index).map((tick) => tick.bid)
    expect(high).toBe(Math.max(first[index] as number, ...bids))
    expect(low).toBe(Math.min(first[index] as number, ...bids))
  }
})
