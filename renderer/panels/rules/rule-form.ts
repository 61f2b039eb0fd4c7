import { type PlRule, plRuleSchema } from '../../../shared/api/models.ts'
import { browserLocale } from '../../ui/format.ts'
import { editText, parseNumber, shiftPoint } from './number-text.ts'
import { type FieldErrors, limitFields, unreadable, unreadableIn, wordsOfIssues } from './rule-messages.ts'

/** What stands in the form: numbers as written, shares in per cent. */
export type RuleForm = {
  readonly name: string
  readonly enabled: boolean
  readonly measure: PlRule['measure']
  readonly severity: PlRule['severity']
  readonly profitAmount: string
  readonly profitShare: string
  readonly lossAmount: string
  readonly lossShare: string
  readonly minFunds: string
  readonly rearmAt: string
  readonly rearmAfterMinutes: string
}

/** What a new rule starts with: no limit yet, the rest as the rules of a fresh desk have it. */
export const blankForm: RuleForm = {
  name: '',
  enabled: true,
  measure: 'floating',
  severity: 'warning',
  profitAmount: '',
  profitShare: '',
  lossAmount: '',
  lossShare: '',
  minFunds: '2000',
  rearmAt: '70',
  rearmAfterMinutes: '240',
}

export const formOf = (rule: PlRule | null, locale = browserLocale): RuleForm => {
  if (!rule) return blankForm
  const amount = (value: number | null): string => editText(value, locale)
  const percent = (share: number | null): string => amount(share === null ? null : shiftPoint(share, 2))
  return {
    name: rule.name,
    enabled: rule.enabled,
    measure: rule.measure,
    severity: rule.severity,
    profitAmount: amount(rule.profit.amount),
    profitShare: percent(rule.profit.share),
    lossAmount: amount(rule.loss.amount),
    lossShare: percent(rule.loss.share),
    minFunds: amount(rule.minFunds),
    rearmAt: percent(rule.rearmAt),
    rearmAfterMinutes: amount(rule.rearmAfterMinutes),
  }
}

export const sameForm = (a: RuleForm, b: RuleForm): boolean =>
  (Object.keys(a) as (keyof RuleForm)[]).every((field) => a[field] === b[field])

/** The form over a rule that changed meanwhile: what the person did not touch follows the newer rule. */
export const rebased = (form: RuleForm, before: RuleForm, now: RuleForm): RuleForm => ({
  ...now,
  ...Object.fromEntries(
    Object.entries(form).filter(([field, value]) => value !== before[field as keyof RuleForm]),
  ),
})

export type ReadRule =
  | { readonly ok: true; readonly rule: PlRule }
  | { readonly ok: false; readonly errors: FieldErrors }

/** The rule a form means, checked by the desk's own schema, or what is wrong in plain words at each field. */
export const readForm = (
  form: RuleForm,
  id: string,
  otherNames: readonly string[],
  locale = browserLocale,
): ReadRule => {
  const number = (text: string): number | null => parseNumber(text, locale)
  const share = (text: string): number | null => {
    const percent = number(text)
    return percent === null ? null : shiftPoint(percent, -2)
  }
  const name = form.name.trim()
  const rule = {
    id,
    name,
    enabled: form.enabled,
    measure: form.measure,
    profit: { amount: number(form.profitAmount), share: share(form.profitShare) },
    loss: { amount: number(form.lossAmount), share: share(form.lossShare) },
    minFunds: number(form.minFunds),
    rearmAt: share(form.rearmAt),
    rearmAfterMinutes: number(form.rearmAfterMinutes),
    severity: form.severity,
  }
  const parsed = plRuleSchema.safeParse(rule)
  const errors: FieldErrors = {
    ...(parsed.success ? {} : wordsOfIssues(parsed.error.issues, locale)),
    ...unreadableIn(form, (text) => Number.isNaN(number(text)), unreadable(locale)),
  }
  if (otherNames.some((other) => other.toLowerCase() === name.toLowerCase()))
    errors.name = 'Another rule has this name. Alerts say the name, so give each rule its own.'
  if (limitFields.every((field) => form[field].trim() === ''))
    errors.lossAmount = 'Set at least one limit; without one the rule never warns.'
  return parsed.success && Object.keys(errors).length === 0
    ? { ok: true, rule: parsed.data }
    : { ok: false, errors }
}

/** An id for a new rule, from its name; another than those `taken`. At most 40 characters. */
export const ruleIdFor = (name: string, taken: readonly string[]): string => {
  const slug = name
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 34)
    .replaceAll(/^-+|-+$/g, '')
  const stem = slug === '' ? 'rule' : slug
  for (let n = 1; ; n++) {
    const id = n === 1 ? stem : `${stem}-${n}`
    if (!taken.includes(id)) return id
  }
}
