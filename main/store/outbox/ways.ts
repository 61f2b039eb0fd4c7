import type { OutboxChannel } from '../../../shared/outbox/outgoing.ts'
import { outboxChannels } from '../../../shared/outbox/outgoing.ts'
import type { OutboxChannelStatus } from '../../../shared/outbox/rows.ts'
import type { Sender } from './sender.ts'

/** One channel as the dispatcher sees it: who sends, whether it may, and which lanes want to. */
export type Way = {
  readonly sender: Sender | undefined
  /** Lanes whose head could go, in the order in which they came. */
  readonly queue: Set<string>
  inFlight: number
  pausedBy: string | null
}

export type Senders = Partial<Readonly<Record<OutboxChannel, Sender>>>

export const createWays = (senders: Senders): ReadonlyMap<OutboxChannel, Way> =>
  new Map(
    outboxChannels.map((channel) => [
      channel,
      { sender: senders[channel], queue: new Set<string>(), inFlight: 0, pausedBy: null },
    ]),
  )

/** Whether something may go out on it now. */
export const isOpen = (way: Way): way is Way & { sender: Sender } =>
  way.pausedBy === null && way.sender?.ready() === true

export const statusOf = (ways: ReadonlyMap<OutboxChannel, Way>): OutboxChannelStatus[] =>
  [...ways].map(([channel, { sender, pausedBy }]) => ({
    channel,
    sender: sender ? (sender.ready() ? 'ready' : 'away') : 'none',
    paused: pausedBy !== null,
    pausedBy: pausedBy ?? '',
  }))
