import type { OutboxEvent } from '../../../shared/outbox/events.ts'
import { sampleCommand } from '../outbox-sample.ts'

/** Commands in every state, for looking at the outbox while developing. */
export const fakeOutbox = (logins: readonly number[], now: number): OutboxEvent => {
  const lane = (i: number): string => `account:${logins[i % logins.length] ?? 1}`
  const states = [
    { state: 'failed', hold: true, attempts: 1, reason: 'account is disabled [RET_ACCOUNT_DISABLED]' },
    { state: 'pending' },
    { state: 'sending', attempts: 1 },
    { state: 'sent', attempts: 2, reason: 'the bridge started anew before it answered' },
    { state: 'confirmed', attempts: 1, order: 7_000_123, doneAt: now - 8000 },
    { state: 'cancelled', reason: 'Taken back by ann' },
    { state: 'failed', attempts: 3, reason: 'not enough money [RET_TRADE_NO_MONEY]', doneAt: now - 5000 },
  ] as const
  const rows = states.map((state, i) =>
    sampleCommand({
      key: `fake-${i}`,
      seq: states.length - i,
      place: states.length - i,
      lane: lane(i),
      at: now - 12_000 * (i + 1),
      ...state,
    }),
  )
  return {
    kind: 'all',
    rows,
    counts: { waiting: 4, held: 1 },
    channels: [
      { channel: 'mt4', sender: 'ready', paused: false, pausedBy: '' },
      { channel: 'mail', sender: 'none', paused: false, pausedBy: '' },
      { channel: 'desk', sender: 'none', paused: false, pausedBy: '' },
    ],
  }
}
