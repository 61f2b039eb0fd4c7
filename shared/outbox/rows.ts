import { z } from 'zod'
import { outboxChannelSchema, outgoingCommandSchema } from './outgoing.ts'

/**
 * - `pending`: not executed; it waits for its turn, its channel or its next attempt.
 * - `sending`: on its way.
 * - `sent`: it went out, its outcome is not known yet.
 * - `confirmed`: executed.
 * - `failed`: not executed, and will not be by itself; `reason` says why.
 * - `cancelled`: taken back before it was executed.
 */
export const outboxStates = ['pending', 'sending', 'sent', 'confirmed', 'failed', 'cancelled'] as const
export const outboxStateSchema = z.enum(outboxStates)
export type OutboxState = z.infer<typeof outboxStateSchema>

/** A command as the windows see it. */
export const outboxRowSchema = z.object({
  key: outgoingCommandSchema.shape.key,
  /** Order in which commands were written, and the place in the lane (a retry takes the place of what it repeats). */
  seq: z.int(),
  place: z.int(),
  channel: outboxChannelSchema,
  lane: z.string(),
  /** The command of an `mt4` row; null for the others, whose contents are personal. */
  command: z.record(z.string(), z.unknown()).nullable(),
  state: outboxStateSchema,
  /** The lane stands still behind this one until a person decides. */
  hold: z.boolean(),
  /** Times it went out. */
  attempts: z.int(),
  /** UTC ms of the next attempt; 0 = as soon as it can. */
  nextAt: z.number(),
  notAfter: z.number().nullable(),
  /** Plain words on why it waits, failed or was cancelled; empty where there is nothing to say. */
  reason: z.string(),
  /** The server's ticket of what was executed. */
  order: z.int().nullable(),
  by: z.string(),
  at: z.number(),
  doneAt: z.number().nullable(),
  document: z.object({ collection: z.string(), id: z.string() }),
  retryOf: z.string().nullable(),
  retriedBy: z.string().nullable(),
  /** Counts the changes of this row. */
  rev: z.int(),
})
export type OutboxRow = z.infer<typeof outboxRowSchema>

export const outboxChannelStatusSchema = z.object({
  channel: outboxChannelSchema,
  /** `none`: nothing sends on this channel yet. */
  sender: z.enum(['none', 'away', 'ready']),
  paused: z.boolean(),
  pausedBy: z.string(),
})
export type OutboxChannelStatus = z.infer<typeof outboxChannelStatusSchema>

/** How much waits, and how much needs a person. */
export const outboxCountsSchema = z.object({ waiting: z.int(), held: z.int() })
export type OutboxCounts = z.infer<typeof outboxCountsSchema>
