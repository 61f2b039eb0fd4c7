/** Why a file could not be read as a statement. Nothing else is ever thrown by this room. */
export type StatementFault =
  | 'EMPTY'
  | 'TOO_LARGE'
  | 'NOT_TEXT'
  | 'TOO_COMPLEX'
  | 'NOT_A_STATEMENT'
  | 'TRUNCATED'

/** A file that is no readable statement: the fault by name, and a sentence for the person who dropped it. */
export class StatementError extends Error {
  override readonly name = 'StatementError'
  readonly fault: StatementFault
  constructor(fault: StatementFault, detail: string) {
    super(detail)
    this.fault = fault
  }
}
