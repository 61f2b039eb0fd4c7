import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { SealBroken, UnknownKey } from './errors.ts'
import { checkKeyRing, type KeyRing } from './key-ring.ts'

/**
 * Whole files, sealed chunk by chunk. Head: `"SEAL" · format (1) · length of the key id (1) · key id · salt (32) ·
 * chunk size (4)`; then chunks of `ciphertext · tag (16)`. Each file has a key of its own (HKDF-SHA-256 of the data key
 * with the salt), so a chunk's nonce is its number and a mark on the last one: chunks that were swapped, repeated, left
 * out or cut off at the end do not open (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
 * The head and the context (what the file is) are authenticated with every chunk.
 */
const MAGIC = Buffer.from('SEAL')
const FORMAT = 1
const SALT_BYTES = 32
const TAG_BYTES = 16
const CHUNK_BYTES = 256 * 1024
/** A longer chunk in a head is not ours, and would only make us hold more in memory. */
const MAX_CHUNK_BYTES = 16 * 1024 * 1024
const CIPHER = 'aes-256-gcm'

const fileKey = (key: Uint8Array, salt: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, 'sealing: whole bytes', 32))

const nonceOf = (chunk: number, last: boolean): Buffer => {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(chunk, 7)
  nonce[11] = last ? 1 : 0
  return nonce
}

/** Seals bytes with the ring's current key. `context` names what they are; it is needed to open them. */
export const sealBytes = (ring: KeyRing, bytes: Uint8Array, context: string): Buffer => {
  const { current, keys } = checkKeyRing(ring)
  const id = Buffer.from(current)
  const salt = randomBytes(SALT_BYTES)
  const size = Buffer.alloc(4)
  size.writeUInt32BE(CHUNK_BYTES)
  const head = Buffer.concat([MAGIC, Uint8Array.of(FORMAT, id.length), id, salt, size])
  const key = fileKey(keys[current] as Uint8Array, salt)
  const aad = Buffer.concat([head, Buffer.from(context)])

  const count = Math.max(1, Math.ceil(bytes.length / CHUNK_BYTES))
  const out = Buffer.allocUnsafe(head.length + bytes.length + count * TAG_BYTES)
  let at = head.copy(out)
  for (let i = 0; i < count; i++) {
    const cipher = createCipheriv(CIPHER, key, nonceOf(i, i === count - 1)).setAAD(aad)
    at += cipher.update(bytes.subarray(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES)).copy(out, at)
    cipher.final()
    at += cipher.getAuthTag().copy(out, at)
  }
  return out
}

type Head = { readonly id: string; readonly salt: Buffer; readonly chunk: number; readonly end: number }

/** @throws SealBroken */
const headOf = (sealed: Buffer): Head => {
  if (!sealed.subarray(0, MAGIC.length).equals(MAGIC)) throw new SealBroken('these are not sealed bytes.')
  if (sealed[4] !== FORMAT) throw new SealBroken(`its format ${sealed[4]} is not known.`)
  const idEnd = 6 + (sealed[5] ?? 0)
  const end = idEnd + SALT_BYTES + 4
  if (sealed.length < end + TAG_BYTES) throw new SealBroken('it is cut off.')
  const chunk = sealed.readUInt32BE(end - 4)
  if (chunk === 0 || chunk > MAX_CHUNK_BYTES) throw new SealBroken('its head makes no sense.')
  return { id: sealed.toString('utf8', 6, idEnd), salt: sealed.subarray(idEnd, end - 4), chunk, end }
}

/** Opens what `sealBytes` made, whole or not at all. @throws SealBroken, UnknownKey */
export const openBytes = (ring: KeyRing, given: Uint8Array, context: string): Buffer => {
  const sealed = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
  const { id, salt, chunk, end } = headOf(sealed)
  const own = Object.hasOwn(ring.keys, id) ? ring.keys[id] : undefined
  if (!own) throw new UnknownKey(id)
  const key = fileKey(own, salt)
  const aad = Buffer.concat([sealed.subarray(0, end), Buffer.from(context)])

  const step = chunk + TAG_BYTES
  const count = Math.ceil((sealed.length - end) / step)
  const out = Buffer.allocUnsafe(sealed.length - end)
  let at = 0
  for (let i = 0; i < count; i++) {
    const piece = sealed.subarray(end + i * step, end + (i + 1) * step)
    if (piece.length < TAG_BYTES) throw new SealBroken('it is cut off.')
    const decipher = createDecipheriv(CIPHER, key, nonceOf(i, i === count - 1), { authTagLength: TAG_BYTES })
    decipher.setAAD(aad).setAuthTag(piece.subarray(-TAG_BYTES))
    at += decipher.update(piece.subarray(0, -TAG_BYTES)).copy(out, at)
    try {
      decipher.final()
    } catch (error) {
      throw new SealBroken('it was changed or cut off, or it is something else.', error)
    }
  }
  return out.subarray(0, at)
}
