import { timingSafeEqual } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { checkValue, KEY_BYTES } from '../sqlite-storage/sealing/key-ring.ts'
import { contextOf, createSealer } from '../sqlite-storage/sealing/sealer.ts'
import { replaceFile } from './durable-file.ts'
import { KeyRingDamaged, KeyRingTooNew } from './errors.ts'
import type { KeyFacts } from './types.ts'

const FORMAT = 1
/** Far more than a hundred keys take. */
const MAX_BYTES = 1024 * 1024

const bytes = (length?: number) =>
  z
    .base64()
    .max(100_000)
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((b) => length === undefined || b.length === length)
const check = bytes(16)

/** How the ring is locked. `check` tells a wrong key from a damaged ring. */
const lockSchema = z.discriminatedUnion('source', [
  z.strictObject({ source: z.literal('keychain'), key: bytes(), check }),
  z.strictObject({
    source: z.literal('passphrase'),
    kdf: z.literal('scrypt'),
    // Bounds, so that a file that was tampered with cannot eat the machine's memory.
    cost: z
      .int()
      .min(2 ** 10)
      .max(2 ** 20),
    blockSize: z.int().min(1).max(16),
    parallelization: z.int().min(1).max(8),
    salt: bytes(32),
    check,
  }),
  z.strictObject({ source: z.literal('key-file'), path: z.string().max(4_096).nullable(), check }),
])
export type Lock = z.output<typeof lockSchema>
/** A lock before its key is known. */
export type LockFacts = Lock extends infer L ? (L extends unknown ? Omit<L, 'check'> : never) : never

const fileSchema = z.strictObject({ format: z.literal(FORMAT), lock: lockSchema, ring: bytes() })

const moment = z.int().min(0)
const ringSchema = z.strictObject({
  current: z.string(),
  keys: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(255),
        key: bytes(KEY_BYTES),
        madeAt: moment,
        retiredAt: moment.nullable(),
      }),
    )
    .min(1),
})

export type RingKey = KeyFacts & { readonly key: Buffer }
export type RingContent = { readonly current: string; readonly keys: readonly RingKey[] }
export type LockedRing = z.output<typeof fileSchema>

/** JSON with bytes in base64. */
const encoded = (value: object, indent = 0): string =>
  JSON.stringify(
    value,
    function (this: Record<string, unknown>, name, inner) {
      const own = this[name]
      return Buffer.isBuffer(own) ? own.toString('base64') : inner
    },
    indent,
  )

const sealerOf = (key: Uint8Array) => createSealer({ current: 'lock', keys: { lock: key } })
/** The ring opens only with the lock it was written with, whatever the order of its lines. */
const contextFor = (lock: Lock): Buffer =>
  contextOf('key ring', encoded(Object.entries(lock).toSorted(([a], [b]) => (a < b ? -1 : 1))))

/** The ring locked with a key, as it stands in the file. */
export const lockRing = (content: RingContent, facts: LockFacts, key: Uint8Array): string => {
  const lock = { ...facts, check: checkValue(key) } as Lock
  const ring = sealerOf(key).seal(encoded(content), contextFor(lock))
  return `${encoded({ format: FORMAT, lock, ring }, 2)}\n`
}

/** Whether this is the key that the ring was locked with. */
export const fitsLock = (lock: Lock, key: Uint8Array): boolean => timingSafeEqual(lock.check, checkValue(key))

/** @throws KeyRingDamaged */
export const unlockRing = ({ lock, ring }: LockedRing, key: Uint8Array, path: string): RingContent => {
  try {
    const content = ringSchema.parse(JSON.parse(sealerOf(key).openText(ring, contextFor(lock))))
    if (!content.keys.some(({ id }) => id === content.current)) throw new Error('it has no current key')
    return content
  } catch (error) {
    throw new KeyRingDamaged(path, 'its keys do not open', error)
  }
}

const parsed = (text: string, path: string): LockedRing => {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new KeyRingDamaged(path, 'it is not JSON', error)
  }
  const format = z.object({ format: z.int() }).safeParse(json)
  if (format.success && format.data.format > FORMAT) throw new KeyRingTooNew(path, format.data.format, FORMAT)
  const file = fileSchema.safeParse(json)
  if (!file.success) throw new KeyRingDamaged(path, z.prettifyError(file.error).replaceAll(/\s+/g, ' '))
  return file.data
}

/** Null when there is none. @throws KeyRingDamaged, KeyRingTooNew */
export const readRingFile = async (path: string): Promise<LockedRing | null> => {
  const content = await readFile(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new KeyRingDamaged(path, error instanceof Error ? error.message : String(error), error)
  })
  if (content === null) return null
  if (content.length > MAX_BYTES) throw new KeyRingDamaged(path, 'it is too large')
  return parsed(content.toString('utf8'), path)
}

/** Writes the ring and proves, before the old one goes, that the key opens what was written. @throws KeyRingDamaged */
export const writeRingFile = async (
  path: string,
  content: RingContent,
  facts: LockFacts,
  key: Uint8Array,
): Promise<void> => {
  await replaceFile(path, lockRing(content, facts, key), async (at) => {
    const written = await readRingFile(at)
    if (!written || !fitsLock(written.lock, key)) throw new KeyRingDamaged(at, 'it was not written right')
    const opened = unlockRing(written, key, at)
    if (encoded(opened) !== encoded(content)) throw new KeyRingDamaged(at, 'it was not written right')
  })
}
