import { z } from 'zod'

/** Where a command goes: the manager side of MT4, a mail server, another desk. */
export const outboxChannels = ['mt4', 'mail', 'desk'] as const
export const outboxChannelSchema = z.enum(outboxChannels)
export type OutboxChannel = z.infer<typeof outboxChannelSchema>

/** Leaves room for a number behind it within the 64 characters of a request id. */
export const MAX_KEY_LENGTH = 56

/**
 * A command that a document causes; a document carries those it causes in `outgoing`, and the outbox takes them over
 * in the transaction that writes the document. Writing the document again with the same keys adds nothing.
 */
export const outgoingCommandSchema = z.strictObject({
  /** Idempotency key, made once and never used for anything else; a command is executed at most once under it. */
  key: z.string().min(8).max(MAX_KEY_LENGTH),
  channel: outboxChannelSchema,
  /** Commands of one lane go out one after the other, in the order they were written: `account:1001`. */
  lane: z.string().min(1).max(120),
  /** What is to be done, in the channel's own words; for `mt4` a command of the bridge protocol without `requestId`, and of money its `currency`. */
  command: z.record(z.string(), z.unknown()),
  /** UTC ms after which it must not go out any more (a price that was good for a minute). */
  notAfter: z.int().min(0).max(8_640_000_000_000_000).optional(),
  /** Who asked for it, and when (UTC ms). */
  by: z.string().max(200),
  at: z.int().min(0).max(8_640_000_000_000_000),
})
export type OutgoingCommand = z.infer<typeof outgoingCommandSchema>

/** Lane of an account's commands. */
export const accountLane = (login: number): string => `account:${login}`
