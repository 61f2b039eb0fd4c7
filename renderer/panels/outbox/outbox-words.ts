import type { OutboxChannelStatus, OutboxRow } from '../../../shared/outbox/rows.ts'
import { formatAmount } from '../../ui/format.ts'

const types: Readonly<Record<string, string>> = {
  'balance:deposit': 'Deposit',
  'balance:withdraw': 'Withdrawal',
  'credit:in': 'Credit in',
  'credit:out': 'Credit out',
  'trade:open': 'Open',
  'trade:close': 'Close',
  'trade:modify': 'Modify',
  'trade:delete': 'Delete pending',
  'trade:comment': 'Comment',
}
const others = { mt4: 'Command', mail: 'Letter', desk: 'Message to another desk' } as const
const channelNames = { mt4: 'the bridge', mail: 'the mail server', desk: 'the other desk' } as const

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

type Said = Pick<OutboxRow, 'channel' | 'command'>

/** What a command does, without its amount: `Deposit`, `Close #77`. */
export const kindWords = ({ channel, command }: Said): string => {
  const { type, order, symbol } = command ?? {}
  const name = types[text(type)] ?? others[channel]
  return [name, text(symbol), order === undefined ? '' : `#${text(order)}`].filter(Boolean).join(' ')
}

/** `500.00 EUR`, or nothing where no money moves. */
export const amountWords = ({ command }: Said): string =>
  typeof command?.['amount'] === 'number' ? formatAmount(command['amount'], text(command['currency'])) : ''

/** What a command does: `Deposit 500.00 EUR`. */
export const whatWords = (row: Said): string => `${kindWords(row)} ${amountWords(row)}`.trimEnd()

/** Account of a command, or whatever its lane is named after. */
export const laneWords = (lane: string): string => lane.replace(/^account:/, '')

export type StateWords = {
  readonly sign: string
  readonly word: string
  readonly tone: 'gain' | 'warning' | 'critical' | null
}

/** Lanes that stand still: where a failed or unknown command waits for a person, and at which place. */
export const heldLanes = (rows: readonly OutboxRow[]): ReadonlyMap<string, number> => {
  const held = new Map<string, number>()
  for (const { hold, lane, place } of rows)
    if (hold) held.set(lane, Math.min(place, held.get(lane) ?? Number.POSITIVE_INFINITY))
  return held
}

/** Why a command that was not sent waits. */
const waitingWords = (
  row: OutboxRow,
  channel: OutboxChannelStatus | undefined,
  held: ReadonlyMap<string, number>,
  now: number,
): string => {
  if ((held.get(row.lane) ?? Number.POSITIVE_INFINITY) < row.place) return 'Waits behind a failed one'
  if (channel?.sender === 'none') return 'Waits: no sender yet'
  if (channel?.paused) return `Waits: paused by ${channel.pausedBy}`
  if (channel?.sender === 'away') return `Waits for ${channelNames[row.channel]}`
  return row.nextAt > now ? 'Tries again' : 'Waiting'
}

/** A command's state as a sign and a word, so that colour says nothing alone. */
export const stateWords = (
  row: OutboxRow,
  channels: readonly OutboxChannelStatus[],
  held: ReadonlyMap<string, number>,
  now: number,
): StateWords => {
  const channel = channels.find((each) => each.channel === row.channel)
  switch (row.state) {
    case 'pending':
      return { sign: '◷', word: waitingWords(row, channel, held, now), tone: null }
    case 'sending':
      return { sign: '↗', word: 'Sending', tone: null }
    case 'sent':
      return row.hold
        ? { sign: '?', word: 'Outcome unknown', tone: 'critical' }
        : { sign: '?', word: 'Outcome is being checked', tone: 'warning' }
    case 'confirmed':
      return { sign: '✓', word: 'Confirmed', tone: 'gain' }
    case 'cancelled':
      return { sign: '⊘', word: 'Taken back', tone: null }
    case 'failed':
      return row.hold
        ? { sign: '✕', word: 'Failed, account waits', tone: 'critical' }
        : { sign: '✕', word: row.retriedBy ? 'Failed, sent again' : 'Failed', tone: 'warning' }
    default:
      return row.state satisfies never
  }
}

export const outboxFilters = {
  all: { word: 'All', keeps: () => true },
  decide: { word: 'To decide', keeps: ({ hold }: OutboxRow) => hold },
  waiting: {
    word: 'Waiting',
    keeps: ({ state, hold }: OutboxRow) => !hold && ['pending', 'sending', 'sent'].includes(state),
  },
  confirmed: { word: 'Confirmed', keeps: ({ state }: OutboxRow) => state === 'confirmed' },
  failed: {
    word: 'Not done',
    keeps: ({ state }: OutboxRow) => state === 'failed' || state === 'cancelled',
  },
} as const
export type OutboxFilter = keyof typeof outboxFilters

export type OutboxAct = 'cancel' | 'retry' | 'release' | 'executed' | 'not-executed'

/** What a person may decide about a command now. */
export const actsOf = ({ state, hold, retriedBy }: OutboxRow): readonly OutboxAct[] => {
  if (state === 'pending') return ['cancel']
  if (state === 'sent' && hold) return ['executed', 'not-executed']
  if (state !== 'failed' || retriedBy !== null) return []
  return hold ? ['retry', 'release'] : ['retry']
}

/** The button, and what will be true after it. */
export const actWords: Readonly<Record<OutboxAct, { word: string; after: string }>> = {
  cancel: { word: 'Take back', after: 'It will not be sent. What stands behind it goes on.' },
  retry: { word: 'Send again', after: 'It is sent once more, in its old place.' },
  release: { word: 'Let the rest go', after: 'It stays failed; what waits behind it is sent.' },
  executed: { word: 'It was done', after: 'It counts as confirmed, and the account goes on.' },
  'not-executed': { word: 'It was not done', after: 'It counts as failed; you may send it again.' },
}
