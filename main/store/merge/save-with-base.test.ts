import fc from 'fast-check'
import type { WithDeleted } from 'rxdb'
import { describe, expect, it } from 'vitest'
import { conflictHandler, mergeDocuments } from './conflict-handler.ts'
import { personPolicies } from './document-policies.ts'
import { canonical } from './same.ts'
import { type Mergeable, saveWithBase, settleConflict } from './save-with-base.ts'

type Doc = Mergeable & { id: string; name: string; comment: string; tags: string[] }
const doc = (more: Partial<Doc> = {}): Doc => ({
  id: 'x',
  name: 'Ann',
  comment: '',
  tags: [],
  createdAt: 1,
  createdBy: 'ann',
  updatedAt: 5,
  updatedBy: 'ann',
  edits: {},
  conflicts: [],
  conflictAt: 0,
  ...more,
})
const save = (current: Doc, base: Partial<Doc>, changes: Partial<Doc>, by: string, at: number) =>
  saveWithBase(personPolicies, current, base, changes, { by, at })

describe('two windows', () => {
  it('change different fields, and both changes are there', () => {
    const start = doc()
    const one = save(start, { name: 'Ann' }, { name: 'Anna' }, 'bob', 10).document
    const { document, conflicts } = save(one, { comment: '' }, { comment: 'rich' }, 'eve', 11)
    expect(document).toMatchObject({ name: 'Anna', comment: 'rich', updatedBy: 'eve', updatedAt: 11 })
    expect(document.edits).toEqual({ name: { by: 'bob', at: 10 }, comment: { by: 'eve', at: 11 } })
    expect(conflicts).toEqual([])
  })

  it('change the same field: what was saved first stands, the other waits until somebody chooses', () => {
    const one = save(doc(), { name: 'Ann' }, { name: 'Anna', tags: ['vip'] }, 'bob', 10).document
    // The clock was set back since.
    const { document, conflicts } = save(
      one,
      { name: 'Ann', tags: [] },
      { name: 'Ann Lee', tags: ['eu'] },
      'eve',
      3,
    )
    expect(document).toMatchObject({ name: 'Anna', tags: ['eu', 'vip'], updatedAt: 11 })
    expect(conflicts).toMatchObject([
      { field: 'name', kept: { value: 'Anna', by: 'bob', at: 10 }, other: { value: 'Ann Lee', by: 'eve' } },
    ])
    expect(document.conflicts).toEqual(conflicts)
    expect(document.conflictAt).toBeGreaterThan(0)

    const id = conflicts[0]?.id ?? ''
    const other = settleConflict(document, id, 'other', { by: 'ann', at: 30 })
    expect(other).toMatchObject({ name: 'Ann Lee', conflicts: [], conflictAt: 0, updatedBy: 'ann' })
    expect(other.edits['name']).toEqual({ by: 'ann', at: 30 })
    const kept = settleConflict(document, id, 'kept', { by: 'ann', at: 30 })
    expect(kept).toMatchObject({ name: 'Anna', conflicts: [], conflictAt: 0 })
    expect(settleConflict(kept, id, 'other', { by: 'ann', at: 31 })).toBe(kept)
  })

  it('save the same once more, and nothing is written', () => {
    const one = save(doc(), { name: 'Ann' }, { name: 'Anna' }, 'bob', 10).document
    expect(save(one, { name: 'Ann' }, { name: 'Anna' }, 'eve', 12).document).toBe(one)
  })

  it('keep one conflict, however often it is saved, with the present value as what stands', () => {
    const one = save(doc(), { name: 'Ann' }, { name: 'Anna' }, 'bob', 10).document
    const two = save(one, { name: 'Ann' }, { name: 'Ann Lee' }, 'eve', 11).document
    const three = save(two, { name: 'Anna' }, { name: 'Annabel' }, 'bob', 20).document
    expect(three).toMatchObject({ name: 'Annabel' })
    expect(three.conflicts).toMatchObject([
      { kept: { value: 'Annabel', by: 'bob' }, other: { value: 'Ann Lee' } },
    ])
  })
})

describe('two desks', () => {
  const changes = fc.record(
    {
      name: fc.constantFrom('Anna', 'Ann Lee', 'Ann'),
      comment: fc.constantFrom('rich', 'poor'),
      tags: fc.uniqueArray(fc.constantFrom('vip', 'eu', 'late')),
    },
    { requiredKeys: [] },
  )
  const step = fc.record({ changes, by: fc.constantFrom('bob', 'eve'), at: fc.integer({ min: 6, max: 20 }) })
  const play = (start: Doc, steps: { changes: Partial<Doc>; by: string; at: number }[]): Doc =>
    steps.reduce((now, each) => save(now, now, each.changes, each.by, each.at).document, start)

  it('come to the same document, whichever of them merges', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 4 }), fc.array(step, { maxLength: 4 }), (left, right) => {
        const start = doc()
        const [a, b] = [play(start, left), play(start, right)]
        const one = mergeDocuments(personPolicies, start, a, b)
        expect(canonical(one)).toBe(canonical(mergeDocuments(personPolicies, start, b, a)))
        for (const each of [a, b])
          for (const field of ['name', 'comment'] as const) {
            if (each[field] === start[field]) continue
            const versions = one.conflicts.flatMap(({ kept, other }) => [kept.value, other.value])
            expect([one[field], ...versions]).toContain(each[field])
          }
      }),
      { numRuns: 1_000 },
    )
  })

  it('keep a document that one removed and the other changed', async () => {
    const { resolve, isEqual } = conflictHandler<Doc>(personPolicies)
    const changed: WithDeleted<Doc> = { ...doc({ name: 'Anna' }), _deleted: false }
    const gone: WithDeleted<Doc> = { ...doc(), _deleted: true }
    for (const [realMasterState, newDocumentState] of [
      [changed, gone],
      [gone, changed],
    ] as const)
      expect(await resolve({ realMasterState, newDocumentState }, 'test')).toBe(changed)
    expect(isEqual(changed, structuredClone(changed), 'test')).toBe(true)
    expect(isEqual(changed, gone, 'test')).toBe(false)
  })
})
