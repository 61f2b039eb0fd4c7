import { randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import { KEY_BYTES } from '../sqlite-storage/sealing/key-ring.ts'
import { KeyUnavailable, WrongKeySource, WrongPassphrase } from './errors.ts'
import { ensureKeyFile, readKeyFile } from './key-file.ts'
import { checkedPassphrase, keyFromPassphrase, type ScryptCost } from './passphrase.ts'
import { fitsLock, type Lock, type LockFacts } from './ring-file.ts'
import type { KeyMeans, KeySource, LockChoice } from './types.ts'

/** The key that locks the ring, and what the file says about it. */
export type OpenLock = { readonly key: Buffer; readonly facts: LockFacts }

type Surroundings = {
  readonly folder: string
  readonly means: KeyMeans
  readonly platform: NodeJS.Platform
  readonly cost: ScryptCost
}

/** How often a person may mistype. */
const TRIES = 3

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const ownKeyFile = ({ folder }: Surroundings): string => join(folder, 'desk.key')

const openKeychain = async (
  lock: Lock & { source: 'keychain' },
  { means }: Surroundings,
): Promise<Buffer> => {
  const { keychain } = means
  if (!keychain)
    throw new KeyUnavailable(
      'The desk’s keys are locked with this system’s keychain, which only the desktop program reaches. Start that one, and change the source there: npm start -- --keys key-file.',
    )
  const refused = await keychain.refusal()
  if (refused !== null) throw new KeyUnavailable(refused)
  let key: Buffer
  try {
    key = Buffer.from(await keychain.open(lock.key), 'base64')
  } catch (error) {
    throw new KeyUnavailable(`The system’s keychain does not give the desk’s key: ${reason(error)}`, {
      cause: error,
    })
  }
  if (key.length !== KEY_BYTES || !fitsLock(lock, key))
    throw new WrongKeySource('The key in the system’s keychain')
  return key
}

const openPassphrase = async (
  lock: Lock & { source: 'passphrase' },
  { means }: Surroundings,
): Promise<Buffer> => {
  const attempt = async (text: string): Promise<Buffer | null> => {
    const key = await keyFromPassphrase(text, lock.salt, lock)
    return fitsLock(lock, key) ? key : null
  }
  if (means.passphrase !== null) {
    const key = await attempt(means.passphrase)
    if (!key) throw new WrongPassphrase()
    return key
  }
  if (!means.ask)
    throw new KeyUnavailable(
      'The desk’s keys are locked with a passphrase. Give it in the environment variable DESKLINE_PASSPHRASE, or start from a terminal.',
    )
  for (let n = 0; n < TRIES; n++) {
    const text = await means.ask(n === 0 ? 'Passphrase: ' : 'That was not it. Passphrase: ')
    if (text === null) throw new KeyUnavailable('No passphrase was given.')
    const key = await attempt(text)
    if (key) return key
  }
  throw new WrongPassphrase()
}

const openKeyFile = async (lock: Lock & { source: 'key-file' }, on: Surroundings): Promise<Buffer> => {
  // A file that is named now is the same one in another place.
  const path = on.means.keyFile === null ? (lock.path ?? ownKeyFile(on)) : resolve(on.means.keyFile)
  const key = await readKeyFile(path, on.platform)
  if (!fitsLock(lock, key)) throw new WrongKeySource(`The key file ${path}`)
  return key
}

const keyOf = (lock: Lock, on: Surroundings): Promise<Buffer> => {
  if (lock.source === 'keychain') return openKeychain(lock, on)
  return lock.source === 'passphrase' ? openPassphrase(lock, on) : openKeyFile(lock, on)
}

/**
 * The key of a lock, from where the lock says.
 * @throws KeyUnavailable, WrongPassphrase, WrongKeySource, KeyFileExposed, KeyFileDamaged
 */
export const openLock = async (lock: Lock, on: Surroundings): Promise<OpenLock> => {
  const { check: _, ...facts } = lock
  return { key: await keyOf(lock, on), facts }
}

const choosePassphrase = async ({ means }: Surroundings): Promise<string> => {
  if (means.passphrase !== null) return checkedPassphrase(means.passphrase)
  const { ask } = means
  if (!ask)
    throw new KeyUnavailable(
      'There is no passphrase to lock the desk’s keys with. Give one in the environment variable DESKLINE_PASSPHRASE, or start from a terminal.',
    )
  const text = await ask('New passphrase: ')
  if (text === null) throw new KeyUnavailable('No passphrase was given.')
  checkedPassphrase(text)
  if ((await ask('Once more: ')) !== text) throw new KeyUnavailable('The two passphrases are not the same.')
  return text
}

/**
 * A new lock of a kind.
 * @throws KeyUnavailable, WeakPassphrase, KeyFileExposed, KeyFileDamaged
 */
export const newLock = async (
  source: KeySource,
  on: Surroundings,
  { passphrase, keyFile = on.means.keyFile }: LockChoice = {},
): Promise<OpenLock> => {
  if (source === 'key-file') {
    const path = keyFile === null ? null : resolve(keyFile)
    const key = await ensureKeyFile(path ?? ownKeyFile(on), on.platform)
    return { key, facts: { source, path } }
  }
  if (source === 'passphrase') {
    const text = passphrase === undefined ? await choosePassphrase(on) : checkedPassphrase(passphrase)
    const salt = randomBytes(32)
    const key = await keyFromPassphrase(text, salt, on.cost)
    return { key, facts: { source, kdf: 'scrypt', ...on.cost, salt } }
  }
  const { keychain } = on.means
  if (!keychain) throw new KeyUnavailable('Only the desktop program reaches this system’s keychain.')
  const refused = await keychain.refusal()
  if (refused !== null) throw new KeyUnavailable(refused)
  const key = randomBytes(KEY_BYTES)
  try {
    const sealed = await keychain.seal(key.toString('base64'))
    return { key, facts: { source, key: Buffer.from(sealed) } }
  } catch (error) {
    throw new KeyUnavailable(`The system’s keychain does not take the desk’s key: ${reason(error)}`, {
      cause: error,
    })
  }
}
