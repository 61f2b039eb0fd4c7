import { describe, expect, it } from 'vitest'
import { formOf } from './rule-form.ts'
import { sampleRule } from './rule-sample.ts'
import { isDirty, NEW_RULE, noRules, withEditor, withoutDraft, withRules } from './rules-store.ts'

const rule = sampleRule()
const listed = withRules(noRules, [rule], 1000)

const written = (() => {
  const book = withEditor(listed, rule)
  const draft = book.drafts[rule.id]
  if (!draft) throw new Error('no draft')
  return {
    ...book,
    drafts: { [rule.id]: { ...draft, form: { ...draft.form, lossAmount: '3000' } } },
  }
})()

describe('drafts of rules', () => {
  it('start clean and are kept while other forms are open', () => {
    const opened = withEditor(listed, rule)
    expect(opened.drafts[rule.id] && isDirty(opened.drafts[rule.id] as never)).toBe(false)
    const other = withEditor(written, null)
    expect(other).toMatchObject({ editing: NEW_RULE, cursor: NEW_RULE })
    expect(withEditor(other, rule).drafts[rule.id]?.form.lossAmount).toBe('3000')
  })

  it('are told apart from the rule by what was written', () => {
    expect(isDirty(written.drafts[rule.id] as never)).toBe(true)
  })

  it('survive a new list that has the same rule', () => {
    const again = withRules(written, [sampleRule()], 2000)
    expect(again.drafts[rule.id]).toEqual(written.drafts[rule.id])
    expect(again.readAt).toBe(2000)
  })

  it('stand on what somebody else saved meanwhile, and say so', () => {
    const theirs = sampleRule({ name: 'Renamed', loss: { amount: 4000, share: 0.5 } })
    const draft = withRules(written, [theirs], 2000).drafts[rule.id]
    expect(draft).toMatchObject({ base: theirs, moved: true })
    expect(draft?.form).toEqual({ ...formOf(theirs), lossAmount: '3000' })
  })

  it('follow silently while nothing was written', () => {
    const theirs = sampleRule({ name: 'Renamed' })
    const draft = withRules(withEditor(listed, rule), [theirs], 2000).drafts[rule.id]
    expect(draft).toMatchObject({ base: theirs, moved: false, form: { name: 'Renamed' } })
  })

  it('are settled when the list shows that a save with a lost answer was done', () => {
    const draft = written.drafts[rule.id]
    const failed = {
      ...written,
      drafts: { [rule.id]: { ...draft, failure: { certain: false, reason: 'Gone.' } } as never },
    }
    const after = withRules(failed, [sampleRule({ loss: { amount: 3000, share: 0.5 } })], 2000)
    expect(after.drafts[rule.id]).toMatchObject({ moved: false, failure: null })
    expect(isDirty(after.drafts[rule.id] as never)).toBe(false)
    expect(withRules(failed, [rule], 2000).drafts[rule.id]?.failure).not.toBeNull()
  })

  it('go when they are saved or thrown away', () => {
    const gone = withoutDraft(written, rule.id)
    expect(gone).toMatchObject({ drafts: {}, editing: null, cursor: rule.id })
  })
})
