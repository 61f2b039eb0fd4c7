export type BridgeFault = 'NOT_LOOPBACK' | 'NO_CREDENTIALS' | 'SOURCE_EMPTY' | 'SOURCE_ROW' | 'BAD_OPTION'

/** A bridge that cannot start as asked, or a source that handed over what does not fit the protocol. */
export class BridgeError extends Error {
  override readonly name = 'BridgeError'
  readonly fault: BridgeFault
  constructor(fault: BridgeFault, detail: string) {
    super(`${fault}: ${detail}`)
    this.fault = fault
  }
}
