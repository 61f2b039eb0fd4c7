import { describe, expect, it } from 'vitest'
import { viewSpecSchema } from '../../../shared/api/views.ts'
import { type Scope, scopeFilter, scopeKey, scopeOfKey, scopeText } from './scope.ts'

const scopes: readonly Scope[] = [
  null,
  { part: 'group', value: 'ecn:EUR' },
  { part: 'country', value: 'Côte d’Ivoire' },
  { part: 'currency', value: 'JPY' },
  { part: 'manager', value: 'Desk A' },
]

describe('scope', () => {
  it('is a filter the desk takes', () => {
    const { filter } = viewSpecSchema.shape
    expect(scopes.map((scope) => filter.parse(scopeFilter(scope)))).toEqual([
      {},
      { group: 'ecn:EUR' },
      { country: 'Côte d’Ivoire' },
      { currency: 'JPY' },
      { manager: 'Desk A' },
    ])
  })

  it('comes back from its key', () => {
    expect(scopes.map((scope) => scopeOfKey(scopeKey(scope)))).toEqual(scopes)
    expect(scopeOfKey('nonsense:USD')).toBeNull()
  })

  it('reads in words', () => {
    expect(scopes.map(scopeText)).toEqual([
      '',
      'group ecn:EUR',
      'country Côte d’Ivoire',
      'deposit currency JPY',
      'manager Desk A',
    ])
  })
})
