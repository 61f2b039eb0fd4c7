import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { ChunkSealer } from '../last-book/container.ts'

/** Test support: AES-256-GCM as the desk seals, without its ring of keys. */
export const plainSealer = (key: Uint8Array): ChunkSealer => ({
  seal: (plain, context) => {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(context)
    return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  },
  open: (sealed, context) => {
    const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 })
    cipher.setAAD(context).setAuthTag(sealed.subarray(-16))
    return Buffer.concat([cipher.update(sealed.subarray(12, -16)), cipher.final()])
  },
})
