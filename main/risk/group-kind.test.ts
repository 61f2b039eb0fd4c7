import { expect, it } from 'vitest'
import { groupKind } from './group-kind.ts'

it.each([
  ['demoforex', 'demo'],
  ['real-demo-2', 'demo'],
  ['Demo', 'real'],
  ['manager', 'manager'],
  ['managers', 'real'],
  ['contest-5', 'contest'],
  ['preliminary', 'preliminary'],
  ['coverage', 'coverage'],
  ['coverage-b', 'real'],
  ['std-usd', 'real'],
])('%s is %s', (group, kind) => {
  expect(groupKind(group)).toBe(kind)
})
