import type { PlRule } from '../../../shared/api/models.ts'
import { browserLocale } from '../../ui/format.ts'
import { severityWords } from '../alerts/alert-words.ts'
import { amountWords, measureWords, minutesWords, shareWords } from './rule-words.ts'

export type Change = { readonly what: string; readonly before: string; readonly after: string }

const NO_LIMIT = 'no limit'

const lines = (rule: PlRule, base: string, locale: string): readonly (readonly [string, string])[] => {
  const amount = (value: number | null): string =>
    value === null ? NO_LIMIT : amountWords(value, base, locale)
  const share = (value: number | null): string => (value === null ? NO_LIMIT : shareWords(value, locale))
  return [
    ['Name', rule.name],
    ['In force', rule.enabled ? 'on' : 'off'],
    ['Severity', severityWords[rule.severity]],
    ['Looks at', measureWords[rule.measure]],
    ['Profit, amount', amount(rule.profit.amount)],
    ['Profit, share of own funds', share(rule.profit.share)],
    ['Loss, amount', amount(rule.loss.amount)],
    ['Loss, share of own funds', share(rule.loss.share)],
    ['Own funds for a share from', amount(rule.minFunds)],
    ['Again under, part of the limit', share(rule.rearmAt)],
    ['Again not before', minutesWords(rule.rearmAfterMinutes, locale)],
  ]
}

/** What saving `after` over `before` would change, field by field, in the order of the form. */
export const changesOf = (before: PlRule, after: PlRule, base: string, locale = browserLocale): Change[] => {
  const now = lines(after, base, locale)
  return lines(before, base, locale).flatMap(([what, was], i) => {
    const is = now[i]?.[1] ?? ''
    return was === is ? [] : [{ what, before: was, after: is }]
  })
}
