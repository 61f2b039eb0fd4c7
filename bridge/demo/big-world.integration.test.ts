import { expect, it } from 'vitest'
import { createWorld } from './create-world.ts'
import { stateOf, worldOptions } from './demo-source.ts'
import { step } from './step.ts'
import { WEDNESDAY } from './test-world.ts'

const LARGE = {
  seed: 'large',
  clients: 70_000,
  accounts: 100_000,
  positions: 500_000,
  groups: 60,
  symbols: 40,
  ticksPerSecond: 20_000,
}

it('a world of the largest size builds, loads and moves in one process', { timeout: 240_000 }, () => {
  const world = createWorld(worldOptions(LARGE), WEDNESDAY)
  const { users, trades, groups, symbols } = stateOf(world)
  const logins = new Set<number>()
  for (const user of users) logins.add(user.login)
  expect(logins.size).toBe(100_000)
  const tickets = new Set<number>()
  let rows = 0
  let open = 0
  for (const row of trades) {
    tickets.add(row.order)
    rows++
    if (row.closeTime === 0 && row.cmd < 2) open++
  }
  expect(tickets.size).toBe(rows)
  expect(open).toBe(500_000)
  expect([groups.length, symbols.length]).toEqual([60, 40])

  let ticks = 0
  let changes = 0
  world.tick = () => {
    ticks++
  }
  world.emit = (transaction) => {
    changes += transaction.length
  }
  step(world, world.now, world.now + 3_000)
  expect(ticks).toBeGreaterThan(3 * 20_000 * 0.6)
  expect(changes).toBeGreaterThan(0)
})
