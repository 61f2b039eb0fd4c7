import { ChangeKind } from '../../../shared/bridge/streams.ts'
import { isMarketCmd, isPendingCmd } from '../../../shared/mt4/enums.ts'

/** `type` of an extended pumping callback. */
export const PumpType = { ADD: 0, DELETE: 1, UPDATE: 2, CHANGE_GRP: 3 } as const

/**
 * What a pumping event of a trade means (reference §2.4): DELETE is a close, its record goes to history; only an update
 * with login 0 erases one; an update that makes a position of a pending is its activation.
 *
 * @param known `cmd` of the record as it was before, undefined when it is new
 */
export const tradeChange = (
  type: number,
  row: { readonly login: number; readonly cmd: number },
  known: number | undefined,
): ChangeKind => {
  if (type === PumpType.ADD) return ChangeKind.ADDED
  if (type === PumpType.DELETE) return ChangeKind.CLOSED
  if (row.login === 0) return ChangeKind.DELETED
  return known !== undefined && isPendingCmd(known) && isMarketCmd(row.cmd)
    ? ChangeKind.ACTIVATED
    : ChangeKind.UPDATED
}
