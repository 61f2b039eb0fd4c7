import type { PlRule } from '../../../shared/api/models.ts'
import { browserLocale } from '../../ui/format.ts'
import { readText, shiftPoint } from './number-text.ts'

type Side = PlRule['profit']

export const measureWords = { floating: 'Open result', day: 'Day result' } as const

const verbs: Readonly<Record<PlRule['severity'], string>> = {
  notice: 'Gives notice',
  warning: 'Warns',
  critical: 'Raises a critical alert',
}

export const amountWords = (amount: number, base: string, locale = browserLocale): string =>
  `${readText(amount, locale)}\u00a0${base}`

export const shareWords = (share: number, locale = browserLocale): string =>
  `${readText(shiftPoint(share, 2), locale)}\u00a0%`

/** Minutes in the largest units that say them exactly: `45 min`, `4 h`, `1 h 30 min`, `7 d`. */
export const minutesWords = (minutes: number, locale = browserLocale): string => {
  if (!Number.isInteger(minutes)) return `${readText(minutes, locale)}\u00a0min`
  if (minutes >= 2880 && minutes % 1440 === 0) return `${readText(minutes / 1440, locale)}\u00a0d`
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return `${rest}\u00a0min`
  return rest === 0 ? `${hours}\u00a0h` : `${hours}\u00a0h ${rest}\u00a0min`
}

const isChecked = ({ amount, share }: Side): boolean => amount !== null || share !== null

/** Whether the rule can fire at all. */
const hasLimit = ({ profit, loss }: PlRule): boolean => isChecked(profit) || isChecked(loss)

type Ways = {
  readonly sign: string
  readonly minFunds: number
  readonly base: string
  readonly locale: string
}

const limitWords = ({ amount, share }: Side, { sign, minFunds, base, locale }: Ways): string => {
  const least = minFunds > 0 ? ` (${amountWords(minFunds, base, locale)} and more)` : ''
  return [
    amount === null ? null : `${sign}${amountWords(amount, base, locale)}`,
    share === null ? null : `${amount === null ? sign : ''}${shareWords(share, locale)} of own funds${least}`,
  ]
    .filter((part) => part !== null)
    .join(' or ')
}

const breachWords = ({ measure, profit, loss, minFunds }: PlRule, base: string, locale: string): string => {
  const article = measure === 'day' ? 'a day’s' : 'an open'
  const ways = { minFunds, base, locale }
  if (profit.amount === loss.amount && profit.share === loss.share)
    return `${article} result is beyond ${limitWords(loss, { ...ways, sign: '±' })}`
  return [
    { name: 'profit', side: profit },
    { name: 'loss', side: loss },
  ]
    .filter(({ side }) => isChecked(side))
    .map(({ name, side }) => `${article} ${name} is beyond ${limitWords(side, { ...ways, sign: '' })}`)
    .join(', or ')
}

const rearmWords = ({ rearmAt, rearmAfterMinutes }: PlRule, locale: string): string => {
  const back = `again after it came back under ${shareWords(rearmAt, locale)} of the limit`
  return rearmAfterMinutes === 0 ? back : `${back} and ${minutesWords(rearmAfterMinutes, locale)} passed`
}

/** The whole rule in a sentence. `base`: the desk's base currency, in which its amounts are. */
export const ruleWords = (rule: PlRule, base: string, locale = browserLocale): string =>
  hasLimit(rule)
    ? `${verbs[rule.severity]} when ${breachWords(rule, base, locale)}; ${rearmWords(rule, locale)}.`
    : 'Never warns: no limit is set.'
