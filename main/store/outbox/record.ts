import { createHash } from 'node:crypto'
import type { OutboxChannel, OutgoingCommand } from '../../../shared/outbox/outgoing.ts'
import type { OutboxState } from '../../../shared/outbox/rows.ts'
import type { Entry } from './types.ts'

/** Seals the contents of a command, and opens them in the row of their key only. */
export type BodySeal = {
  readonly seal: (json: string, key: string) => Uint8Array
  readonly open: (sealed: Uint8Array, key: string) => string
}

/** A row of the table as SQLite gives it. */
export type TableRow = {
  key: string
  seq: number
  place: number
  channel: OutboxChannel
  lane: string
  body: string | null
  sealed: Uint8Array | null
  holds: number
  state: OutboxState
  hold: number
  unsure: number
  doubted: number
  attempts: number
  turn: number
  sent_at: number
  memory: string
  next_at: number
  not_after: number | null
  reason: string
  answer: string
  by: string
  at: number
  done_at: number | null
  collection: string
  document: string
  retry_of: string | null
  retried_by: string | null
  rev: number
}

/** What is kept of a command that cannot be opened: it will not be sent. */
const unreadable: OutgoingCommand['command'] = { type: 'unreadable' }

const commandOf = ({ key, body, sealed }: TableRow, bodies: BodySeal | null): OutgoingCommand['command'] => {
  const json = sealed === null ? body : bodies?.open(sealed, key)
  return json == null ? unreadable : (JSON.parse(json) as OutgoingCommand['command'])
}

export const entryOf = (record: TableRow, bodies: BodySeal | null): Entry => ({
  key: record.key,
  seq: record.seq,
  place: record.place,
  channel: record.channel,
  lane: record.lane,
  command: commandOf(record, bodies),
  holds: record.holds === 1,
  state: record.state,
  hold: record.hold === 1,
  unsure: record.unsure === 1,
  doubted: record.doubted === 1,
  attempts: record.attempts,
  turn: record.turn,
  sentAt: record.sent_at,
  memory: record.memory,
  nextAt: record.next_at,
  notAfter: record.not_after,
  reason: record.reason,
  answer: JSON.parse(record.answer) as unknown,
  by: record.by,
  at: record.at,
  doneAt: record.done_at,
  collection: record.collection,
  document: record.document,
  retryOf: record.retry_of,
  retriedBy: record.retried_by,
  rev: record.rev,
})

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  )
}

/** What makes a command this one and no other: channel, lane and contents, whatever the order of their fields. */
export const hashOf = ({
  channel,
  lane,
  command,
}: Pick<OutgoingCommand, 'channel' | 'lane' | 'command'>): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([channel, lane, sorted(command)]))
    .digest()
