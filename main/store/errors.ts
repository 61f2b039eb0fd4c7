/** Another Deskline works on the same profile. Nothing was changed. */
export class StoreInUse extends Error {
  override readonly name = 'StoreInUse'
  constructor(
    path: string,
    holder: { pid: number; host: string; user: string; since: number } | null = null,
  ) {
    const who = holder
      ? `another Deskline: process ${holder.pid} of ${holder.user || 'somebody'} on ${holder.host}, since ${new Date(holder.since).toISOString()}`
      : 'another Deskline'
    super(`${path} is in use by ${who}. Close that one, or start with another profile.`)
  }
}

/** The file was written by a newer Deskline. Nothing was changed. */
export class StoreTooNew extends Error {
  override readonly name = 'StoreTooNew'
  constructor(path: string, format: number, known: number) {
    super(
      `${path} has format ${format}; this version knows ${known}. Start the newer Deskline that wrote it, or another profile.`,
    )
  }
}

/** The file cannot be opened: no right to, no such folder, a disk that fails. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'
  constructor(path: string, cause: unknown) {
    super(`${path} cannot be opened: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

/** A document does not fit its schema and was not stored. */
export class BadDocument extends Error {
  override readonly name = 'BadDocument'
  constructor(what: string, detail: string) {
    super(`${what} was not stored: ${detail}`)
  }
}

/** A write did not reach the disk. What was stored before is unharmed. */
export class StoreWriteFailed extends Error {
  override readonly name = 'StoreWriteFailed'
  constructor(detail: string, cause?: unknown) {
    super(`Could not store: ${detail}`, { cause })
  }
}

/** A backup was not made, or one that is there cannot be used. What was stored is unharmed. */
export class BackupFailed extends Error {
  override readonly name = 'BackupFailed'
  constructor(detail: string, cause?: unknown) {
    super(`The backup cannot be used: ${detail}`, { cause })
  }
}

/** A folder that was to be taken in is not a whole export of a desk. Nothing was written. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused'
}
