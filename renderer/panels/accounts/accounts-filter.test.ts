import { describe, expect, it } from 'vitest'
import { viewSpecSchema } from '../../../shared/api/views.ts'
import { accountsFilter, accountsFilterWords } from './accounts-filter.ts'

const filterSchema = viewSpecSchema.shape.filter

describe('accountsFilter', () => {
  it('asks for everything while nothing is toggled', () => {
    expect(accountsFilter({ withPositions: false, marginCall: false })).toEqual({})
    expect(accountsFilterWords({ withPositions: false, marginCall: false })).toBe('')
  })

  it('puts every toggle into the filter and into words', () => {
    const both = { withPositions: true, marginCall: true }
    expect(filterSchema.parse(accountsFilter(both))).toEqual({ withPositions: true, minLevelType: 1 })
    expect(accountsFilterWords(both)).toBe('with positions, margin call or worse')
    expect(accountsFilter({ withPositions: false, marginCall: true })).toEqual({ minLevelType: 1 })
  })
})
