import { RetCode } from '../mt4/ret-code.ts'
import type { Command } from './protocol.ts'

/**
 * What an answer says about the command:
 * - `done`: executed.
 * - `accepted`: taken, the end is still to come.
 * - `refused`: not executed, and asking again would be answered alike.
 * - `again`: not executed, for a reason that passes by itself.
 * - `unsure`: it failed on the way; whether it was executed the code does not tell.
 */
export type Verdict = 'done' | 'accepted' | 'refused' | 'again' | 'unsure'

const verdicts = new Map<number, Verdict>([
  [RetCode.OK, 'done'],
  [RetCode.OK_NONE, 'done'],
  [RetCode.TRADE_ACCEPTED, 'accepted'],
  [RetCode.TRADE_PROCESS, 'accepted'],
  [RetCode.NO_CONNECT, 'again'],
  [RetCode.TOO_FREQUENT, 'again'],
  [RetCode.TRADE_BROKER_BUSY, 'again'],
  [RetCode.TRADE_ORDER_LOCKED, 'again'],
  [RetCode.TRADE_TOO_MANY_REQ, 'again'],
  [RetCode.TRADE_CONTEXT_BUSY, 'again'],
  [RetCode.ERROR, 'unsure'],
  [RetCode.TECH_PROBLEM, 'unsure'],
  [RetCode.MALFUNCTION, 'unsure'],
  [RetCode.TRADE_TIMEOUT, 'unsure'],
])
const known = new Set<number>(Object.values(RetCode))

/** Balance and credit operations. */
export const isMoney = (type: string): boolean => type.startsWith('balance:') || type.startsWith('credit:')

/**
 * Reads the answer to a command. Money has no market that could be closed: there the code means that the server is
 * ending its day (reference §3.10), which passes. A code that no Manager API knows says nothing.
 */
export const verdictOf = (code: number, type: Command['type']): Verdict => {
  if (code === RetCode.TRADE_MARKET_CLOSED && isMoney(type)) return 'again'
  return verdicts.get(code) ?? (known.has(code) ? 'refused' : 'unsure')
}
