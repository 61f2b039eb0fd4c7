import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Log } from '../../../shared/runtime/ports.ts'
import { type OpenKeysOptions, openKeys } from './open-keys.ts'
import { type Keychain, type KeyMeans, keyFileOnly } from './types.ts'

/** Test support: a passphrase that costs next to nothing to try. */
export const cheap = { cost: 2 ** 10, blockSize: 8, parallelization: 1 }

/** A keychain in memory. */
export const fakeKeychain = (refusal: string | null = null): Keychain => {
  const kept = new Map<string, string>()
  return {
    refusal: async () => refusal,
    seal: async (secret) => {
      const name = `item ${kept.size}`
      kept.set(name, secret)
      return Buffer.from(name)
    },
    open: async (sealed) => {
      const secret = kept.get(Buffer.from(sealed).toString())
      if (secret === undefined) throw new Error('no such item')
      return secret
    },
  }
}

/** A folder of its own with a clock that stands still; everything logged is kept. */
export const keysFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'deskline-keys-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const lines: string[] = []
  const note = (facts: object, message: string): void =>
    void lines.push(`${message} ${JSON.stringify(facts)}`)
  const log: Log = { info: note, warn: note, error: note }
  let now = 1_000
  return {
    folder,
    file: join(folder, 'desk.keys'),
    logged: () => lines.join('\n'),
    at: (utc: number) => {
      now = utc
    },
    open: (means: Partial<KeyMeans> = {}, more: Partial<OpenKeysOptions> = {}) =>
      openKeys({
        folder,
        means: { ...keyFileOnly, ...means },
        needed: [],
        clock: { now: () => now },
        log,
        cost: cheap,
        ...more,
      }),
  }
}
