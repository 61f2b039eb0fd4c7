/** Where the key should come from gives none: no passphrase, a locked keychain, a missing key file. */
export class KeyUnavailable extends Error {
  override readonly name = 'KeyUnavailable'
}

/** The passphrase is not the one the keys were locked with. Nothing was changed. */
export class WrongPassphrase extends Error {
  override readonly name = 'WrongPassphrase'
  constructor() {
    super('This is not the passphrase that the desk’s keys were locked with. Nothing was changed.')
  }
}

/** The key file or the keychain holds another key than the one the ring was locked with. Nothing was changed. */
export class WrongKeySource extends Error {
  override readonly name = 'WrongKeySource'
  constructor(what: string) {
    super(`${what} is not the one that the desk’s keys were locked with. Nothing was changed.`)
  }
}

/** A passphrase that is too easily guessed is not taken. */
export class WeakPassphrase extends Error {
  override readonly name = 'WeakPassphrase'
  constructor(least: number) {
    super(`A passphrase has at least ${least} characters.`)
  }
}

/** Others than its owner may read the key file. */
export class KeyFileExposed extends Error {
  override readonly name = 'KeyFileExposed'
  constructor(path: string, mode: number) {
    super(
      `${path} can be read by others (mode ${(mode & 0o777).toString(8).padStart(3, '0')}). Make it yours alone (chmod 600), or give another with --key-file.`,
    )
  }
}

/** The key file does not hold a key. */
export class KeyFileDamaged extends Error {
  override readonly name = 'KeyFileDamaged'
  constructor(path: string) {
    super(`${path} does not hold a key. Put the right file in its place, from a backup.`)
  }
}

/** The file with the locked keys is not readable as such. Nothing was changed. */
export class KeyRingDamaged extends Error {
  override readonly name = 'KeyRingDamaged'
  constructor(path: string, detail: string, cause?: unknown) {
    super(
      `${path} is damaged (${detail}). Put it back from a backup; without it sealed data cannot be read.`,
      {
        cause,
      },
    )
  }
}

/** The keys open, but they are not those that the data is sealed with. Nothing was changed. */
export class KeysDoNotFit extends Error {
  override readonly name = 'KeysDoNotFit'
  constructor(keys: string, data: string, cause: unknown) {
    super(
      `${keys} does not hold the keys that ${data} is sealed with. Put the right one back from a backup. Nothing was changed.`,
      { cause },
    )
  }
}

/** There is sealed data, and no file with its keys. */
export class KeyRingMissing extends Error {
  override readonly name = 'KeyRingMissing'
  constructor(path: string) {
    super(`${path} is missing, and the desk’s data is sealed with its keys. Put it back from a backup.`)
  }
}

/** The file with the locked keys was written by a newer Deskline. Nothing was changed. */
export class KeyRingTooNew extends Error {
  override readonly name = 'KeyRingTooNew'
  constructor(path: string, format: number, known: number) {
    super(
      `${path} has format ${format}; this version knows ${known}. Start the newer Deskline that wrote it.`,
    )
  }
}
