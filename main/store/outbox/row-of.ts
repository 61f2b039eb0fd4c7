import { z } from 'zod'
import type { OutboxRow } from '../../../shared/outbox/rows.ts'
import type { Entry } from './types.ts'

const answerSchema = z.object({ data: z.object({ order: z.int() }) })

/** An entry as the windows see it. */
export const rowOf = (entry: Entry): OutboxRow => {
  const answer = answerSchema.safeParse(entry.answer)
  return {
    key: entry.key,
    seq: entry.seq,
    place: entry.place,
    channel: entry.channel,
    lane: entry.lane,
    command: entry.channel === 'mt4' ? entry.command : null,
    state: entry.state,
    hold: entry.hold,
    attempts: entry.attempts,
    nextAt: entry.nextAt,
    notAfter: entry.notAfter,
    reason: entry.reason,
    order: answer.success ? answer.data.data.order : null,
    by: entry.by,
    at: entry.at,
    doneAt: entry.doneAt,
    document: { collection: entry.collection, id: entry.document },
    retryOf: entry.retryOf,
    retriedBy: entry.retriedBy,
    rev: entry.rev,
  }
}
