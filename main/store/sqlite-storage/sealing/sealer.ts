import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type KeyObject,
  randomFillSync,
} from 'node:crypto'
import { SealBroken, UnknownKey } from './errors.ts'
import { checkKeyRing, type KeyRing } from './key-ring.ts'

/**
 * Seals values with AES-256-GCM. A sealed value is
 * `format (1 byte) · length of the key id (1) · key id · nonce (12) · ciphertext · tag (16)`.
 * The context says where the value belongs (`contextOf`); it is not stored, and a value opens only in its own place.
 */
export type Sealer = {
  /** Id of the key that new values are sealed with. */
  readonly current: () => string
  readonly seal: (plain: string | Uint8Array, context: Uint8Array) => Buffer
  /** @throws SealBroken, UnknownKey */
  readonly open: (sealed: Uint8Array, context: Uint8Array) => Buffer
  /** The same for what was sealed as text. @throws SealBroken, UnknownKey */
  readonly openText: (sealed: Uint8Array, context: Uint8Array) => string
  /** Id of the key a value was sealed with. @throws SealBroken */
  readonly keyOf: (sealed: Uint8Array) => string
  /** Another ring from now on, for everybody who has this sealer. @throws BadKeyRing */
  readonly use: (ring: KeyRing) => void
}

const FORMAT = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16
const CIPHER = 'aes-256-gcm'
const options = { authTagLength: TAG_BYTES }

/** Each part behind its length, so that two different places never look alike. */
export const contextOf = (...parts: readonly (string | Uint8Array)[]): Buffer => {
  const pieces: Uint8Array[] = []
  for (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part
    const length = Buffer.allocUnsafe(4)
    length.writeUInt32BE(bytes.length)
    pieces.push(length, bytes)
  }
  return Buffer.concat(pieces)
}

/**
 * Nonces at random, drawn many at a time. 96 random bits never meet in practice below 2^32 values of one key, which
 * is what NIST SP 800-38D allows; a desk that writes a hundred documents a second gets there in 16 months of doing
 * nothing else, and rotating the key begins anew.
 */
const nonces = (): (() => Buffer) => {
  const pool = Buffer.alloc(NONCE_BYTES * 512)
  let at = pool.length
  return () => {
    if (at === pool.length) {
      randomFillSync(pool)
      at = 0
    }
    at += NONCE_BYTES
    return pool.subarray(at - NONCE_BYTES, at)
  }
}

/** What every value sealed with this key begins with. */
export const sealPrefix = (keyId: string): Buffer => {
  const id = Buffer.from(keyId)
  return Buffer.concat([Uint8Array.of(FORMAT, id.length), id])
}

/** @throws SealBroken */
const idIn = (sealed: Uint8Array): { id: string; end: number } => {
  if (sealed[0] !== FORMAT) throw new SealBroken('its format is not known.')
  const end = 2 + (sealed[1] ?? 0)
  if (sealed.length < end + NONCE_BYTES + TAG_BYTES) throw new SealBroken('it is too short.')
  return { id: Buffer.from(sealed.buffer, sealed.byteOffset + 2, end - 2).toString('utf8'), end }
}

/** @throws BadKeyRing */
export const createSealer = (given: KeyRing): Sealer => {
  let keys = new Map<string, KeyObject>()
  let current = ''
  let prefix: Buffer = Buffer.alloc(0)
  const use = (ring: KeyRing): void => {
    checkKeyRing(ring)
    keys = new Map(Object.entries(ring.keys).map(([id, key]) => [id, createSecretKey(key)]))
    current = ring.current
    prefix = sealPrefix(current)
  }
  use(given)
  const nonce = nonces()
  const keyNamed = (id: string): KeyObject => {
    const key = keys.get(id)
    if (!key) throw new UnknownKey(id)
    return key
  }

  const decipherOf = (sealed: Uint8Array, context: Uint8Array) => {
    const { id, end } = idIn(sealed)
    const from = end + NONCE_BYTES
    const to = sealed.length - TAG_BYTES
    const decipher = createDecipheriv(CIPHER, keyNamed(id), sealed.subarray(end, from), options)
    decipher.setAAD(context).setAuthTag(sealed.subarray(to))
    return { decipher, secret: sealed.subarray(from, to) }
  }
  const broken = (cause: unknown): SealBroken =>
    new SealBroken('it was changed, or it belongs elsewhere.', cause)

  return {
    current: () => current,
    keyOf: (sealed) => idIn(sealed).id,
    use,
    seal: (plain, context) => {
      const own = nonce()
      const cipher = createCipheriv(CIPHER, keyNamed(current), own, options)
      cipher.setAAD(context)
      const secret = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain)
      cipher.final()
      return Buffer.concat([prefix, own, secret, cipher.getAuthTag()])
    },
    open: (sealed, context) => {
      const { decipher, secret } = decipherOf(sealed, context)
      const plain = decipher.update(secret)
      try {
        decipher.final()
      } catch (error) {
        throw broken(error)
      }
      return plain
    },
    openText: (sealed, context) => {
      const { decipher, secret } = decipherOf(sealed, context)
      const text = decipher.update(secret, undefined, 'utf8')
      try {
        return text + decipher.final('utf8')
      } catch (error) {
        throw broken(error)
      }
    },
  }
}
