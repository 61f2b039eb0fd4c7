import { describe, expect, it } from 'vitest'
import { groupMatcher, splitMasks } from './group-mask.ts'

describe('group masks', () => {
  it.each([
    ['*', 'real-USD', true],
    ['real-*', 'real-USD', true],
    ['real-*', 'demo-USD', false],
    ['*-A,!real-VIP-A', 'real-USD-A', true],
    ['*-A,!real-VIP-A', 'real-VIP-A', false],
    ['!demo*,*', 'demo-EUR', false],
    ['!demo*,*', 'real-EUR', true],
    ['!demo*', 'real-EUR', false],
    ['real', 'real-EUR', false],
    ['re.l*', 'real-EUR', false],
    ['a+b', 'a+b', true],
    ['Real*', 'real', false],
    ['', 'real', false],
  ])('%s and the group %s: %s', (masks, group, belongs) => {
    expect(groupMatcher(splitMasks(masks))(group)).toBe(belongs)
  })
})
