import type { ORPCError } from '@orpc/server'
import { describe, expect, it } from 'vitest'
import { BookCrashed } from '../book/errors.ts'
import { LinkOffline, OutcomeUnknown } from '../link/errors.ts'
import { AlertConflict, AlertNotFound } from '../risk/errors.ts'
import { contractError } from './named-errors.ts'
import { TooManyViews } from './view-hub.ts'

const codeOf = (error: unknown) => {
  const { code, status, defined } = contractError(error) as ORPCError<string, unknown>
  return [code, status, defined]
}

describe('errors at the door', () => {
  it.each([
    [new AlertNotFound('a'), 'NOT_FOUND', 404],
    [new AlertConflict('a', 'done'), 'CONFLICT', 409],
    [new LinkOffline('not connected'), 'OFFLINE', 503],
    [new OutcomeUnknown('request-1', 'lost'), 'OUTCOME_UNKNOWN', 504],
    [new BookCrashed('out of memory'), 'OFFLINE', 503],
    [new TooManyViews(64), 'BAD_REQUEST', 400],
  ])('%s becomes %s', (error, code, status) => {
    expect(codeOf(error)).toEqual([code, status, true])
  })

  it('tells the state that stood in the way', () => {
    expect(contractError(new AlertConflict('a', 'done'))).toMatchObject({ data: { state: 'done' } })
  })

  it('leaves what nobody named alone', () => {
    const odd = new TypeError('x')
    expect(contractError(odd)).toBe(odd)
    expect(contractError('text')).toBe('text')
  })
})
