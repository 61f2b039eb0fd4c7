import { createHmac, randomBytes } from 'node:crypto'

/** Data keys by id, and the id of the one that new writes are sealed with. Plain data: it may be sent to a worker. */
export type KeyRing = {
  readonly current: string
  /** Each 32 bytes, for AES-256. */
  readonly keys: Readonly<Record<string, Uint8Array>>
}

export const KEY_BYTES = 32
/** An id stands in front of every sealed value, its length in one byte. */
const MAX_ID_BYTES = 255

/** The keys that were handed over cannot be used as they are: a mistake of the program, not of a person. */
export class BadKeyRing extends Error {
  override readonly name = 'BadKeyRing'
}

/** @throws BadKeyRing */
export const checkKeyRing = (ring: KeyRing): KeyRing => {
  for (const [id, key] of Object.entries(ring.keys)) {
    if (key.length !== KEY_BYTES) throw new BadKeyRing(`Key ${id} has ${key.length} bytes, not ${KEY_BYTES}.`)
    const length = Buffer.byteLength(id)
    if (length === 0 || length > MAX_ID_BYTES) throw new BadKeyRing(`A key id has ${length} bytes.`)
  }
  if (!Object.hasOwn(ring.keys, ring.current))
    throw new BadKeyRing(`The current key ${ring.current} is not among the keys.`)
  return ring
}

/** An id for a new data key. It says nothing about the key. */
export const newKeyId = (): string => randomBytes(6).toString('hex')

/** The ring with one more key, which is the current one from now on; the others stay to open what they sealed. */
export const withNewKey = (ring: KeyRing | null): KeyRing => {
  const id = newKeyId()
  return { current: id, keys: { ...ring?.keys, [id]: randomBytes(KEY_BYTES) } }
}

/** Tells whether a key is the right one without anything it sealed. Gives nothing away about the key. */
export const checkValue = (key: Uint8Array): Buffer =>
  createHmac('sha256', key).update('sealing: check value').digest().subarray(0, 16)
