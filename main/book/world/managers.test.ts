import { describe, expect, it } from 'vitest'
import { createManagers } from './managers.ts'

describe('createManagers', () => {
  const managerOf = createManagers([
    { name: 'Ann', groups: 'real-*, !real-vip*' },
    { name: 'Bob', groups: 'real-vip*' },
    { name: 'Cem', groups: '*' },
    { name: 'Dee', groups: 'demo' },
  ])

  it('names the first whose masks let a group in', () => {
    expect(['real-EUR', 'real-vip-1', 'demo', 'real-EUR'].map(managerOf)).toEqual([
      'Ann',
      'Bob',
      'Cem',
      'Ann',
    ])
  })

  it('names nobody where nobody is set', () => {
    expect(createManagers([])('real-EUR')).toBe('')
    expect(createManagers([{ name: 'Ann', groups: '' }])('real-EUR')).toBe('')
  })
})
