import type { z } from 'zod'
import { readText, shiftPoint } from './number-text.ts'
import type { RuleForm } from './rule-form.ts'

type Field = keyof RuleForm
export type FieldErrors = Partial<Record<Field, string>>
type Issue = z.core.$ZodIssue

/** Where in the form a part of the rule stands. */
const fieldOf: Readonly<Record<string, Field>> = {
  name: 'name',
  'profit.amount': 'profitAmount',
  'profit.share': 'profitShare',
  'loss.amount': 'lossAmount',
  'loss.share': 'lossShare',
  minFunds: 'minFunds',
  rearmAt: 'rearmAt',
  rearmAfterMinutes: 'rearmAfterMinutes',
}

const percentFields: ReadonlySet<Field> = new Set(['profitShare', 'lossShare', 'rearmAt'])
export const limitFields = ['profitAmount', 'profitShare', 'lossAmount', 'lossShare'] as const
const numberFields: readonly Field[] = [...limitFields, 'minFunds', 'rearmAt', 'rearmAfterMinutes']

/** What an empty field is told where the rule needs a number. */
const needed: FieldErrors = {
  minFunds: 'Write an amount; 0 lets every account count.',
  rearmAt: 'Write a part of the limit in per cent.',
  rearmAfterMinutes: 'Write minutes; 0 waits for none.',
}

const bound = (field: Field, limit: number | bigint, locale: string): string => {
  const isPercent = percentFields.has(field)
  const text = readText(isPercent ? shiftPoint(Number(limit), 2) : Number(limit), locale)
  return isPercent ? `${text}\u00a0%` : text
}

const sentence = (field: Field, issue: Issue, locale: string): string => {
  if (field === 'name')
    return issue.code === 'too_big'
      ? `At most ${bound(field, issue.maximum, locale)} characters.`
      : 'Give the rule a name; alerts will say it.'
  if (issue.code === 'too_small') {
    const least = bound(field, issue.minimum, locale)
    if (!limitFields.some((limit) => limit === field)) return `Not below ${least}.`
    return `More than ${least}, or empty for no limit. A loss is written without a minus sign.`
  }
  if (issue.code === 'too_big') return `At most ${bound(field, issue.maximum, locale)}.`
  return needed[field] ?? 'This does not fit.'
}

/** The schema's issues as sentences at their fields; the first of a field counts. */
export const wordsOfIssues = (issues: readonly Issue[], locale: string): FieldErrors => {
  const errors: FieldErrors = {}
  for (const issue of issues) {
    const field = fieldOf[issue.path.join('.')]
    if (field) errors[field] ??= sentence(field, issue, locale)
  }
  return errors
}

export const unreadable = (locale: string): string =>
  `Not a number. Write it as ${readText(5000, locale)} or ${readText(0.5, locale)}.`

/** The fields with something in them that is no number. */
export const unreadableIn = (
  form: RuleForm,
  isBad: (text: string) => boolean,
  message: string,
): FieldErrors =>
  Object.fromEntries(
    numberFields.filter((field) => isBad(String(form[field]))).map((field) => [field, message]),
  )
