import { z } from 'zod'
import { outboxChannelStatusSchema, outboxCountsSchema, outboxRowSchema } from './rows.ts'

/** What a window hears of the outbox: first the page it asked for, then rows that are new or different. */
export const outboxEventSchema = z.object({
  /** `all` replaces what the window has. */
  kind: z.enum(['all', 'changed']),
  rows: z.array(outboxRowSchema),
  counts: outboxCountsSchema,
  channels: z.array(outboxChannelStatusSchema),
})
export type OutboxEvent = z.infer<typeof outboxEventSchema>

/** The later of two events a window has not taken yet, with what the earlier one said. */
export const mergeOutboxEvents = (waiting: OutboxEvent, next: OutboxEvent): OutboxEvent => {
  if (next.kind === 'all') return next
  const byKey = new Map(waiting.rows.map((row) => [row.key, row]))
  for (const row of next.rows) {
    const known = byKey.get(row.key)
    if (!known || known.rev <= row.rev) byKey.set(row.key, row)
  }
  return { ...next, kind: waiting.kind, rows: [...byKey.values()] }
}
