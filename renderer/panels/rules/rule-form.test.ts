import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PlRule, plRuleSchema } from '../../../shared/api/models.ts'
import { blankForm, formOf, type RuleForm, readForm, rebased, ruleIdFor, sameForm } from './rule-form.ts'
import type { FieldErrors } from './rule-messages.ts'
import { sampleRule } from './rule-sample.ts'

const locale = 'en-GB'
const base = formOf(sampleRule(), locale)

const read = (other: Partial<RuleForm>) => readForm({ ...base, ...other }, 'open-result', [], locale)
const errorsOf = (other: Partial<RuleForm>): FieldErrors => {
  const answer = read(other)
  return answer.ok ? {} : answer.errors
}

const cents = (max: number) => fc.integer({ min: 1, max }).map((value) => value / 100)
const side = fc.record({
  amount: fc.option(cents(1e11), { nil: null }),
  share: fc.option(cents(100_000), { nil: null }),
})
const rules: fc.Arbitrary<PlRule> = fc
  .record({
    id: fc.constant('r'),
    name: fc.string({ minLength: 1, maxLength: 80 }).filter((name) => name.trim() === name),
    enabled: fc.boolean(),
    measure: fc.constantFrom('floating' as const, 'day' as const),
    profit: side,
    loss: side,
    minFunds: cents(1e9),
    rearmAt: fc.integer({ min: 5, max: 99 }).map((percent) => percent / 100),
    rearmAfterMinutes: fc.integer({ min: 0, max: 10_080 }),
    severity: fc.constantFrom('notice' as const, 'warning' as const, 'critical' as const),
  })
  .filter(({ profit, loss }) =>
    [profit.amount, profit.share, loss.amount, loss.share].some((v) => v !== null),
  )

describe('a rule in the form', () => {
  it('stands in per cent and without signs between thousands', () => {
    expect(base).toMatchObject({
      lossAmount: '5000',
      lossShare: '50',
      rearmAt: '70',
      rearmAfterMinutes: '240',
    })
    expect(formOf(sampleRule({ loss: { amount: null, share: 0.125 } }), 'de-DE')).toMatchObject({
      lossAmount: '',
      lossShare: '12,5',
    })
  })

  it('comes out as it went in, in any locale', () => {
    fc.assert(
      fc.property(rules, fc.constantFrom('en-GB', 'de-DE', 'fr-FR'), (rule, locale) => {
        expect(readForm(formOf(rule, locale), 'r', [], locale)).toEqual({ ok: true, rule })
      }),
    )
  })

  it('reads empty limits as none and amounts with thousands', () => {
    expect(read({ lossAmount: '12,500.50', lossShare: ' ', profitShare: '7' })).toMatchObject({
      ok: true,
      rule: { loss: { amount: 12_500.5, share: null }, profit: { share: 0.07 } },
    })
  })

  it('never lets through what the desk would refuse', () => {
    const text = fc.oneof(
      fc.constantFrom('', '0', '-1', '5,000', '50', '1e9', '999999999999999', '0,5', 'x', '∞', 'NaN'),
      fc.string({ maxLength: 8 }),
    )
    const form = fc.record({
      name: fc.string({ maxLength: 100 }),
      enabled: fc.boolean(),
      measure: fc.constantFrom('floating' as const, 'day' as const),
      severity: fc.constantFrom('notice' as const, 'critical' as const),
      profitAmount: text,
      profitShare: text,
      lossAmount: text,
      lossShare: text,
      minFunds: text,
      rearmAt: text,
      rearmAfterMinutes: text,
    })
    fc.assert(
      fc.property(form, (given) => {
        const answer = readForm(given, 'r', [], locale)
        const words = answer.ok ? [] : Object.values(answer.errors)
        expect(answer.ok).toBe(words.length === 0)
        expect(words).not.toContain('')
        expect(answer.ok && !plRuleSchema.safeParse(answer.rule).success).toBe(false)
      }),
    )
  })
})

describe('messages at the fields', () => {
  it('say what to write', () => {
    expect(errorsOf({ name: '  ' }).name).toMatch(/^Give the rule a name/)
    expect(errorsOf({ name: 'x'.repeat(81) }).name).toBe('At most 80 characters.')
    expect(errorsOf({ lossAmount: '5k' }).lossAmount).toBe('Not a number. Write it as 5,000 or 0.5.')
    expect(errorsOf({ lossAmount: '-5000' }).lossAmount).toMatch(
      /^More than 0, or empty.*without a minus sign/,
    )
    expect(errorsOf({ profitAmount: '2000000000000' }).profitAmount).toBe('At most 1,000,000,000,000.')
    expect(errorsOf({ profitShare: '200000' }).profitShare).toBe('At most 100,000\u00a0%.')
    expect(errorsOf({ minFunds: '' }).minFunds).toBe('Write an amount; 0 lets every account count.')
    expect(errorsOf({ rearmAt: '100' }).rearmAt).toBe('At most 99\u00a0%.')
    expect(errorsOf({ rearmAt: '1' }).rearmAt).toBe('Not below 5\u00a0%.')
    expect(errorsOf({ rearmAfterMinutes: '20,000' }).rearmAfterMinutes).toBe('At most 10,080.')
    expect(errorsOf({ rearmAfterMinutes: '' }).rearmAfterMinutes).toMatch(/^Write minutes/)
  })

  it('ask for at least one limit', () => {
    const none = { profitAmount: '', profitShare: '', lossAmount: '', lossShare: '' }
    expect(errorsOf(none)).toEqual({ lossAmount: expect.stringMatching(/at least one limit/) })
  })

  it('ask for a name of its own', () => {
    const answer = readForm({ ...base, name: 'BIG ' }, 'r', ['Big'], locale)
    expect(answer).toMatchObject({ ok: false, errors: { name: expect.stringMatching(/^Another rule/) } })
  })

  it('name all that a new rule still needs', () => {
    const answer = readForm(blankForm, 'r', [], locale)
    expect(answer.ok ? [] : Object.keys(answer.errors)).toEqual(['name', 'lossAmount'])
  })
})

describe('a rule that changed meanwhile', () => {
  it('keeps what was written and takes over the rest', () => {
    const now = formOf(sampleRule({ name: 'Renamed', loss: { amount: 4000, share: 0.4 } }), locale)
    const mine = { ...base, lossAmount: '3000' }
    expect(rebased(mine, base, now)).toEqual({ ...now, lossAmount: '3000' })
    expect(sameForm(rebased(base, base, now), now)).toBe(true)
  })
})

describe('ids of new rules', () => {
  it('come from the name and are not taken yet', () => {
    expect(ruleIdFor('Pérdida año > 50 %', [])).toBe('perdida-ano-50')
    expect(ruleIdFor('Убыток', ['rule', 'rule-2'])).toBe('rule-3')
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (name) => {
        const first = ruleIdFor(name, [])
        const second = ruleIdFor(name, [first])
        expect(second).not.toBe(first)
        expect(second).toMatch(/^[a-z0-9-]{1,40}$/)
      }),
    )
  })
})
