/** Why the storage could not do something, with SQLite's own result code (0: not SQLite's). */
export class StorageError extends Error {
  override readonly name: string = 'StorageError'
  readonly code: number
  constructor(message: string, code = 0, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
/** The disk is full. Nothing of the write was kept; what was stored before is unharmed. */
export class StorageFull extends StorageError {
  override readonly name = 'StorageFull'
}
/** The file may be read, not written. */
export class StorageReadOnly extends StorageError {
  override readonly name = 'StorageReadOnly'
}
/** The file is damaged, or is no database. */
export class StorageCorrupt extends StorageError {
  override readonly name = 'StorageCorrupt'
}
/** Another process holds the file. */
export class StorageBusy extends StorageError {
  override readonly name = 'StorageBusy'
}
/** The keys are not those that the file's fields are sealed with, or none were given. The file was not touched. */
export class StorageWrongKey extends StorageError {
  override readonly name = 'StorageWrongKey'
}
/** The file was written by a newer version of this storage, and was not touched. */
export class StorageTooNew extends StorageError {
  override readonly name = 'StorageTooNew'
}
/** The instance, or its collection, was closed or removed. */
export class StorageClosed extends StorageError {
  override readonly name = 'StorageClosed'
}
/** The worker died. A write that was under way is either there as a whole or not at all. */
export class StorageCrashed extends StorageError {
  override readonly name = 'StorageCrashed'
}
/** Anything else: no such folder, a disk that fails, a companion that threw. */
export class StorageFailed extends StorageError {
  override readonly name = 'StorageFailed'
}

const byName = {
  StorageFull,
  StorageReadOnly,
  StorageCorrupt,
  StorageBusy,
  StorageWrongKey,
  StorageTooNew,
  StorageClosed,
  StorageCrashed,
  StorageFailed,
}
type ErrorName = keyof typeof byName

/** An error as it crosses the thread. */
export type WireError = { readonly name: ErrorName; readonly message: string; readonly code: number }

/** SQLite's primary result codes. */
const names: Readonly<Record<number, ErrorName>> = {
  5: 'StorageBusy',
  6: 'StorageBusy',
  8: 'StorageReadOnly',
  11: 'StorageCorrupt',
  13: 'StorageFull',
  26: 'StorageCorrupt',
}

/** Errors of sealing by what they mean to whoever uses the storage. */
const sealing: Readonly<Record<string, ErrorName>> = {
  WrongKey: 'StorageWrongKey',
  UnknownKey: 'StorageWrongKey',
  SealBroken: 'StorageCorrupt',
}

export const toWire = (error: unknown): WireError => {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof StorageError)
    return {
      name: error.name in byName ? (error.name as ErrorName) : 'StorageFailed',
      message,
      code: error.code,
    }
  const code = typeof error === 'object' && error !== null && 'errcode' in error ? Number(error.errcode) : 0
  const ofSealing = error instanceof Error ? sealing[error.name] : undefined
  return { name: ofSealing ?? names[code & 0xff] ?? 'StorageFailed', message, code }
}

export const fromWire = ({ name, message, code }: WireError): StorageError => new byName[name](message, code)
