import type { AlertEvent } from '../../shared/api/contract.ts'
import type { Alert, CallOutcome, PlRule } from '../../shared/api/models.ts'
import type { Marks } from '../book/types.ts'

/** Alerts: raised from marks, worked by people. */
export type Risk = {
  /** Looks at one valuation. Cheap when nothing breaches; never blocks the caller. */
  marks: (marks: Marks) => void
  /** The list now (`all`), then every change. Answers an unsubscribe. */
  watch: (fn: (event: AlertEvent) => void) => () => void
  seen: (ids: readonly string[], by: string) => Promise<void>
  /** @throws AlertNotFound, AlertConflict (already done) */
  call: (id: string, number: string, by: string) => Promise<Alert>
  /** @throws AlertNotFound, AlertConflict */
  outcome: (
    id: string,
    given: { outcome: CallOutcome; note: string; callBackAt: number | null; by: string },
  ) => Promise<Alert>
  rules: () => PlRule[]
  saveRule: (rule: PlRule) => Promise<PlRule>
  /** Resolves when everything raised so far is stored. */
  idle: () => Promise<void>
  close: () => Promise<void>
}
