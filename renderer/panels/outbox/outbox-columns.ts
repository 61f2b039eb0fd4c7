import type { OutboxRow } from '../../../shared/outbox/rows.ts'
import { BLANK, formatAge, formatMoment } from '../../ui/format.ts'
import type { ListColumn } from '../../ui/grid/list-grid.tsx'
import { amountWords, kindWords, laneWords, type StateWords } from './outbox-words.ts'

/** A command as it stands now; `now` is the desk's clock. */
export type OutboxLine = { readonly row: OutboxRow; readonly state: StateWords; readonly now: number }

const ageOf = ({ row, now }: OutboxLine): number => Math.max(0, (row.doneAt ?? now) - row.at)

/** Newest first, unless somebody orders them otherwise. */
export const outboxColumns: readonly ListColumn<OutboxLine>[] = [
  {
    id: 'at',
    header: 'Asked for',
    hint: 'Clock of the desk',
    width: 104,
    text: ({ row, now }) => formatMoment(row.at, now),
    sortBy: ({ row }) => row.seq,
  },
  { id: 'lane', header: 'Account', width: 82, numeric: true, text: ({ row }) => laneWords(row.lane) },
  { id: 'what', header: 'What', width: 84, text: ({ row }) => kindWords(row) },
  {
    id: 'amount',
    header: 'Amount',
    width: 132,
    numeric: true,
    text: ({ row }) => amountWords(row),
    sortBy: ({ row }) => Number(row.command?.['amount'] ?? 0),
  },
  {
    id: 'state',
    header: 'State',
    width: 184,
    text: ({ state }) => `${state.sign} ${state.word}`,
    tone: ({ state }) => state.tone,
  },
  { id: 'reason', header: 'Reason', width: 170, grows: true, text: ({ row }) => row.reason },
  {
    id: 'attempts',
    header: 'Sent',
    hint: 'How often it went out',
    width: 52,
    numeric: true,
    text: ({ row }) => String(row.attempts),
    sortBy: ({ row }) => row.attempts,
  },
  {
    id: 'next',
    header: 'Next try',
    width: 76,
    numeric: true,
    text: ({ row, now }) =>
      row.state === 'pending' && row.nextAt > now
        ? `in ${formatAge(1000 * Math.ceil((row.nextAt - now) / 1000))}`
        : '',
  },
  {
    id: 'age',
    header: 'Age',
    hint: 'Until it was done, or until now',
    width: 70,
    numeric: true,
    text: (line) => formatAge(ageOf(line)),
    sortBy: ageOf,
  },
  {
    id: 'order',
    header: 'Ticket',
    hint: 'Of what the server booked',
    width: 84,
    numeric: true,
    text: ({ row }) => (row.order === null ? BLANK : String(row.order)),
    sortBy: ({ row }) => row.order ?? 0,
  },
  { id: 'by', header: 'By', width: 80, text: ({ row }) => row.by },
]
