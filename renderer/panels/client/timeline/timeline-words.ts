import type { Interaction } from '../../../../shared/documents/interaction.ts'
import { formatAge, formatMinute } from '../../../ui/format.ts'
import { outcomeWords } from '../../alerts/alert-words.ts'

const kindWords = { note: 'Note', message: 'Message', ticket: 'Ticket' } as const
const channelWords = {
  none: '',
  phone: 'by phone',
  email: 'by e-mail',
  messenger: 'by messenger',
  letter: 'by letter',
  office: 'in the office',
} as const
const ticketWords = { '': '', open: 'open', waiting: 'waiting', closed: 'closed' } as const

/** What it was, in a few words: `Call out: reached, 4 min`. */
export const interactionHead = (each: Interaction): string => {
  const { kind, direction, outcome, durationSeconds, channel, state } = each
  if (kind !== 'call')
    return [kindWords[kind], channelWords[channel], ticketWords[state]].filter(Boolean).join(' ')
  const way = direction === 'in' ? 'Call in' : 'Call out'
  const came = [
    outcome === '' ? 'under way' : outcomeWords[outcome].toLowerCase(),
    durationSeconds > 0 ? formatAge(durationSeconds * 1000) : '',
  ].filter(Boolean)
  return `${way}: ${came.join(', ')}`
}

/** What was agreed, or ''. */
export const callBackWords = ({ callBackAt }: Pick<Interaction, 'callBackAt'>): string =>
  callBackAt > 0 ? `Call back ${formatMinute(callBackAt)} desk` : ''

/** Whole seconds of what was typed as minutes (`4`, `4.5`, `4,5`); 0 for nothing; null for anything else. */
export const secondsOf = (minutes: string): number | null => {
  const text = minutes.trim().replace(',', '.')
  if (text === '') return 0
  const value = Number(text)
  return /^\d+(\.\d+)?$/.test(text) && value <= 1440 ? Math.round(value * 60) : null
}
