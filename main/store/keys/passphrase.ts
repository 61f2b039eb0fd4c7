import { type ScryptOptions, scrypt } from 'node:crypto'
import { KEY_BYTES } from '../sqlite-storage/sealing/key-ring.ts'
import { WeakPassphrase } from './errors.ts'

/** How a key is made from a passphrase. Kept beside what it locks, so that it may be made costlier later. */
export type ScryptCost = {
  readonly cost: number
  readonly blockSize: number
  readonly parallelization: number
}

/** 128 MB and some tenths of a second for each guess. */
export const usualCost: ScryptCost = { cost: 2 ** 17, blockSize: 8, parallelization: 1 }

const LEAST_CHARACTERS = 12

/** @throws WeakPassphrase */
export const checkedPassphrase = (text: string): string => {
  if (text.length < LEAST_CHARACTERS) throw new WeakPassphrase(LEAST_CHARACTERS)
  return text
}

/** Keyboards and systems write the same character in different ways; NFKC makes them one. */
export const keyFromPassphrase = (text: string, salt: Uint8Array, cost: ScryptCost): Promise<Buffer> => {
  const options: ScryptOptions = { ...cost, maxmem: 160 * cost.cost * cost.blockSize }
  return new Promise((done, fail) =>
    scrypt(text.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) =>
      error ? fail(error) : done(key),
    ),
  )
}
