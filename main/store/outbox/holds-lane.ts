import { isMoney } from '../../../shared/bridge/verdict.ts'
import type { OutgoingCommand } from '../../../shared/outbox/outgoing.ts'

/**
 * Whether the lane stands still when this command fails. Those behind it were decided by somebody who took it for
 * done: a withdrawal behind a failed deposit, the opposite trade behind a failed one. So money and trades wait for a
 * person; what moves neither (a comment, a stop, a letter) is passed by.
 */
export const holdsLane = ({ channel, command }: Pick<OutgoingCommand, 'channel' | 'command'>): boolean => {
  const { type } = command
  if (channel !== 'mt4' || typeof type !== 'string') return false
  return isMoney(type) || type === 'trade:open' || type === 'trade:close'
}
