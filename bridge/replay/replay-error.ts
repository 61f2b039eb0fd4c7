/** Why a file given to the replay could not be used. */
export type ReplayFault =
  | 'NOT_A_STATEMENT'
  | 'NOT_TICKS'
  | 'NOT_HST'
  | 'NOT_SYMBOLS'
  | 'NO_TICKS'
  | 'NO_SUCH_PATH'
  | 'TOO_LARGE'

export class ReplayError extends Error {
  override readonly name = 'ReplayError'
  readonly fault: ReplayFault
  constructor(fault: ReplayFault, detail: string) {
    super(`${fault}: ${detail}`)
    this.fault = fault
  }
}
