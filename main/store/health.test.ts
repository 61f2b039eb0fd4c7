import { expect, it } from 'vitest'
import { StoreWriteFailed } from './errors.ts'
import { createHealth } from './health.ts'
import { StorageCorrupt, StorageFull } from './sqlite-storage/errors.ts'

it('says what is wrong in words, for as long as it is', () => {
  const health = createHealth()
  expect(health.said()).toEqual([])
  health.note(
    new StoreWriteFailed('database or disk is full', new StorageFull('database or disk is full', 13)),
  )
  expect(health.said()[0]).toMatch(
    /The disk is full\. What was stored before is unharmed.*database or disk is full/,
  )
  health.note(null)
  expect(health.said()).toEqual([])
  // A damaged page does not heal because the next write met another one.
  health.note(new StoreWriteFailed('x', new StorageCorrupt('malformed', 11)))
  health.note(null)
  health.complain('A file was moved aside.')
  expect(health.said()).toHaveLength(2)
  expect(health.said()[0]).toContain('part of the file is damaged')
})
