import type { Alert, CallOutcome } from '../../../shared/api/models.ts'
import { formatAmount, formatPercent } from '../../ui/format.ts'

export const severityWords = { critical: 'Critical', warning: 'Warning', notice: 'Notice' } as const
export const severityShapes = { critical: '◆', warning: '▲', notice: '●' } as const
export const sideArrows = { profit: '▲', loss: '▼' } as const

export const outcomeWords: Readonly<Record<CallOutcome, string>> = {
  reached: 'Reached',
  no_answer: 'No answer',
  voicemail: 'Voicemail left',
  call_back: 'Call back agreed',
  wrong_number: 'Wrong number',
  refused: 'Refused to talk',
  no_call_needed: 'No call needed',
}

/** The rule in words, with the limit that was passed: `Floating loss beyond 50 % of own funds`. */
export const breachReason = ({ measure, side, limitKind, limit, figures }: Alert): string => {
  const what = `${measure === 'day' ? 'Day' : 'Floating'} ${side}`
  const beyond =
    limitKind === 'share' ? `${formatPercent(limit, 0)} of own funds` : formatAmount(limit, figures.base)
  return `${what} beyond ${beyond}`
}

/** One sentence for screen readers and notifications. */
export const alertSentence = (alert: Alert): string =>
  `${severityWords[alert.severity]}: ${alert.name}, login ${alert.login}. ${breachReason(alert)}: ${formatAmount(
    alert.figures.value,
    alert.figures.currency,
    true,
  )}.`
