/** Why a binary frame was refused. The frame is dropped whole; nothing of it was applied. */
export type WireFault =
  | 'TOO_SHORT'
  | 'BAD_MAGIC'
  | 'BAD_VERSION'
  | 'BAD_TYPE'
  | 'BAD_LENGTH'
  | 'BAD_CHECKSUM'
  | 'BAD_COLUMN'
  | 'BAD_VALUE'
  | 'BAD_JSON'

/** Raised by every decoder in `shared/wire` and `shared/bridge`. */
export class WireError extends Error {
  override readonly name = 'WireError'
  readonly fault: WireFault
  constructor(fault: WireFault, detail: string) {
    super(`${fault}: ${detail}`)
    this.fault = fault
  }
}
