import { join } from 'node:path'
import type { Clock, Log } from '../../../shared/runtime/ports.ts'
import { type KeyRing, withNewKey } from '../sqlite-storage/sealing/key-ring.ts'
import { KeyRingDamaged, KeyRingMissing } from './errors.ts'
import { newLock, type OpenLock, openLock } from './locks.ts'
import { type ScryptCost, usualCost } from './passphrase.ts'
import { type LockedRing, type RingContent, readRingFile, unlockRing, writeRingFile } from './ring-file.ts'
import type { DeskKeys, KeyMeans, KeySource, LockChoice } from './types.ts'

export type OpenKeysOptions = {
  /** The desk's folder; the ring is its `desk.keys`. */
  readonly folder: string
  readonly means: KeyMeans
  /** Ids of the keys that data in the folder is sealed with. */
  readonly needed: readonly string[]
  readonly clock: Clock
  readonly log: Log
  readonly platform?: NodeJS.Platform
  /** Of a passphrase that is set from now on. */
  readonly cost?: ScryptCost
}

const ringOf = ({ current, keys }: RingContent): KeyRing => ({
  current,
  keys: Object.fromEntries(keys.map(({ id, key }) => [id, key])),
})

const withAnotherKey = (content: RingContent | null, now: number): RingContent => {
  const { current, keys } = withNewKey(null)
  const fresh = { id: current, key: Buffer.from(keys[current] as Uint8Array), madeAt: now, retiredAt: null }
  const old = content?.keys.map((key) => ({ ...key, retiredAt: key.retiredAt ?? now })) ?? []
  return { current, keys: [...old, fresh] }
}

/** The ring, or where that is damaged the one kept beside it while it was being replaced. */
const readEither = async (path: string, log: Log): Promise<LockedRing | null> => {
  try {
    return await readRingFile(path)
  } catch (error) {
    if (!(error instanceof KeyRingDamaged)) throw error
    const old = await readRingFile(`${path}.old`).catch(() => null)
    if (!old) throw error
    log.error({ error: error.message }, 'desk.keys is damaged; the one before it is used')
    return old
  }
}

/** The best source there is, for keys that are made now. */
const bestSource = async ({ keychain, keyFile, passphrase }: KeyMeans, log: Log): Promise<KeySource> => {
  if (keyFile !== null) return 'key-file'
  if (passphrase !== null) return 'passphrase'
  const refused = keychain ? await keychain.refusal() : null
  if (refused !== null)
    log.warn({ refused }, 'the keychain is not used; the desk’s keys are locked with a key file')
  return keychain && refused === null ? 'keychain' : 'key-file'
}

/**
 * Unlocks the desk's keys, or makes them where there are none and nothing is sealed yet. Must be called under the
 * desk's lock: two processes that make keys at the same time would make two different ones.
 * @throws KeyUnavailable, WrongPassphrase, WrongKeySource, WeakPassphrase, KeyFileExposed, KeyFileDamaged,
 * KeyRingDamaged, KeyRingMissing, KeyRingTooNew
 */
export const openKeys = async (options: OpenKeysOptions): Promise<DeskKeys> => {
  const { folder, means, needed, clock, log, platform = process.platform, cost = usualCost } = options
  const path = join(folder, 'desk.keys')
  const on = { folder, means, platform, cost }
  const locked = await readEither(path, log)
  if (!locked && needed.length > 0) throw new KeyRingMissing(path)

  let lock: OpenLock
  let content: RingContent
  const save = async (next: RingContent, by: OpenLock): Promise<void> => {
    await writeRingFile(path, next, by.facts, by.key)
    content = next
    lock = by
  }
  const said = (by: OpenLock): void => {
    if (by.facts.source === 'key-file' && platform === 'win32')
      log.warn({}, 'Windows does not say who may read the key file; keep the profile’s folder to yourself')
  }
  const lockWith = async (source: KeySource, choice?: LockChoice): Promise<void> => {
    const by = await newLock(source, on, choice)
    await save(content, by)
    log.info({ source }, 'the desk’s keys are locked with another source')
    said(by)
  }
  const rotate = async (): Promise<KeyRing> => {
    await save(withAnotherKey(content, clock.now()), lock)
    log.info({ key: content.current }, 'the desk seals with a new key')
    return ringOf(content)
  }

  if (locked) {
    lock = await openLock(locked.lock, on)
    content = unlockRing(locked, lock.key, path)
    said(lock)
    if (means.source !== null && means.source !== lock.facts.source) await lockWith(means.source)
    if (means.rotate) await rotate()
  } else {
    lock = await newLock(means.source ?? (await bestSource(means, log)), on)
    content = withAnotherKey(null, clock.now())
    await save(content, lock)
    log.info({ source: lock.facts.source, key: content.current }, 'the desk’s keys were made')
    said(lock)
  }
  return {
    ring: () => ringOf(content),
    source: () => lock.facts.source,
    list: () => content.keys.map(({ id, madeAt, retiredAt }) => ({ id, madeAt, retiredAt })),
    rotate,
    lockWith,
  }
}
