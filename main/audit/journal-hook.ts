import type { Role } from '../../shared/api/models.ts'
import type { StatementReport } from '../../shared/api/statements.ts'
import type { JournalEntry } from '../store/types.ts'
import { isJournalled } from './journalled.ts'
import { cut, safeJson } from './redact.ts'

export type ProcedureCall = {
  /** UTC ms. */
  at: number
  /** `group.procedure`. */
  path: string
  user: string
  /** Null before a role was chosen. */
  role: Role | null
  /** As it came from the window, before any schema. */
  input: unknown
  /** `ok` or the error's name. */
  result: string
}

/** What the journal says of a call that was answered: the verdict where the answer is one, else `ok`. */
export const outcomeOf = (path: string, answer: unknown): string => {
  if (path !== 'statements.reconcile' || typeof answer !== 'object' || answer === null) return 'ok'
  const { agrees, firstDifference } = answer as Partial<StatementReport>
  return agrees === true ? 'agrees' : `differs: ${firstDifference?.text ?? ''}`
}

const MAX_INPUT = 2_000
const MAX_NAME = 200

/**
 * The journal's line for a call, or null when the call leaves none. Refusals for want of a right are always
 * noted. Notes of calls are written (compliance reads them); passwords and tokens never are.
 */
export const journalEntry = (call: ProcedureCall): JournalEntry | null => {
  if (!isJournalled(call.path) && call.result !== 'FORBIDDEN') return null
  return {
    at: call.at,
    user: cut(call.user, MAX_NAME),
    role: call.role ?? 'none',
    procedure: cut(call.path, MAX_NAME),
    input: safeJson(call.input, MAX_INPUT),
    result: cut(call.result, MAX_NAME),
  }
}
