import { ORPCError } from '@orpc/server'
import { apiErrors } from '../../shared/api/errors.ts'
import type { Role } from '../../shared/api/models.ts'
import { may } from '../../shared/api/permissions.ts'
import { type Demand, isProcedurePath, procedureRights } from './procedure-rights.ts'

export type Verdict = 'allowed' | 'NO_SESSION' | 'FORBIDDEN'

/** Whether a role (or none yet) may use a procedure with this demand. */
export const judge = (demand: Demand, role: Role | null): Verdict => {
  if (demand === 'anyone') return 'allowed'
  if (role === null) return 'NO_SESSION'
  return demand === 'role' || may(role, demand) ? 'allowed' : 'FORBIDDEN'
}

/** Whether calls from this origin are taken at all. */
export const isTrustedSender = (origin: string, trusted: readonly string[]): boolean =>
  trusted.includes(origin)

/**
 * The role check as an exception. A path without a demand is refused: forgetting a line must not open a door.
 * @throws ORPCError NO_SESSION or FORBIDDEN
 */
export const demandRight = (path: string, role: Role | null): void => {
  const demand = isProcedurePath(path) ? procedureRights[path] : 'rule:write'
  const verdict = judge(demand, role)
  if (verdict === 'allowed') return
  const { status, message } = apiErrors[verdict]
  throw verdict === 'NO_SESSION'
    ? new ORPCError(verdict, { defined: true, status, message })
    : new ORPCError(verdict, { defined: true, status, message, data: { right: demand } })
}

/** Name of an error for the journal, with the fault where it has several. */
export const errorName = (error: unknown): string => {
  if (error instanceof ORPCError) return String(error.code)
  if (!(error instanceof Error)) return 'UNKNOWN'
  return 'fault' in error ? `${error.name}: ${String(error.fault)}` : error.name
}
